/** Unpacking zlib data of a stranger, bounded while it streams. */
import { ProblemError } from '@cairn/core'

/** The unpacked bytes (RFC 1950). Raises `pdf.unreadable` for damaged data, `input.too-large` beyond `most` bytes. */
export async function inflateBytes(packed: Uint8Array, most: number): Promise<Uint8Array> {
  const reader = new Blob([packed as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new ProblemError('pdf.unreadable', 'A part of the document does not unpack.')
    })
    if (done) break
    size += value.byteLength
    if (size > most) {
      await reader.cancel().catch(() => undefined)
      throw new ProblemError('input.too-large', 'A part of the document unpacks to more than is read.')
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}
