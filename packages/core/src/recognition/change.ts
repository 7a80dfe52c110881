/** A changed fact: what a counterfactual is made of. */
import { canonicalJson } from '../canonical-json.ts'
import { isObject, type Json, type JsonObject } from '../json.ts'
import type { AccreditationRecord } from './accreditation.ts'
import type { CredentialFacts } from './case.ts'
import type { RecognitionFacts } from './facts.ts'

/** One fact set to a value. `path` begins with `credentials` and an id, or with `accreditationRegistry` alone, which gains a record. */
export interface Setting {
  path: readonly [string, ...string[]]
  value: Json
}

/** Facts that change together, or a requirement that no fact of a case can answer, taken as met. */
export interface Change {
  settings: readonly Setting[]
  met?: string
}

const pointer = (path: readonly string[]) => path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** The change in words that can be read back: `/credentials/c1/eqf = 6`, several joined by ` and `. */
export function textOfChange({ settings, met }: Change): string {
  return met === undefined ? settings.map(({ path, value }) => `${pointer(path)} = ${canonicalJson(value)}`).join(' and ') : `${met}: met`
}

/** The facts with the settings made, in order. */
export function applySettings(facts: RecognitionFacts, settings: readonly Setting[]): RecognitionFacts {
  return settings.reduce(applyOne, facts)
}

function applyOne(facts: RecognitionFacts, { path: [head, id, ...rest], value }: Setting): RecognitionFacts {
  if (head === 'accreditationRegistry') {
    const record = value as unknown as AccreditationRecord
    return { ...facts, accreditations: [...facts.accreditations, record] }
  }
  const credentials = facts.credentials.map((each) =>
    each.id === id ? (setIn(each as unknown as JsonObject, rest, value) as unknown as CredentialFacts) : each,
  )
  return { ...facts, credentials }
}

function setIn(object: JsonObject, [name, ...rest]: readonly string[], value: Json): JsonObject {
  const inner = object[name!]
  const there = isObject(inner) ? inner : {}
  return { ...object, [name!]: rest.length === 0 ? value : setIn(there, rest, value) }
}
