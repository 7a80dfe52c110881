/** The objects of a PDF file: cross-reference tables and streams, updates behind one another, objects in streams (ISO 32000-1, 7.5). */
import { ProblemError } from '@cairn/core'
import { inflateBytes } from '../inflate-bytes.ts'
import { ascii, isDictionary, isName, isReference, type PdfDictionary, PdfReader, type PdfValue, unreadable } from './pdf-value.ts'

/** R-LIM-1: what is read of a document at most. */
export const pdfLimits = { bytes: 10 * 1024 * 1024, unpacked: 16 * 1024 * 1024, updates: 64, objects: 200_000 } as const

const refusals = {
  damaged: () => unreadable('A part of the document does not unpack.'),
  tooLarge: (): never => {
    throw new ProblemError('input.too-large', 'A part of the document unpacks to more than is read.')
  },
}

/** Where an object stands; `free` is one that an update took away. */
type Place = { at: number } | { within: number; index: number } | { free: true }

/** An open file. */
export interface PdfFile {
  /** The entries of the newest trailer. */
  trailer: PdfDictionary
  /** Where the newest table of objects stands. */
  start: number
  /** The value itself, references followed. */
  resolve(value: PdfValue | undefined): Promise<PdfValue>
  /** The unpacked bytes of a stream that a reference names; `undefined` where it names none. */
  stream(value: PdfValue | undefined): Promise<Uint8Array | undefined>
  /** The object itself, where it stands by itself, with the place of its first byte and the one behind its value. */
  objectAt(value: PdfValue | undefined): { value: PdfValue; from: number; to: number } | undefined
  /** How many pages the document says it has. */
  pages(): Promise<number | undefined>
  /** Where each object stands, by its number, in words that are equal where the place is; one that was taken away has none. */
  places(): ReadonlyMap<number, string>
}

/** Opens a file. Raises `input.too-large` above 10 MiB, and `pdf.unreadable` for one that is damaged, encrypted, or built to be read in two ways. */
export async function openPdf(bytes: Uint8Array): Promise<PdfFile> {
  if (bytes.length > pdfLimits.bytes) throw new ProblemError('input.too-large', 'A document has at most 10 MiB.')
  const places = new Map<number, Place>()
  let trailer: PdfDictionary | undefined
  const start = startOf(bytes)
  let next: number | undefined = start
  const seen = new Set<number>()
  for (let updates = 0; next !== undefined; updates++) {
    if (updates >= pdfLimits.updates || seen.has(next)) unreadable('The document was updated in a circle, or too many times.')
    seen.add(next)
    const section: PdfDictionary = await readSection(bytes, next, places)
    trailer ??= section
    const hybrid = section.get('XRefStm')
    if (typeof hybrid === 'number') await readSection(bytes, hybrid, places)
    const previous = section.get('Prev')
    next = typeof previous === 'number' ? previous : undefined
  }
  if (!trailer || trailer.has('Encrypt')) unreadable(trailer ? 'The document is encrypted.' : 'The document has no trailer.')
  return fileOf(bytes, trailer, start, places)
}

function startOf(bytes: Uint8Array): number {
  const tail = ascii(bytes.subarray(Math.max(0, bytes.length - 2048)))
  const found = /startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(tail)
  return found ? Number(found[1]) : unreadable('The document does not end as a document has to.')
}

/** One table or stream of places; what a newer one told stands. */
async function readSection(bytes: Uint8Array, at: number, places: Map<number, Place>): Promise<PdfDictionary> {
  const reader = new PdfReader(bytes, at)
  if (reader.takes('xref')) return readTable(reader, places)
  const { dictionary, data } = await readStreamAt(bytes, at)
  const name = dictionary.get('Type')
  if (!isName(name) || name.name !== 'XRef') unreadable('The table of objects is not where the document says.')
  readPlaces(dictionary, data, places)
  return dictionary
}

