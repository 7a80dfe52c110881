/** A workbook looked at before anything reads it: a zip archive of XML that is small, holds no program and points nowhere (R-UP-1). */
import { inflateRawSync } from 'node:zlib'
import { ProblemError } from '@cairn/core'
import { sheetLimits } from '../sheet-limits.ts'

const limits = sheetLimits.workbook
const refuse = (detail: string): never => {
  throw new ProblemError('sheet.unreadable', detail)
}

interface Entry {
  name: string
  method: number
  packed: Uint8Array
  /** Unpacked bytes as the archive says; what comes out is counted again. */
  size: number
}

/**
 * Checks an .xlsx file. Raises `input.too-large` above 10 MiB or 100 MiB unpacked, and `sheet.unreadable` for a ratio above 100:1, more than 200 parts,
 * macros, links to other files, a document type declaration, encryption, or what is no workbook.
 */
export function inspectWorkbook(bytes: Uint8Array): void {
  if (bytes.length > limits.bytes) throw new ProblemError('input.too-large', `A workbook has at most ${limits.bytes / 1024 / 1024} MiB.`)
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    refuse('The workbook is locked with a password, or of the kind before 2007. Save it as .xlsx without a password.')
  const entries = entriesOf(bytes)
  const names = new Set(entries.map(({ name }) => name.toLowerCase()))
  if (!names.has('[content_types].xml') || !names.has('xl/workbook.xml'))
    refuse('This is no workbook that we read. Save the sheet as .xlsx or as CSV.')
  for (const { name } of entries) {
    if (/vbaproject|macrosheets|\.bin$/i.test(name)) refuse('The workbook holds macros. Save it as .xlsx without them.')
    if (/externallinks|connections\.xml|querytables/i.test(name))
      refuse('The workbook takes values from elsewhere. Save a copy with the values alone.')
  }
  if ([...names].filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).length > limits.sheets)
    refuse(`A workbook has at most ${limits.sheets} sheets.`)
  let whole = 0
  for (const entry of entries) {
    const unpacked = unpack(entry, limits.unpacked - whole)
    whole += unpacked.length
    if (unpacked.length > 100_000 && unpacked.length > entry.packed.length * limits.ratio)
      refuse('A part of the workbook unpacks to far more than it is.')
    if (/\.(xml|rels|vml)$/i.test(entry.name) && declaresType(unpacked))
      refuse('The workbook declares a document type, which no spreadsheet program does.')
  }
}

function unpack({ method, packed, size }: Entry, room: number): Uint8Array {
  const tooLarge = () => new ProblemError('input.too-large', `A workbook unpacks to at most ${limits.unpacked / 1024 / 1024} MiB.`)
  if (size > room) throw tooLarge()
  if (method === 0) return packed
  if (method !== 8) refuse('A part of the workbook is packed in a way that spreadsheet programs do not use.')
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    return refuse('A part of the workbook is damaged.')
  }
}

/** True when the XML has a document type declaration, in UTF-8 or UTF-16. */
function declaresType(xml: Uint8Array): boolean {
  const text = Buffer.from(xml.buffer, xml.byteOffset, xml.length).toString('latin1')
  return /<!\s*(DOCTYPE|ENTITY)/i.test(text) || /<\0!\0D\0O\0C\0|\0<\0!\0D\0O\0C/.test(text)
}

/** The entries of the central directory (APPNOTE 4.3.12). Sizes beyond 4 GiB, several disks and encryption are refused. */
function entriesOf(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = endOfDirectory(view)
  const count = view.getUint16(end + 10, true)
  if (count === 0 || count > limits.entries) refuse(`A workbook has at most ${limits.entries} parts.`)
  const entries: Entry[] = []
  const names = new Set<string>()
  let at = view.getUint32(end + 16, true)
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return refuse('The workbook is damaged.')
    const flags = view.getUint16(at + 8, true)
    if (flags & 1) refuse('The workbook is locked with a password. Save it without one.')
    const packedSize = view.getUint32(at + 20, true)
    const nameLength = view.getUint16(at + 28, true)
    const local = view.getUint32(at + 42, true)
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength))
      .toString('utf8')
      .replaceAll('\\', '/')
    if (names.has(name.toLowerCase())) refuse('Two parts of the workbook have the same name.')
    names.add(name.toLowerCase())
    if (local + 30 > bytes.length || view.getUint32(local, true) !== 0x04034b50) return refuse('The workbook is damaged.')
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    if (from + packedSize > bytes.length) return refuse('The workbook is cut off.')
    entries.push({
      name,
      method: view.getUint16(at + 10, true),
      packed: bytes.subarray(from, from + packedSize),
      size: view.getUint32(at + 24, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function endOfDirectory(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at--)
    if (view.getUint32(at, true) === 0x06054b50) return at
  return refuse('This is no workbook that we read. Save the sheet as .xlsx or as CSV.')
}
