/**
 * Gathering for badges: documents of did:web issuers, the hosted parts of Open Badges 2.0, status lists. Nothing is fetched at the wish of somebody
 * whom the registry does not know: an address is asked for only where its host is that of an issuer in the registry, and lists only after proof and
 * issuer hold.
 */
import { isObject, type JsonObject, parseJson, type TrustRegistry } from '@cairn/core'
import { detectFormat, isAssertion, readBadge } from '@cairn/formats'
import {
  controllerAddress,
  controllersOf,
  type Evidence,
  isOfRegistry,
  listsOfBadge,
  partsOfAssertion,
  standardPolicy,
  verify,
} from '@cairn/verifier'
import { attempt, fetched } from './attempt.ts'
import type { Door } from './door.ts'

const mostLists = 4
/** Assertion, badge class, issuer, key and list: what one names may name the next. */
const mostTurns = 4
const anyForm = 'application/json, application/ld+json, application/vc+jwt;q=0.9, */*;q=0.5'
const badges = new Set(['open-badge', 'open-badge-jwt', 'verifiable-credential', 'png', 'svg'])

/** Adds to the evidence what a badge rests on; `undefined` when the bytes are no badge. What cannot be had is left out. */
export async function gatherForBadge(bytes: Uint8Array, bare: Evidence, door: Door, now: string): Promise<Evidence | undefined> {
  if (!badges.has(detectFormat(bytes))) return undefined
  const document = await attempt(() => readBadge(bytes))
  if (!document) return bare
  if (isAssertion(document)) return { ...bare, hosted: await hostedParts(document, bare.registry, door) }
  const evidence: Evidence = { ...bare, didDocuments: await controllers(controllersOf(document, bytes), bare.registry, door) }
  const lists = listsOfBadge(document)
  if (lists.length === 0) return evidence
  const { results, registry: known } = await verify(bytes, evidence, standardPolicy, now)
  if (results.seal !== 'passed' || known === undefined) return evidence
  const statusLists: Record<string, Uint8Array> = { ...bare.statusLists }
  for (const address of lists.slice(0, mostLists)) {
    const list = await fetched(address, door, anyForm)
    if (list) statusLists[address] = list
  }
  return { ...evidence, statusLists }
}

/** Documents of controllers that an issuer of the registry is, or whose host is that of one. */
async function controllers(named: readonly string[], registry: TrustRegistry, door: Door): Promise<Record<string, Uint8Array>> {
  const found: Record<string, Uint8Array> = {}
  for (const controller of named) {
    const address = controllerAddress(controller)
    if (address === undefined || Object.hasOwn(found, controller) || !isOfRegistry(address, controller, registry)) continue
    const bytes = await fetched(address, door, anyForm)
    if (bytes) found[controller] = bytes
  }
  return found
}

/** The assertion where it stands, badge class, issuer, key and revocation list, one after the other. */
async function hostedParts(assertion: JsonObject, registry: TrustRegistry, door: Door): Promise<Record<string, Uint8Array>> {
  const found: Record<string, Uint8Array> = {}
  const documents: Record<string, JsonObject> = {}
  for (let turn = 0; turn < mostTurns; turn++) {
    const wanted = partsOfAssertion(assertion, documents).filter(
      (address) => !Object.hasOwn(found, address) && isOfRegistry(address, address, registry),
    )
    for (const address of wanted) {
      const bytes = await fetched(address, door, anyForm)
      if (!bytes) continue
      found[address] = bytes
      const document = await attempt(() => parseJson(bytes))
      if (isObject(document)) documents[address] = document
    }
    if (wanted.every((address) => !Object.hasOwn(found, address))) break
  }
  return found
}
