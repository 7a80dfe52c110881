/** Walking a document without losing where one is. */
import { isObject, type Json, type JsonObject } from '@cairn/core'

/** A node and the JSON Pointer to it. */
export interface Place {
  readonly node: JsonObject
  readonly pointer: string
}

/** A value and the JSON Pointer to it. */
export interface Value {
  readonly value: Json
  readonly pointer: string
}

/** The values of a member, one or many, each with its pointer. */
export function valuesAt(place: Place | undefined, member: string): Value[] {
  const value = place?.node[member]
  if (place === undefined || value === undefined || value === null) return []
  const pointer = `${place.pointer}/${escapeStep(member)}`
  return Array.isArray(value) ? value.map((each, index) => ({ value: each, pointer: `${pointer}/${index}` })) : [{ value, pointer }]
}

/** The nodes of a member. */
export function placesAt(place: Place | undefined, ...members: readonly string[]): Place[] {
  let found = place ? [place] : []
  for (const member of members)
    found = found.flatMap((each) =>
      valuesAt(each, member).flatMap(({ value, pointer }) => (isObject(value) ? [{ node: value, pointer }] : [])),
    )
  return found
}

/** A step of a JSON Pointer (RFC 6901, section 3). */
export function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}
