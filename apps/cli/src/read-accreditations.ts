/** A registry of accreditations from a file. */
import { AccreditationSnapshot, type Json, parseJson, readAs, readDeqar } from '@cairn/core'
import { asUsage, readGiven } from './read-input.ts'

/** A registry with all its decisions is large. */
const largest = 64 * 1024 * 1024

/** Reads a snapshot, or a file of DEQAR's answers. Raises a usage error: what is wrong with it is no verdict on what is checked. */
export function readAccreditations(place: string): AccreditationSnapshot {
  return asUsage('accreditations', () => {
    const json: Json = parseJson(readGiven(place, largest + 1), { bytes: largest, nodes: 5_000_000 })
    return json !== null && typeof json === 'object' && 'form' in json ? readAs(AccreditationSnapshot, json) : readDeqar(json)
  })
}
