/** From parsed JSON to a stacking case: which way it stacks, and what contradicts itself in it. */
import type { Json } from '../json.ts'
import { type ProblemCode, ProblemError } from '../problems.ts'
import { readAs } from '../read-as.ts'
import { HoursCase, LadderCase, SlotCase, type StackingCase } from './stacking-case.ts'

/**
 * Reads a stacking case. Raises `input.invalid` with a pointer for every member, type or amount that is not as it should be, and `stacking.*` for a
 * pathway that has no or several forms, goes in a circle, names a slot that is not there, has limits that exclude one another, or an id twice.
 */
export function readStackingCase(json: Json): StackingCase {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new ProblemError('input.invalid', 'A stacking case is a JSON object.', '')
  const { pathway } = json
  const forms = typeof pathway === 'object' && pathway !== null ? Object.keys(pathway).filter((name) => ways.has(name)) : []
  if (json.type === 'stacking' && typeof pathway === 'object' && pathway !== null && forms.length !== 1)
    throw new ProblemError('stacking.pathway-form', 'A pathway has exactly one of slots, ladder and accumulate.', '/pathway')
  const read = readForm(forms[0], json)
  uniqueIds(read.case.credentials, '/credentials')
  uniqueIds(read.case.catalogue ?? [], '/catalogue')
  if (read.way === 'slots') checkSlots(read.case)
  return read
}

const ways = new Set(['slots', 'ladder', 'accumulate'])

function readForm(form: string | undefined, json: Json): StackingCase {
  if (form === 'ladder') return { way: 'ladder', case: readAs(LadderCase, json) }
  if (form === 'accumulate') return { way: 'accumulate', case: readAs(HoursCase, json) }
  return { way: 'slots', case: readAs(SlotCase, json) }
}

function uniqueIds(list: readonly { id: string }[], at: string): void {
  const seen = new Set<string>()
  for (const [index, { id }] of list.entries()) {
    if (seen.has(id)) throw new ProblemError('stacking.id-twice', 'Two entries have the same id.', `${at}/${index}/id`)
    seen.add(id)
  }
}

function checkSlots({ pathway, credentials, catalogue }: SlotCase): void {
  const { slots } = pathway
  uniqueIds(slots, '/pathway/slots')
  const held = new Set(credentials.map(({ id }) => id))
  for (const [index, { id }] of (catalogue ?? []).entries())
    if (held.has(id)) fail('stacking.id-twice', 'An offer has the id of a credential.', `/catalogue/${index}/id`)
  const ids = new Set(slots.map(({ id }) => id))
  for (const [index, slot] of slots.entries()) {
    const at = `/pathway/slots/${index}`
    if (above(slot.minCount, slot.maxCount)) fail('stacking.limits-contradict', 'The least number is above the most.', `${at}/minCount`)
    if (above(slot.minCredits, slot.maxCredits))
      fail('stacking.limits-contradict', 'The least credits are above the most.', `${at}/minCredits`)
    for (const [place, other] of (slot.afterSlots ?? []).entries())
      if (!ids.has(other)) fail('stacking.slot-unknown', 'An order names a slot that is not there.', `${at}/afterSlots/${place}`)
  }
  const circle = findCircle(slots)
  if (circle >= 0) fail('stacking.slots-cyclic', 'The order of the slots goes in a circle.', `/pathway/slots/${circle}/afterSlots`)
}

const above = (least: number | null | undefined, most: number | null | undefined) => least != null && most != null && least > most + 1e-9

function fail(code: ProblemCode, detail: string, pointer: string): never {
  throw new ProblemError(code, detail, pointer)
}

/** The index of a slot that comes after itself, or -1. */
function findCircle(slots: SlotCase['pathway']['slots']): number {
  const earlier = new Map(slots.map((slot) => [slot.id, slot.afterSlots ?? []]))
  const state = new Map<string, 'open' | 'done'>()
  const circles = (id: string): boolean => {
    if (state.get(id) === 'open') return true
    if (state.get(id) === 'done') return false
    state.set(id, 'open')
    const found = earlier.get(id)!.some(circles)
    state.set(id, 'done')
    return found
  }
  return slots.findIndex((slot) => circles(slot.id))
}