function readTable(reader: PdfReader, places: Map<number, Place>): PdfDictionary {
  for (;;) {
    if (reader.takes('trailer')) {
      const trailer = reader.value()
      return isDictionary(trailer) ? trailer : unreadable('The document has no trailer.')
    }
    const first = whole(reader)
    const count = whole(reader)
    if (first + count > pdfLimits.objects) unreadable('The table of objects is damaged.')
    for (let number = first; number < first + count; number++) {
      const at = whole(reader)
      whole(reader)
      const kind = reader.word()
      if (kind !== 'n' && kind !== 'f') unreadable('The table of objects is damaged.')
      if (!places.has(number)) places.set(number, kind === 'n' ? { at } : { free: true })
    }
  }
}

/** A whole number; no word at all is none, so that a table without an end is not read for ever. */
const whole = (reader: PdfReader): number => reader.whole() ?? unreadable('The table of objects is damaged.')

function readPlaces(dictionary: PdfDictionary, data: Uint8Array, places: Map<number, Place>): void {
  const widths = dictionary.get('W')
  const size = dictionary.get('Size')
  if (!Array.isArray(widths) || widths.length !== 3 || typeof size !== 'number') unreadable('The table of objects is damaged.')
  const [typeWidth, firstWidth, secondWidth] = widths.map(Number) as [number, number, number]
  const index = dictionary.get('Index') ?? [0, size]
  if (!Array.isArray(index) || index.length > 2000 || [typeWidth, firstWidth, secondWidth].some((width) => !(width >= 0 && width <= 8)))
    unreadable('The table of objects is damaged.')
  let at = 0
  const field = (width: number, absent: number) => {
    if (width === 0) return absent
    let value = 0
    for (let n = 0; n < width; n++) value = value * 256 + (data[at++] ?? 0)
    return value
  }
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const first = Number(index[pair])
    const count = Number(index[pair + 1])
    if (!(first >= 0 && count >= 0 && first + count <= pdfLimits.objects)) unreadable('The table of objects is damaged.')
    for (let number = first; number < first + count && at < data.length; number++) {
      const type = field(typeWidth, 1)
      const one = field(firstWidth, 0)
      const two = field(secondWidth, 0)
      if (places.has(number)) continue
      if (type === 0) places.set(number, { free: true })
      if (type === 1) places.set(number, { at: one })
      if (type === 2) places.set(number, { within: one, index: two })
    }
  }
}

/** A stream object at a place, its length told in place. */
async function readStreamAt(bytes: Uint8Array, at: number, lengthOf?: (value: PdfValue | undefined) => Promise<PdfValue>) {
  const reader = new PdfReader(bytes, at)
  if (!/^\d+$/.test(reader.word()) || !/^\d+$/.test(reader.word()) || !reader.takes('obj'))
    unreadable('An object is not where the document says.')
  const dictionary = reader.value()
  if (!isDictionary(dictionary) || !reader.takes('stream')) unreadable('An object is no stream.')
  if (bytes[reader.at] === 13) reader.at++
  if (bytes[reader.at] === 10) reader.at++
  const told = dictionary.get('Length')
  const length = lengthOf ? await lengthOf(told) : told
  if (typeof length !== 'number' || !(length >= 0) || reader.at + length > bytes.length) unreadable('A stream is cut off.')
  return { dictionary, data: await unpack(dictionary, bytes.subarray(reader.at, reader.at + length)) }
}

async function unpack(dictionary: PdfDictionary, packed: Uint8Array): Promise<Uint8Array> {
  const told = dictionary.get('Filter')
  const filters = Array.isArray(told) ? told : told === undefined || told === null ? [] : [told]
  if (filters.length === 0) return packed
  const [filter] = filters
  if (filters.length > 1 || !isName(filter) || filter.name !== 'FlateDecode')
    unreadable('A stream is packed in a way that is not read here.')
  const data = await inflateBytes(packed, 'deflate', pdfLimits.unpacked, refusals)
  const told2 = dictionary.get('DecodeParms')
  const parameters = Array.isArray(told2) ? told2[0] : told2
  if (!isDictionary(parameters)) return data
  const predictor = parameters.get('Predictor') ?? 1
  if (predictor === 1) return data
  return typeof predictor === 'number' && predictor >= 10
    ? unpredict(data, parameters)
    : unreadable('A stream is packed in a way that is not read here.')
}

