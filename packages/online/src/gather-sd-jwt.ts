/** Gathering for tokens (SD-JWT, VC-JWT): the issuer's keys, its status lists, the description of the type. Each only after what it hangs on holds. */
import { isObject, parseJson } from '@cairn/core'
import { composeTypeMetadata, learningCredentialType, readTypeMetadata } from '@cairn/formats'
import { type Certificate, fromBase64Url, parseCertificateText } from '@cairn/seals'
import {
  chainOf,
  didWebAddress,
  type Evidence,
  keySetAddress,
  needsOfToken,
  standardPolicy,
  type TokenNeeds,
  verify,
} from '@cairn/verifier'
import { attempt, fetched } from './attempt.ts'
import type { Door } from './door.ts'
import { fetchStatements, type Statements } from './fetch-statements.ts'

/** How many lists of one credential are followed, and how many descriptions of types stand in a chain (R-SD-3). */
const mostLists = 4
const mostTypes = 5

/**
 * Adds to the evidence what a token rests on; `undefined` when the bytes are no token. Nothing is fetched at the wish of somebody whom the registry does
 * not know: keys only for an issuer that it names by its address, lists and types only after signature and issuer hold. What cannot be had is left out.
 */
export async function gatherForToken(bytes: Uint8Array, bare: Evidence, door: Door, now: string): Promise<Evidence | undefined> {
  const needs = await needsOfToken(bytes)
  if (!needs) return undefined
  const statements: Statements = { crls: [...(bare.revocation?.crls ?? [])], ocsps: [...(bare.revocation?.ocsps ?? [])] }
  let evidence: Evidence = { ...bare, ...(await issuerKeys(needs, bare, door)) }
  const withStatements = () => {
    if (statements.crls.length + statements.ocsps.length > 0) evidence = { ...evidence, revocation: statements }
  }
  // A forged token may bring anybody's certificate: what it names is asked for only when the signature holds.
  if ((await verify(bytes, evidence, standardPolicy, now)).results.seal !== 'passed') return evidence
  const [leaf] = needs.certificates
  const chain = leaf && (await chainOf('seal', leaf, needs.certificates, evidence, undefined, standardPolicy, now))
  if (chain) await fetchStatements(chain.links, door, statements)
  withStatements()
  const { registry: known } = await verify(bytes, evidence, standardPolicy, now)
  if (known === undefined) return evidence

  const statusLists: Record<string, Uint8Array> = { ...evidence.statusLists }
  for (const address of needs.statusLists.slice(0, mostLists)) {
    const list = await fetched(address, door, 'application/statuslist+jwt, application/vc+jwt;q=0.9')
    if (!list) continue
    statusLists[address] = list
    const certificates = await certificatesOf(list)
    const ofList = certificates[0] && (await chainOf('seal', certificates[0], certificates, evidence, undefined, standardPolicy, now))
    if (ofList) await fetchStatements(ofList.links, door, statements)
  }
  withStatements()
  const typeMetadata = await typesFor(needs, evidence, door)
  return { ...evidence, statusLists, ...(Object.keys(typeMetadata).length > 0 ? { typeMetadata } : {}) }
}

/** The document of an issuer that is a did:web, else JWT VC Issuer Metadata and the key set that it points to. */
async function issuerKeys(
  needs: TokenNeeds,
  { registry }: Evidence,
  door: Door,
): Promise<Pick<Evidence, 'issuerMetadata' | 'didDocuments'>> {
  const { issuerMetadata: address, issuerId, certificates } = needs
  if (issuerId === undefined || certificates.length > 0 || !registry.issuers.some(({ id }) => id === issuerId)) return {}
  const web = didWebAddress(issuerId)
  const document = web === undefined ? undefined : await fetched(web, door, 'application/did+json, application/json;q=0.9')
  if (document) return { didDocuments: { [issuerId]: document } }
  const metadata = address === undefined ? undefined : await fetched(address, door, 'application/json')
  if (!metadata || address === undefined) return {}
  const elsewhere = keySetAddress(issuerId, metadata)
  const keys = elsewhere === undefined ? undefined : await fetched(elsewhere, door, 'application/jwk-set+json, application/json;q=0.9')
  return { issuerMetadata: { [address]: metadata, ...(elsewhere !== undefined && keys ? { [elsewhere]: keys } : {}) } }
}

/** Descriptions of the type and of what it extends, as far as they stand under an address. */
async function typesFor({ type }: TokenNeeds, { typeMetadata = {} }: Evidence, door: Door): Promise<Record<string, Uint8Array>> {
  const found: Record<string, Uint8Array> = { ...typeMetadata }
  let next = type
  for (let n = 0; n < mostTypes && next !== undefined; n++) {
    const name: string = next
    const bytes = found[name] ?? (await described(name, door))
    if (!bytes) break
    found[name] = bytes
    next = await attempt(() => readTypeMetadata(parseJson(bytes)).extends)
  }
  return found
}

/** A description from its address; the European type has none, and ours of it is as good as any: it counts only with the hash that was signed. */
async function described(name: string, door: Door): Promise<Uint8Array | undefined> {
  if (name === learningCredentialType) return new TextEncoder().encode(JSON.stringify(composeTypeMetadata({ type: 'learning-credential' })))
  return /^https:/i.test(name) ? fetched(name, door, 'application/json') : undefined
}

/** The certificates that a token brings, read for asking after their revocation alone. */
async function certificatesOf(token: Uint8Array): Promise<Certificate[]> {
  const read = await attempt(() => {
    const [header = ''] = new TextDecoder('latin1').decode(token).split('.', 1)
    const read = parseJson(fromBase64Url(header) ?? new Uint8Array())
    const x5c = isObject(read) ? read.x5c : undefined
    const texts = Array.isArray(x5c) ? x5c.filter((each) => typeof each === 'string') : []
    return texts.slice(0, 6).map(parseCertificateText)
  })
  return read ?? []
}
