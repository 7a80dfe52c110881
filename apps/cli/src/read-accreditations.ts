/** A registry of accreditations from a file. */
import { AccreditationSnapshot, type Json, ProblemError, parseJson, readAs, readDeqar } from '@cairn/core'
import { readBytes } from './read-input.ts'
import { UsageError } from './verb.ts'

/** A registry with all its decisions is large. */
const largest = 64 * 1024 * 1024

/** Reads a snapshot, or a file of DEQAR's answers. Raises a usage error: what is wrong with it is no verdict on what is checked. */
export function readAccreditations(place: string): AccreditationSnapshot {
  try {
    const json: Json = parseJson(readBytes(place, largest + 1), { bytes: largest, nodes: 5_000_000 })
    return json !== null && typeof json === 'object' && 'form' in json ? readAs(AccreditationSnapshot, json) : readDeqar(json)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { detail, pointer } = error.problem
    throw new UsageError(`The accreditations cannot be used: ${detail}${pointer ? ` at ${pointer}` : ''}`)
  }
}
