/** A ZIP archive whose files are stored as they are: any reader of any time opens it, and the same files give the same bytes. */
import { joinBytes } from '@cairn/core'
import { crc32 } from '../crc32.ts'

/** The first day that a ZIP archive can name: the moment of writing stands in what is written, and not beside it. */
const firstDay = 0x0021

/** Writes an archive of few and small files (under 65,536 of them and 4 GiB); names are ASCII, with slashes between folders. */
export function writeZip(files: readonly { name: string; bytes: Uint8Array }[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, bytes } of files) {
    const title = new TextEncoder().encode(name)
    // Version, flags, method, time, day, checksum, both sizes, length of the name, length of what is added to it.
    const shared = [
      [2, 20],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, firstDay],
      [4, crc32(bytes)],
      [4, bytes.length],
      [4, bytes.length],
      [2, title.length],
      [2, 0],
    ] as const
    const local = record([[4, 0x04034b50], ...shared])
    parts.push(local, title, bytes)
    directory.push(record([[4, 0x02014b50], [2, 20], ...shared, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), title)
    offset += local.length + title.length + bytes.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const end = record([
    [4, 0x06054b50],
    [4, 0],
    [2, files.length],
    [2, files.length],
    [4, size],
    [4, offset],
    [2, 0],
  ])
  return joinBytes(...parts, ...directory, end)
}

/** Little-endian fields, each by how many bytes it has. */
function record(fields: readonly (readonly [width: 2 | 4, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += width
  }
  return bytes
}
