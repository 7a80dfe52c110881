/** The files of a ZIP archive, bounded while they unpack (R-LIM-1). Stored and deflated entries; what is encrypted or in another way packed is refused. */
import { ProblemError } from '@cairn/core'
import { inflateBytes } from '../inflate-bytes.ts'

/** How much is read: files in all, bytes of one and of all when unpacked. */
export const zipLimits = { entries: 100, file: 10 * 1024 * 1024, all: 40 * 1024 * 1024 } as const

const endRecord = 0x06054b50
const centralRecord = 0x02014b50
const localRecord = 0x04034b50

/**
 * Reads an archive by its central directory: names and bytes in its order, folders left out. Names are text to show and never a path to write to.
 * @throws ProblemError `format.unreadable`, `input.too-large`
 */
export async function filesInZip(archive: Uint8Array): Promise<{ name: string; bytes: Uint8Array }[]> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const { count, at: start } = directoryOf(view)
  if (count > zipLimits.entries) throw new ProblemError('input.too-large', `The archive holds more than ${zipLimits.entries} files.`)
  const found: { name: string; bytes: Uint8Array }[] = []
  let left: number = zipLimits.all
  let at = start
  for (let index = 0; index < count; index++) {
    if (u32(view, at) !== centralRecord) refuse()
    const method = u16(view, at + 10)
    const packed = u32(view, at + 20)
    const nameLength = u16(view, at + 28)
    const name = new TextDecoder().decode(part(archive, at + 46, nameLength))
    if (u16(view, at + 8) & 1) throw new ProblemError('format.unreadable', 'A file of the archive is encrypted.')
    const bytes = name.endsWith('/')
      ? undefined
      : await unpack(archive, view, u32(view, at + 42), packed, method, Math.min(left, zipLimits.file))
    if (bytes) {
      found.push({ name, bytes })
      left -= bytes.length
    }
    at += 46 + nameLength + u16(view, at + 30) + u16(view, at + 32)
  }
  return found
}

/** The record at the end, behind which a comment may stand. */
function directoryOf(view: DataView): { count: number; at: number } {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--)
    if (u32(view, at) === endRecord && at + 22 + u16(view, at + 20) === view.byteLength)
      return { count: u16(view, at + 10), at: u32(view, at + 16) }
  return refuse()
}

async function unpack(archive: Uint8Array, view: DataView, at: number, packed: number, method: number, most: number): Promise<Uint8Array> {
  if (u32(view, at) !== localRecord) refuse()
  const content = part(archive, at + 30 + u16(view, at + 26) + u16(view, at + 28), packed)
  if (method === 0) {
    if (content.length > most) tooLarge()
    return content.slice()
  }
  if (method !== 8) throw new ProblemError('format.unreadable', 'A file of the archive is packed in a way that we do not read.')
  return inflateBytes(content, 'deflate-raw', most, { damaged: refuse, tooLarge })
}

function part(archive: Uint8Array, from: number, length: number): Uint8Array {
  return from + length <= archive.length ? archive.subarray(from, from + length) : refuse()
}
const u16 = (view: DataView, at: number) => (at >= 0 && at + 2 <= view.byteLength ? view.getUint16(at, true) : refuse())
const u32 = (view: DataView, at: number) => (at >= 0 && at + 4 <= view.byteLength ? view.getUint32(at, true) : refuse())
function refuse(): never {
  throw new ProblemError('format.unreadable', 'This is no archive that we can read.')
}
function tooLarge(): never {
  throw new ProblemError('input.too-large', 'The archive unpacks to more than we read.')
}
