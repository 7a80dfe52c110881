/** Members of the JSON of a seal, each of the kind it has to be. */
import { type Json, type JsonObject, ProblemError } from '@cairn/core'

/** Raises `seal.malformed`. */
export const bad = (detail: string, pointer?: string): never => {
  throw new ProblemError('seal.malformed', detail, pointer)
}

/** The value as an object. Raises `seal.malformed`. */
export function objectOf(value: Json | undefined, pointer: string): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return bad('An object was expected.', pointer)
  return value
}

/** The value as a text. Raises `seal.malformed`. */
export function textOf(value: Json | undefined, pointer: string): string {
  return typeof value === 'string' ? value : bad('A text was expected.', pointer)
}

/** The value as a list of texts. Raises `seal.malformed`. */
export function textsOf(value: Json | undefined, pointer: string): string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > 32) return bad('A list of one to 32 texts was expected.', pointer)
  return value.map((each, index) => textOf(each, `${pointer}/${index}`))
}

/** Nothing but members of these names. Raises `seal.malformed`. */
export function only(members: JsonObject, names: readonly string[], pointer: string): void {
  for (const name of Object.keys(members)) if (!names.includes(name)) bad('A member does not belong here.', `${pointer}/${name}`)
}
