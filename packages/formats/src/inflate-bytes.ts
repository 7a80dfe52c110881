/** Unpacking what a stranger packed, bounded while it streams (R-LIM-3). */
import { joinBytes } from '@cairn/core'

/** What is said of data that cannot be unpacked, or unpacks too far; both raise the problem of whoever asked. */
export interface Refusals {
  damaged(): never
  tooLarge(): never
}

/** The unpacked bytes of GZIP, ZLIB (`deflate`, RFC 1950) or bare DEFLATE (`deflate-raw`) data, at most `most`. Raises what `refuse` raises. */
export async function inflateBytes(
  packed: Uint8Array,
  form: 'gzip' | 'deflate' | 'deflate-raw',
  most: number,
  refuse: Refusals,
): Promise<Uint8Array> {
  const reader = new Blob([packed as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream(form)).getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read().catch(() => refuse.damaged())
    if (done) return joinBytes(...chunks)
    size += value.byteLength
    if (size > most) {
      await reader.cancel().catch(() => undefined)
      refuse.tooLarge()
    }
    chunks.push(value)
  }
}
