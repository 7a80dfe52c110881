/** Verifying in the visitor's own browser, from the bytes themselves. Loaded when it is needed. */
import type { EvidenceAnswer } from '@cairn/api'
import type { Report } from '@cairn/core'
import { standardPolicy, verify } from '@cairn/verifier'

/** Bytes of padded base64. */
export const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))

/** Verifies with evidence as the server gave it. Nothing is fetched. */
export function verifyHere(bytes: Uint8Array, { registry, statusLists, retrievedAt }: EvidenceAnswer): Promise<Report> {
  const lists = Object.fromEntries(Object.entries(statusLists).map(([address, base64]) => [address, bytesOf(base64)]))
  return verify(bytes, { registry, statusLists: lists, retrievedAt }, standardPolicy, new Date().toISOString())
}

/** Addresses of status lists inside a document, found without trusting it: the verifier decides what they are worth. */
export function statusAddresses(bytes: Uint8Array, origin: string): string[] {
  const text = new TextDecoder().decode(bytes)
  return [...new Set([...text.matchAll(/https?:\/\/[^\s"'\\]+\/status\/[0-9a-f-]{36}/g)].map(([address]) => address))]
    .filter((address) => address.startsWith(`${origin}/`))
    .slice(0, 4)
}
