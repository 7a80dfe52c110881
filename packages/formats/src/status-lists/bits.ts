/** The bits of a status list: W3C Bitstring Status List v1.0, sections 2.2, 3.3 and 3.4. GZIP and multibase base64url; first index is the left-most bit. */
import { ProblemError } from '@cairn/core'

/** Entries of every list we publish: larger than the minimum of the standard, for herd privacy. */
export const statusListEntries = 1_048_576
/** The fewest entries a list may have (section 3.3, 16 KiB). */
export const leastStatusListEntries = 131_072
/** R-LIM-3: what is read at most, compressed and unpacked, in bytes. */
export const statusListLimits = { compressed: 2 * 1024 * 1024, unpacked: 16 * 1024 * 1024 } as const

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
  const stream = new Blob([bits as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('gzip'))
  return `u${toBase64Url(new Uint8Array(await new Response(stream).arrayBuffer()))}`
}

/**
 * Unpacks `encodedList`, bounded by R-LIM-3 while it streams. Lists without the multibase letter (older drafts) are read too.
 * @throws ProblemError `status.unreadable`, `status.too-large`
 */
export async function expandBits(encodedList: string): Promise<Uint8Array> {
  if (encodedList.length > (statusListLimits.compressed * 4) / 3 + 4)
    throw new ProblemError('status.too-large', 'The packed status list is larger than 2 MiB.')
  const packed = fromBase64Url(encodedList.startsWith('u') ? encodedList.slice(1) : encodedList)
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new ProblemError('status.unreadable', 'The status list does not unpack.')
    })
    if (done) break
    size += value.byteLength
    if (size > statusListLimits.unpacked) {
      await reader.cancel().catch(() => undefined)
      throw new ProblemError('status.too-large', 'The status list unpacks to more than 16 MiB.')
    }
    chunks.push(value)
  }
  const bits = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bits.set(chunk, at)
    at += chunk.byteLength
  }
  return bits
}

const step = 0x8000

function toBase64Url(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += step) binary += String.fromCharCode(...bytes.subarray(at, at + step))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new ProblemError('status.unreadable', 'The status list is not base64url.')
  let binary: string
  try {
    binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    throw new ProblemError('status.unreadable', 'The status list is not base64url.')
  }
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
