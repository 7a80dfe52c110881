/** Gathering is apart from judging: what a verdict rests on is fetched here, and judged by the verifier, here or anywhere. */
import { type JsonObject, ProblemError, type TrustRegistry } from '@cairn/core'
import { credentialInPdf, detectFormat, factsForVerdict } from '@cairn/formats'
import { type DetachedFile, readCompact, readJades, sealedDocument } from '@cairn/seals'
import { chainOf, chainsOf, type Evidence, readPackage, standardPolicy, verify } from '@cairn/verifier'
import type { Door } from './door.ts'
import { fetchSafely } from './fetch-safely.ts'
import { fetchStatements, type Statements } from './fetch-statements.ts'
import { gatherForBadge } from './gather-open-badges.ts'
import { gatherForToken } from './gather-sd-jwt.ts'

/** How many lists of one credential are followed. */
const mostLists = 4

/**
 * Gathers evidence for a document: statements on the revocation of every certificate in its trusted chains that lacks a recent one, and its status
 * lists. The decision on the issuer comes first: nothing is fetched at the wish of somebody whom the registry does not know. What cannot be had is
 * left out, and the verifier then says `unknown`.
 */
export async function gather(
  given: Uint8Array,
  registry: TrustRegistry,
  door: Door = fetchSafely,
  now = new Date().toISOString(),
  detached: readonly DetachedFile[] = [],
): Promise<Evidence> {
  const bytes = await insideOf(given)
  const statusLists: Record<string, Uint8Array> = {}
  const bare: Evidence = { registry, statusLists, retrievedAt: now, ...(detached.length > 0 ? { detached } : {}) }
  const forToken = await gatherForToken(bytes, bare, door, now)
  if (forToken) return forToken
  const forBadge = await gatherForBadge(bytes, bare, door, now)
  if (forBadge) return forBadge
  const statements: Statements = { crls: [], ocsps: [] }
  const evidence = () => (statements.crls.length + statements.ocsps.length > 0 ? { ...bare, revocation: statements } : bare)
  // A sheet that is sealed itself may bear another certificate than the credential in it.
  for (const each of bytes === given ? [bytes] : [bytes, given])
    for (const { links } of await chainsOf(each, bare, standardPolicy, now)) await fetchStatements(links, door, statements)

  const addresses = statusAddresses(bytes)
  if (addresses.length === 0) return evidence()
  const { results, registry: known } = await verify(bytes, evidence(), standardPolicy, now)
  if (results.seal === 'failed' || known === undefined) return evidence()
  for (const address of addresses)
    try {
      const list = (await door(address)).bytes
      statusLists[address] = list
      const { certificates } = readCompact(list, 'vc+jwt')
      const chain = await chainOf('seal', certificates[0]!, certificates, evidence(), undefined, standardPolicy, now)
      if (chain) await fetchStatements(chain.links, door, statements)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
    }
  return evidence()
}

/** What a sheet to print holds; anything else, and a document that cannot be read, as it is. */
async function insideOf(given: Uint8Array): Promise<Uint8Array> {
  const format = detectFormat(given)
  if (format !== 'pdf' && format !== 'zip') return given
  try {
    return format === 'pdf' ? (await credentialInPdf(given)).bytes : ((await readPackage(given))?.credential.bytes ?? given)
  } catch (error) {
    if (error instanceof ProblemError) return given
    throw error
  }
}

/** Addresses of the status lists that a sealed document names; none when it cannot be read. */
export function statusAddresses(bytes: Uint8Array): string[] {
  try {
    const document = sealedDocument(readJades(bytes)) as JsonObject
    return [...new Set(factsForVerdict(document).statuses.map(({ list }) => list))].slice(0, mostLists)
  } catch (error) {
    if (error instanceof ProblemError || error instanceof TypeError) return []
    throw error
  }
}
