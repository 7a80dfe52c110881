/** The bits of a status list: W3C Bitstring Status List v1.0, sections 2.2, 3.3 and 3.4. GZIP and multibase base64url; first index is the left-most bit. */
import { ProblemError } from '@cairn/core'
import { deflate, inflate } from './inflate.ts'

/** Entries of every list we publish: larger than the minimum of the standard, for herd privacy. */
export const statusListEntries = 1_048_576
/** The fewest entries a list may have (section 3.3, 16 KiB). */
export const leastStatusListEntries = 131_072
/** The bit at an index: `true` is set (revoked). Throws `status.index-outside` when the list is shorter. */
export function bitAt(bits: Uint8Array, index: number): boolean {
  const byte = Number.isSafeInteger(index) && index >= 0 ? bits[Math.floor(index / 8)] : undefined
  if (byte === undefined) throw new ProblemError('status.index-outside', 'The status list has no entry of this index.')
  return (byte & (0x80 >> (index % 8))) !== 0
}

/** Bits for a list of `entries`, with these indices set. */
export function bitsFrom(entries: number, indices: Iterable<number>): Uint8Array {
  const bits = new Uint8Array(Math.ceil(entries / 8))
  for (const index of indices) {
    bitAt(bits, index)
    bits[Math.floor(index / 8)]! |= 0x80 >> (index % 8)
  }
  return bits
}

/** Bits as the standard writes them: `u`, then base64url of their GZIP form. */
export async function compressBits(bits: Uint8Array): Promise<string> {
  return `u${await deflate(bits, 'gzip')}`
}

/**
 * Unpacks `encodedList`, bounded by R-LIM-3 while it streams. Lists without the multibase letter (older drafts) are read too.
 * @throws ProblemError `status.unreadable`, `status.too-large`
 */
export function expandBits(encodedList: string): Promise<Uint8Array> {
  return inflate(encodedList.startsWith('u') ? encodedList.slice(1) : encodedList, 'gzip')
}
