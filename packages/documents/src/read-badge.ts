/** A picture that somebody brings as badge: looked at, drawn anew, and kept as PNG alone (R-UP-2, R-SVG). */
import { type BadgeDesign, drawBadge, ProblemError } from '@cairn/core'
import { Resvg, renderAsync } from '@resvg/resvg-js'
import { encodePalettePng } from './encode-png.ts'

/** No badge weighs more than this in a credential, in bytes. */
export const largestBadge = 60_000
/** No file is read that is larger, in bytes. */
const largestFile = 2_000_000
const largestDrawing = 500_000
/** The longest side of a picture that is read, and the dots of it. */
const longestSide = 8192
const mostDots = 16_700_000
/** Sides in dots, tried one after another until it is light enough. */
const sides = [512, 384, 288, 216, 162, 120, 90]

/**
 * A picture of any of three kinds, told by its bytes and never by its name, as a square-fitting PNG of at most 60 KB in base64. A drawing (SVG) is
 * never handed on: only what it looks like is.
 * @throws ProblemError `input.too-large`, `badge.unreadable`, or `badge.not-safe` for a drawing that reaches outside itself
 */
export async function readBadge(file: Uint8Array): Promise<string> {
  if (file.length > largestFile) throw new ProblemError('input.too-large', 'A badge picture has at most 2 MB.')
  return lightPng(drawable(Buffer.from(file)))
}

/** A designed badge as such a PNG; `logo` is a picture of any of the three kinds, looked at as any other. Raises what {@link readBadge} raises. */
export async function renderBadge(design: BadgeDesign, logo?: Uint8Array): Promise<string> {
  return lightPng({ svg: drawBadge(design, logo && (await readBadge(logo))), side: sides[0]! })
}

/** Drawn smaller until it is light enough. */
async function lightPng({ svg, side }: { svg: string; side: number }): Promise<string> {
  for (const wanted of sides.filter((each) => each === sides.at(-1) || each <= Math.max(side, 200))) {
    const png = await draw(svg, wanted)
    if (png.length <= largestBadge) return png.toString('base64')
  }
  throw new ProblemError('badge.unreadable', 'This picture cannot be made small enough. Choose one with fewer details.')
}

/** `side` dots along the longer side: a drawing of one dot by a thousand would otherwise be drawn half a million dots high. */
async function draw(svg: string, side: number): Promise<Buffer> {
  const options = { font: { loadSystemFonts: false, fontFiles: [] as string[] }, logLevel: 'off' as const }
  const drawn = async () => {
    const { width, height } = new Resvg(svg, options)
    return renderAsync(svg, { ...options, fitTo: { mode: height > width ? 'height' : 'width', value: side } })
  }
  const image = await drawn().catch(() => {
    throw new ProblemError('badge.unreadable', 'We cannot draw this picture. Save it as PNG and try again.')
  })
  const { pixels, width, height } = image
  let seen = false
  let clear = false
  for (let at = 3; at < pixels.length; at += 4) {
    if (pixels[at]! > 0) seen = true
    if (pixels[at]! < 255) clear = true
    if (seen && clear) break
  }
  if (!seen) throw new ProblemError('badge.unreadable', 'There is nothing to see in this picture.')
  return (clear ? undefined : encodePalettePng(pixels, width, height)) ?? image.asPng()
}

