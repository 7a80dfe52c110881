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

/** The same with every piece in UTF-8 as well, plain and as the inside of a JSON string: what all learners share is encoded once. */
export interface PreparedBytes extends PreparedText {
  readonly plain: readonly Uint8Array[]
  readonly quoted: readonly Uint8Array[]
}

const utf8 = new TextEncoder()

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
  return fillGaps(prepared, prepared.slots.map(value))
}

/** The same from one value a gap. */
export function fillGaps({ texts }: Pick<PreparedText, 'texts'>, values: readonly string[]): string {
  let text = texts[0]!
  for (let index = 0; index < values.length; index++) text += values[index]! + texts[index + 1]!
  return text
}

/** Encodes the pieces of a prepared text. */
export function prepareBytes<T extends Pick<PreparedText, 'texts'>>(prepared: T): T & Pick<PreparedBytes, 'plain' | 'quoted'> {
  return {
    ...prepared,
    plain: prepared.texts.map((text) => utf8.encode(text)),
    quoted: prepared.texts.map((text) => utf8.encode(quote(text))),
  }
}

/** Gives as many bytes to write into. Whoever seals thousands gives the same again once what stood there is stored. */
export type Space = (bytes: number) => Uint8Array

/** A document in UTF-8, from one value a gap: only the values are encoded anew. */
export const fillPlain = ({ plain }: Pick<PreparedBytes, 'plain'>, values: readonly string[], space: Space): Uint8Array =>
  join(plain, values, '', '', space)
/** The same as a JSON string in UTF-8. */
export const fillQuoted = ({ quoted }: Pick<PreparedBytes, 'quoted'>, values: readonly string[], space: Space): Uint8Array =>
  join(quoted, values.map(quote), '"', '"', space)

/** The inside of the JSON string that holds the text. No piece ends within a surrogate pair, so pieces may be quoted one by one. */
const quote = (text: string) => JSON.stringify(text).slice(1, -1)

/** Bytes left free around a document: a header with three certificates and a signature fit in. */
export const room = { before: 8192, behind: 8704 } as const

function join(pieces: readonly Uint8Array[], values: readonly string[], before: string, after: string, space: Space): Uint8Array {
  const fixed = pieces.reduce((sum, piece) => sum + piece.length, before.length + after.length)
  const most = values.reduce((sum, value) => sum + value.length * 3, fixed)
  const bytes = space(room.before + most + room.behind)
  let at = room.before + utf8.encodeInto(before, bytes.subarray(room.before)).written
  pieces.forEach((piece, index) => {
    bytes.set(piece, at)
    at += piece.length
    const value = values[index]
    if (value !== undefined) at += utf8.encodeInto(value, bytes.subarray(at)).written
  })
  at += utf8.encodeInto(after, bytes.subarray(at)).written
  return bytes.subarray(room.before, at)
}
