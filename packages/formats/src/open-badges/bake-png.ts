/** A credential in a picture: PNG with an iTXt chunk (Open Badges 3.0, 5.3.1; Open Badges 2.0 baking; PNG, 11.3.3.4). */
import { joinBytes, ProblemError } from '@cairn/core'
import { crc32 } from '../crc32.ts'
import { inflateBytes } from '../inflate-bytes.ts'

/** What is read at most: the file, its pixels, and the credential unpacked (R-LIM-1). */
export const pngLimits = { bytes: 5 * 1024 * 1024, pixels: 16_700_000, credential: 1024 * 1024 } as const

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Keywords by age: Open Badges 3.0, then 2.0. */
const keywords = ['openbadgecredential', 'openbadges'] as const
const utf8 = new TextEncoder()
const latin = new TextDecoder('latin1')

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
  readonly from: number
  readonly to: number
}

const unreadable = (detail: string): never => {
  throw new ProblemError('picture.unreadable', detail)
}

/** The chunks of a PNG, each with its check sum checked, before anything is unpacked. */
function chunksOf(png: Uint8Array): Chunk[] {
  if (png.length > pngLimits.bytes) throw new ProblemError('picture.too-large', 'The picture has more than 5 MiB.')
  if (!signature.every((byte, index) => png[index] === byte)) return unreadable('This is no PNG.')
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks: Chunk[] = []
  for (let at = 8; ; ) {
    if (at + 12 > png.length) return unreadable('The picture ends too early.')
    const length = view.getUint32(at)
    if (length > png.length - at - 12) return unreadable('A part of the picture is longer than the picture.')
    const type = latin.decode(png.subarray(at + 4, at + 8))
    const to = at + 12 + length
    if (!/^[A-Za-z]{4}$/.test(type)) return unreadable('A part of the picture has no name.')
    if (crc32(png.subarray(at + 4, at + 8 + length)) !== view.getUint32(to - 4)) return unreadable('A check sum of the picture is wrong.')
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length), from: at, to })
    if (type === 'IEND') return to === png.length ? chunks : unreadable('Something follows the picture.')
    if (chunks.length === 1) checkHeader(chunks[0]!)
    if (chunks.length > 10_000) return unreadable('The picture has too many parts.')
    at = to
  }
}

function checkHeader({ type, data }: Chunk): void {
  if (type !== 'IHDR' || data.length !== 13) unreadable('The picture has no header.')
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  if (width === 0 || height === 0) unreadable('The picture has no size.')
  if (width * height > pngLimits.pixels) throw new ProblemError('picture.too-large', 'The picture has more than 16.7 million pixels.')
}

/**
 * The credential in a PNG: JSON or a compact token.
 * @throws ProblemError `picture.unreadable`, `picture.too-large`, `picture.no-credential`
 */
export async function unbakePng(png: Uint8Array): Promise<string> {
  const found: { keyword: string; data: Uint8Array }[] = []
  for (const { type, data } of chunksOf(png)) {
    if (type !== 'iTXt' && type !== 'tEXt') continue
    const end = data.indexOf(0)
    const keyword = latin.decode(data.subarray(0, Math.max(end, 0)))
    if (!(keywords as readonly string[]).includes(keyword)) continue
    // Badges of the earliest age stand in tEXt; nothing newer does.
    if (type === 'tEXt' && keyword === 'openbadgecredential') return unreadable('The credential stands in a part of another kind.')
    found.push({
      keyword,
      data: type === 'tEXt' ? Uint8Array.of(...data.subarray(0, end + 1), 0, 0, 0, 0, ...data.subarray(end + 1)) : data,
    })
  }
  if (found.length === 0) throw new ProblemError('picture.no-credential', 'No part of the picture holds a credential.')
  if (found.length > 1) return unreadable('The picture holds more than one credential.')
  return textOf(found[0]!.data)
}

/** The text of an iTXt chunk: keyword, compression flag and method, language, translated keyword, text. */
async function textOf(data: Uint8Array): Promise<string> {
  const keywordEnd = data.indexOf(0)
  const [flag, method] = [data[keywordEnd + 1], data[keywordEnd + 2]]
  const languageEnd = data.indexOf(0, keywordEnd + 3)
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1)
  if (translatedEnd < 0 || (flag !== 0 && flag !== 1) || method !== 0) return unreadable('The part with the credential is not well-formed.')
  const packed = data.subarray(translatedEnd + 1)
  const bytes = flag === 1 ? await unpack(packed) : packed
  if (bytes.length > pngLimits.credential) throw new ProblemError('picture.too-large', 'The credential has more than 1 MiB.')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return unreadable('The credential is not UTF-8.')
  }
}

/** Unpacks, stopping as soon as there is more than a credential has (a small packed text may unpack to anything). */
async function unpack(packed: Uint8Array): Promise<Uint8Array> {
  return inflateBytes(packed, 'deflate', pngLimits.credential, {
    damaged: () => unreadable('The credential does not unpack.'),
    tooLarge: (): never => {
      throw new ProblemError('picture.too-large', 'The credential unpacks to more than 1 MiB.')
    },
  })
}

/**
 * Puts a credential into a PNG, in place of one that is there. JSON or a compact token, as it was signed; the picture itself is untouched.
 * @throws ProblemError `picture.unreadable`, `picture.too-large`
 */
export function bakePng(png: Uint8Array, credential: string): Uint8Array {
  const chunks = chunksOf(png)
  const kept = chunks.filter(({ type, data }) => {
    const keyword = type === 'iTXt' || type === 'tEXt' ? latin.decode(data.subarray(0, Math.max(data.indexOf(0), 0))) : ''
    return !(keywords as readonly string[]).includes(keyword)
  })
  const text = utf8.encode(credential)
  const head = utf8.encode('openbadgecredential\0\0\0\0\0')
  const body = new Uint8Array(4 + head.length + text.length)
  body.set(utf8.encode('iTXt'))
  body.set(head, 4)
  body.set(text, 4 + head.length)
  const baked = new Uint8Array(body.length + 8)
  const view = new DataView(baked.buffer)
  view.setUint32(0, body.length - 4)
  baked.set(body, 4)
  view.setUint32(baked.length - 4, crc32(body))
  const [first, ...rest] = kept.map(({ from, to }) => png.subarray(from, to))
  return joinBytes(png.subarray(0, 8), first!, baked, ...rest)
}
