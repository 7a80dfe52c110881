/**
 * Places in a prepared document that each learner fills. A template is an ordinary object with marks in it; its JSON text is cut at the marks once,
 * and then every learner's text is plain concatenation. A mark cannot be forged by a title: inside JSON strings every quotation mark is escaped.
 */
import type { Json, JsonObject } from '@cairn/core'

/** JSON text cut at its marks: `texts` has one more piece than `slots`. */
export interface PreparedText {
  readonly texts: readonly string[]
  readonly slots: readonly string[]
}

/** A mark that stands for a whole value. */
export function slot(name: string): JsonObject {
  return { [`@slot:${name}`]: 0 }
}

/** A mark that stands for no, one or many members; it may not come first in its object: `{ type: 'Person', ...members('person') }`. */
export function members(name: string): JsonObject {
  return slot(name)
}

/** Cuts a template's JSON text at its marks. */
export function prepareText(template: Json): PreparedText {
  const pieces = JSON.stringify(template).split(/\{"@slot:([^"]+)":0\}|,"@slot:([^"]+)":0/)
  const texts: string[] = []
  const slots: string[] = []
  pieces.forEach((piece, index) => {
    if (index % 3 === 0) texts.push(piece ?? '')
    else if (piece !== undefined) slots.push(piece)
  })
  return { texts, slots }
}

/** Puts a text together; `value` gives JSON text for a slot of values, and `,"name":…` or nothing for one of members. */
export function fillText(prepared: PreparedText, value: (slot: string) => string): string {
  return prepared.slots.reduce((text, slot, at) => text + value(slot) + prepared.texts[at + 1]!, prepared.texts[0]!)
}