/** PNG predictors for one byte a sample (7.4.4.4). */
function unpredict(data: Uint8Array, parameters: PdfDictionary): Uint8Array {
  const columns = parameters.get('Columns') ?? 1
  if (typeof columns !== 'number' || columns < 1 || columns > 1_000_000) unreadable('A stream is damaged.')
  const rows = Math.floor(data.length / (columns + 1))
  const out = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const kind = data[row * (columns + 1)]!
    for (let column = 0; column < columns; column++) {
      const raw = data[row * (columns + 1) + 1 + column]!
      const left = column > 0 ? out[row * columns + column - 1]! : 0
      const up = row > 0 ? out[(row - 1) * columns + column]! : 0
      const upLeft = row > 0 && column > 0 ? out[(row - 1) * columns + column - 1]! : 0
      const guess =
        kind === 0
          ? 0
          : kind === 1
            ? left
            : kind === 2
              ? up
              : kind === 3
                ? (left + up) >> 1
                : kind === 4
                  ? paeth(left, up, upLeft)
                  : unreadable('A stream is damaged.')
      out[row * columns + column] = raw + guess
    }
  }
  return out
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)]
  return a <= b && a <= c ? left : b <= c ? up : upLeft
}

function fileOf(bytes: Uint8Array, trailer: PdfDictionary, start: number, places: ReadonlyMap<number, Place>): PdfFile {
  const bundles = new Map<number, Promise<PdfValue[]>>()
  const resolve = async (value: PdfValue | undefined, steps = 0): Promise<PdfValue> => {
    if (!isReference(value)) return value ?? null
    if (steps > 16) unreadable('References of the document go in a circle.')
    const place = places.get(value.number)
    if (!place || 'free' in place) return null
    if ('within' in place) {
      const bundle = bundles.get(place.within) ?? readBundle(place.within)
      bundles.set(place.within, bundle)
      return resolve((await bundle)[place.index], steps + 1)
    }
    return resolve(readObject(value.number, place.at).value, steps + 1)
  }
  const readObject = (number: number, from: number) => {
    const reader = new PdfReader(bytes, from)
    if (Number(reader.word()) !== number || !/^\d+$/.test(reader.word()) || !reader.takes('obj'))
      unreadable('An object is not where the document says.')
    const value = reader.value()
    return { value, from, to: reader.at }
  }
  const objectAt = (value: PdfValue | undefined) => {
    const place = isReference(value) ? places.get(value.number) : undefined
    return place && 'at' in place && isReference(value) ? readObject(value.number, place.at) : undefined
  }
  const stream = async (value: PdfValue | undefined): Promise<Uint8Array | undefined> => {
    const place = isReference(value) ? places.get(value.number) : undefined
    return place && 'at' in place ? (await readStreamAt(bytes, place.at, resolve)).data : undefined
  }
  /** Objects kept together in one stream (7.5.7). */
  async function readBundle(number: number): Promise<PdfValue[]> {
    const place = places.get(number)
    if (!place || !('at' in place)) unreadable('A stream of objects is not there.')
    const { dictionary, data } = await readStreamAt(bytes, place.at, resolve)
    const count = dictionary.get('N')
    const first = dictionary.get('First')
    if (typeof count !== 'number' || typeof first !== 'number' || count > 20_000) unreadable('A stream of objects is damaged.')
    const head = new PdfReader(data, 0)
    const starts: number[] = []
    for (let n = 0; n < count; n++) {
      head.word()
      starts.push(first + Number(head.word()))
    }
    return starts.map((at) => new PdfReader(data, at).value())
  }
  const told = () => new Map([...places].flatMap(([number, place]) => ('free' in place ? [] : [[number, JSON.stringify(place)] as const])))
  const pages = async () => {
    const catalogue = await resolve(trailer.get('Root'))
    const tree = isDictionary(catalogue) ? await resolve(catalogue.get('Pages')) : null
    const count = isDictionary(tree) ? await resolve(tree.get('Count')) : null
    return typeof count === 'number' ? count : undefined
  }
  return { trailer, start, resolve, stream, objectAt, pages, places: told }
}
