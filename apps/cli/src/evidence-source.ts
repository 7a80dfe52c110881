/** Where the evidence of `cairn verify` comes from: a file made before, nowhere, or whoever the certificates and the credential name. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { AccreditationSnapshot, TrustRegistry } from '@cairn/core'
import { type Evidence, readEvidence, writeEvidence } from '@cairn/verifier'
import { readAccreditations } from './read-accreditations.ts'
import { asUsage, parseAs, readGiven, readOption } from './read-input.ts'
import { readTrustedLists } from './trusted-lists.ts'
import { type Given, UsageError } from './verb.ts'

/** Only what the person at the keyboard names may be on this machine or without TLS. */
export function doorSettings(given: Given): { ownOrigins: string[] } {
  const allowed = given.text('allow')
  if (allowed === undefined) return { ownOrigins: [] }
  if (!URL.canParse(allowed) || new URL(allowed).origin !== allowed.replace(/\/$/, ''))
    throw new UsageError('--allow names an origin such as http://localhost:8080.')
  return { ownOrigins: [new URL(allowed).origin] }
}

/** Evidence for the bytes of a file, by the options given (`tell` hears of what is left out): gathered now, whatever moment it is judged at. What was gathered is written where `--save-evidence` says. */
export function evidenceSource(given: Given, tell: (line: string) => void): (bytes: Uint8Array) => Promise<Evidence> {
  const gathered = evidenceOf(given, tell)
  const place = given.text('save-evidence')
  if (place === undefined) return gathered
  if (given.operands.length > 1) throw new UsageError('--save-evidence is for one file at a time.')
  return async (bytes) => {
    const evidence = await gathered(bytes)
    try {
      writeFileSync(place, writeEvidence(evidence))
    } catch {
      throw new UsageError('The evidence cannot be written there.')
    }
    return evidence
  }
}

function evidenceOf(given: Given, tell: (line: string) => void): (bytes: Uint8Array) => Promise<Evidence> {
  const made = given.text('evidence')
  const trust = given.text('trust')
  const registry = trust === undefined ? undefined : readOption(TrustRegistry, trust, 'trust file')
  const beside = detachedFiles(given)
  const own = { ...(beside.length > 0 ? { detached: beside } : {}), ...accreditationsOf(given) }
  if (made !== undefined) {
    const read = readMade(made)
    return async () => ({ ...read, registry: registry ?? read.registry, ...own })
  }
  const settings = doorSettings(given)
  const named = registry ?? TrustRegistry.parse({})
  // Once for all files: national lists are large.
  let known: Promise<TrustRegistry> | undefined
  const withLists = () => {
    known ??=
      named.trustedLists.length === 0
        ? Promise.resolve(named)
        : readTrustedLists(named, { folder: path.dirname(trust!), offline: given.has('offline'), ...settings }, tell)
    return known
  }
  if (given.has('offline')) return async () => ({ registry: await withLists(), statusLists: {}, retrievedAt: moment(), ...own })
  return async (bytes) => {
    const { fetchSafely, gather } = await import('@cairn/online')
    const door = (address: string, ask = {}) => fetchSafely(address, { ...ask, ...settings })
    return { ...(await gather(bytes, await withLists(), door, moment(), beside)), ...own }
  }
}

/** When evidence is gathered. */
const moment = () => new Date().toISOString()

/** A file of evidence. */
function readMade(place: string): Evidence {
  return asUsage('evidence', () =>
    readEvidence(
      readGiven(place, 16 * 1024 * 1024),
      (json) => parseAs(TrustRegistry, json, 'evidence'),
      (list) => list.map((each) => parseAs(AccreditationSnapshot, each, 'evidence')),
    ),
  )
}

/** Registries of accreditations as they were read before: snapshots of our own form, or files of DEQAR's answers (several with a comma between them). */
function accreditationsOf(given: Given): Pick<Evidence, 'accreditations'> {
  const places = given.text('accreditation')?.split(',') ?? []
  return places.length > 0 ? { accreditations: places.map(readAccreditations) } : {}
}

/** Files that a detached seal covers, named by their last part; several are given with a comma between them. */
function detachedFiles(given: Given) {
  return (given.text('detached')?.split(',') ?? []).map((place) => {
    try {
      return { name: path.basename(place), bytes: new Uint8Array(readFileSync(place)) }
    } catch {
      throw new UsageError('A file of --detached cannot be read.')
    }
  })
}
