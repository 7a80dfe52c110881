/** Unpacking what a stranger packed, bounded while it streams (R-LIM-3). */
import { ProblemError } from '@cairn/core'
import { inflateBytes } from '../inflate-bytes.ts'
import { toBase64 } from '../to-base64.ts'

/** R-LIM-3: what is read of a status list at most, packed and unpacked, in bytes. */
export const statusListLimits = { compressed: 2 * 1024 * 1024, unpacked: 16 * 1024 * 1024 } as const

const refusals = {
  damaged: (): never => {
    throw new ProblemError('status.unreadable', 'The status list does not unpack.')
  },
  tooLarge: (): never => {
    throw new ProblemError('status.too-large', 'The status list unpacks to more than 16 MiB.')
  },
}

/**
 * Unpacks base64url text of GZIP (`gzip`) or ZLIB (`deflate`, RFC 1950) data.
 * @throws ProblemError `status.unreadable`, `status.too-large`
 */
export async function inflate(text: string, form: 'gzip' | 'deflate'): Promise<Uint8Array> {
  if (text.length > (statusListLimits.compressed * 4) / 3 + 4)
    throw new ProblemError('status.too-large', 'The packed status list is larger than 2 MiB.')
  return inflateBytes(fromBase64Url(text), form, statusListLimits.unpacked, refusals)
}

/** Packs bytes into base64url text. */
export async function deflate(bytes: Uint8Array, form: 'gzip' | 'deflate'): Promise<string> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream(form))
  return toBase64Url(new Uint8Array(await new Response(stream).arrayBuffer()))
}

const toBase64Url = (bytes: Uint8Array) => toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

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
