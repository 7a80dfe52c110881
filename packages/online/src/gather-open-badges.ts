/**
 * Gathering for badges: documents of did:web issuers, the hosted parts of Open Badges 2.0, status lists. Nothing is fetched at the wish of somebody
 * whom the registry does not know: an address is asked for only where its host is that of an issuer in the registry, and lists only after proof and
 * issuer hold.
 */
import { type JsonObject, ProblemError, parseJson, type TrustRegistry } from '@cairn/core'
import { detectFormat, factsOfAssertion, factsOfOpenBadge, isAssertion, readBadge, resolveAssertion } from '@cairn/formats'
import { type Evidence, standardPolicy, verify } from '@cairn/verifier'
import type { Door } from './door.ts'

const mostLists = 4
const mostMethods = 8
const badges = new Set(['open-badge', 'open-badge-jwt', 'verifiable-credential', 'png', 'svg'])

/** Adds to the evidence what a badge rests on; `undefined` when the bytes are no badge. What cannot be had is left out. */
export async function gatherForBadge(bytes: Uint8Array, bare: Evidence, door: Door, now: string): Promise<Evidence | undefined> {
  if (!badges.has(detectFormat(bytes))) return undefined
  const document = await attempt(() => readBadge(bytes))
  if (!document) return bare
  if (isAssertion(document)) return { ...bare, hosted: await hostedParts(document, bare.registry, door) }
  const evidence: Evidence = { ...bare, didDocuments: await controllers(methodsOf(document, bytes), bare.registry, door) }
  const { lists } = listsOf(document)
  if (lists.length === 0) return evidence
  const { results, registry: known } = await verify(bytes, evidence, standardPolicy, now)
  if (results.seal !== 'passed' || known === undefined) return evidence
  const statusLists: Record<string, Uint8Array> = { ...bare.statusLists }
  for (const address of lists.slice(0, mostLists)) {
    const list = await fetched(address, door)
    if (list) statusLists[address] = list
  }
  return { ...evidence, statusLists }
}

/** Verification methods that a badge names: of its proofs, or of the token it came in. */
function methodsOf(document: JsonObject, bytes: Uint8Array): string[] {
  const proofs = [document.proof]
    .flat()
    .flatMap((each) => (typeof each === 'object' && each !== null && !Array.isArray(each) ? [each.verificationMethod] : []))
  const kid = /^\s*([A-Za-z0-9_-]+)\./.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 20_000)))?.[1]
  const named = kid === undefined ? [] : [kidOf(kid)]
  return [...proofs, ...named].filter((each): each is string => typeof each === 'string').slice(0, mostMethods)
}

function kidOf(header: string): unknown {
  try {
    const value = parseJson(Uint8Array.from(Buffer.from(header, 'base64url')))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value.kid : undefined
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

/** Where the document of a did:web stands (did:web method, 3.2); `undefined` for what is none. */
export function didWebAddress(did: string): string | undefined {
  const parts = /^did:web:([A-Za-z0-9.%:_-]{1,500})$/.exec(did)?.[1]?.split(':')
  if (!parts || parts.some((part) => part === '')) return undefined
  const [host, ...path] = parts.map((part) => decodeURIComponent(part.replace(/%(?![0-9A-Fa-f]{2})/g, '%25')))
  const address = `https://${host}/${path.length === 0 ? '.well-known' : path.map(encodeURIComponent).join('/')}/did.json`
  return URL.canParse(address) ? address : undefined
}

/** Documents of controllers that an issuer of the registry is, or whose host is that of one. */
async function controllers(methods: readonly string[], registry: TrustRegistry, door: Door): Promise<Record<string, Uint8Array>> {
  const found: Record<string, Uint8Array> = {}
  for (const method of methods) {
    const [controller = ''] = method.split('#')
    const address = controller.startsWith('did:web:') ? didWebAddress(controller) : /^https:\/\//.test(controller) ? controller : undefined
    if (address === undefined || Object.hasOwn(found, controller) || !isOfRegistry(address, controller, registry)) continue
    const bytes = await fetched(address, door)
    if (bytes) found[controller] = bytes
  }
  return found
}

/** True when the registry names this identifier, or an issuer at the same host. */
function isOfRegistry(address: string, identifier: string, { issuers }: TrustRegistry): boolean {
  const host = URL.parse(address)?.host
  return issuers.some(({ id, keys }) => {
    const named = id.startsWith('did:web:') ? didWebAddress(id) : id
    return id === identifier || keys.includes(identifier) || (host !== undefined && URL.parse(named ?? '')?.host === host)
  })
}

/** The assertion where it stands, badge class, issuer, key and revocation list, one after the other. */
async function hostedParts(assertion: JsonObject, registry: TrustRegistry, door: Door): Promise<Record<string, Uint8Array>> {
  const found: Record<string, Uint8Array> = {}
  const documents: Record<string, JsonObject> = {}
  const get = async (address: string | undefined) => {
    if (address === undefined || Object.hasOwn(found, address) || !isOfRegistry(address, address, registry)) return
    const bytes = await fetched(address, door)
    if (!bytes) return
    found[address] = bytes
    const document = await attempt(() => parseJson(bytes))
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) documents[address] = document
  }
  const first = factsOfAssertion(resolveAssertion(assertion, {}))
  if (first.kind === 'hosted') await get(first.id)
  const whole = (first.id !== undefined && documents[first.id]) || assertion
  for (let turn = 0; turn < 2; turn++) for (const address of resolveAssertion(whole, documents).missing) await get(address)
  const { creator, revocationList } = factsOfAssertion(resolveAssertion(whole, documents))
  await get(creator)
  await get(revocationList)
  return found
}

function listsOf(document: JsonObject): { lists: string[] } {
  const { statuses, revocationLists } = factsOfOpenBadge(document)
  return { lists: [...new Set([...statuses.map(({ list }) => list), ...revocationLists])] }
}

async function fetched(address: string, door: Door): Promise<Uint8Array | undefined> {
  try {
    return (await door(address, { accept: 'application/json, application/ld+json, application/vc+jwt;q=0.9, */*;q=0.5' })).bytes
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

async function attempt<T>(act: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}