/** Every picture becomes a drawing with a square sheet, so that one way draws them all. */
function drawable(file: Buffer): { svg: string; side: number } {
  const size = pngSize(file) ?? jpegSize(file)
  if (size) {
    const { width, height, mediaType } = size
    if (width === 0 || height === 0) throw unreadable()
    if (Math.max(width, height) > longestSide)
      throw new ProblemError('input.too-large', `A picture has at most ${longestSide} dots a side.`)
    if (width * height > mostDots) throw new ProblemError('input.too-large', 'A badge picture has at most 16 million dots.')
    const side = Math.max(width, height)
    const place = `x="${(side - width) / 2}" y="${(side - height) / 2}" width="${width}" height="${height}"`
    return {
      svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><image ${place} href="data:${mediaType};base64,${file.toString('base64')}"/></svg>`,
      side,
    }
  }
  return { svg: safeDrawing(file), side: sides[0]! }
}

function pngSize(file: Buffer): { width: number; height: number; mediaType: string } | undefined {
  if (file.length < 45 || file.readUInt32BE(0) !== 0x89504e47) return undefined
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20), mediaType: 'image/png' }
}

/** Walks the segments of a JPEG to the one that says its size. */
function jpegSize(file: Buffer): { width: number; height: number; mediaType: string } | undefined {
  if (file.length < 20 || file.readUInt16BE(0) !== 0xffd8) return undefined
  for (let at = 2; at + 9 < file.length; ) {
    if (file[at] !== 0xff) return undefined
    const marker = file[at + 1]!
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7), mediaType: 'image/jpeg' }
    at += 2 + file.readUInt16BE(at + 2)
  }
  return undefined
}

const unreadable = () => new ProblemError('badge.unreadable', 'We read PNG, JPEG and SVG. This file is none of them, or it is damaged.')

/** A drawing that stands on its own: nothing fetched, nothing run, nothing that unfolds into millions of shapes. */
function safeDrawing(file: Buffer): string {
  if (file.length > largestDrawing) throw new ProblemError('input.too-large', 'A drawing (SVG) has at most 500 KB.')
  const svg = file.toString('utf8').replace(/^\ufeff/, '')
  if (!/<svg[\s>]/.test(svg.slice(0, 5000)) || svg.includes('\ufffd') || svg.includes('\0')) throw unreadable()
  const outside =
    /<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<(?:[\w-]+:)?(?:image|feImage|script|foreignObject|iframe|a|animate\w*|set)[\s/>]|\bon\w+\s*=|@import|href\s*=\s*["']?\s*[^#\s"']/i
  if (outside.test(svg.replace(/<!DOCTYPE\s+svg\s+PUBLIC\s+"[^"<>[\]]*"\s+"[^"<>[\]]*"\s*>/i, '')))
    throw new ProblemError('badge.not-safe', 'This drawing holds pictures, links or scripts. Save it as PNG, or without them.')
  if (/url\(\s*["']?\s*[^#\s"']/i.test(svg) || /url\(/i.test(svg.replace(/url\(\s*["']?\s*#[\w.:-]+\s*["']?\s*\)/gi, '')))
    throw new ProblemError('badge.not-safe', 'This drawing takes something from another file. Save it as PNG, or without it.')
  const nested = [...svg.matchAll(/<((?:[\w-]+:)?(?:pattern|marker|mask|clipPath|symbol))[\s>][\s\S]*?<\/\1\s*>/gi)]
  const inStyle = nested.length > 0 && /<style[\s>][\s\S]*?url\(/i.test(svg)
  const uses = svg.match(/<(?:[\w-]+:)?use[\s/>]/gi)?.length ?? 0
  const shapes = svg.match(/</g)?.length ?? 0
  // A filter may look at a thousand dots for each one, and what is half clear or cut out is drawn on a sheet of its own.
  const filtered = /<(?:[\w-]+:)?filter[\s/>]|\bfilter\s*[:=]/i.test(svg)
  const layered = /(?<!-)\b(?:opacity|mask|clip-path|mix-blend-mode|isolation)\s*[:=]/i.test(svg)
  if (
    uses > 8 ||
    shapes > (layered ? 2000 : 20_000) ||
    inStyle ||
    filtered ||
    nested.some(([text]) => /url\(|<(?:[\w-]+:)?use[\s/>]/i.test(text.slice(text.indexOf('>'))))
  )
    throw new ProblemError('badge.not-safe', 'This drawing is too intricate to be drawn here. Save it as PNG.')
  return svg.replace(/<!DOCTYPE[^>[]*>/i, '')
}
