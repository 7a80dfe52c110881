/** Gathering is apart from judging: what a credential's status rests on is fetched here, and judged by the verifier, here or anywhere. */
import { type JsonObject, ProblemError, parseJson, type TrustRegistry } from '@cairn/core'
import { factsForVerdict } from '@cairn/formats'
import { readJades } from '@cairn/seals'
import { type Evidence, standardPolicy, verify } from '@cairn/verifier'
import { type Fetched, fetchSafely } from './fetch-safely.ts'

/** How a list is fetched; the safe door unless the caller has the list at hand. */
export type Door = (address: string) => Promise<Pick<Fetched, 'bytes'>>

/** How many lists of one credential are followed. */
const mostLists = 4

/**
 * Gathers evidence for a document. The decision on the issuer comes first: nothing is fetched at the wish of somebody whom the registry does not know.
 * A list that cannot be had is left out, and the verifier then says `unknown`.
 */
export async function gather(
  bytes: Uint8Array,
  registry: TrustRegistry,
  door: Door = fetchSafely,
  now = new Date().toISOString(),
): Promise<Evidence> {
  const evidence = { registry, statusLists: {} as Record<string, Uint8Array>, retrievedAt: now }
  const addresses = statusAddresses(bytes)
  if (addresses.length === 0) return evidence
  const { results } = await verify(bytes, evidence, standardPolicy, now)
  if (results.seal === 'failed' || results.issuer !== 'passed') return evidence
  for (const address of addresses)
    try {
      evidence.statusLists[address] = (await door(address)).bytes
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
    }
  return evidence
}

/** Addresses of the status lists that a sealed document names; none when it cannot be read. */
export function statusAddresses(bytes: Uint8Array): string[] {
  try {
    const document = parseJson(readJades(bytes).payload) as JsonObject
    return [...new Set(factsForVerdict(document).statuses.map(({ list }) => list))].slice(0, mostLists)
  } catch (error) {
    if (error instanceof ProblemError || error instanceof TypeError) return []
    throw error
  }
}
