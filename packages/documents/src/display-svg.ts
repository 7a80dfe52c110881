/** The face of a credential as SVG: the stone, what was achieved, and who awards it. Nothing of the learner. */
import { isRightToLeft } from '@cairn/core'
import { Resvg } from '@resvg/resvg-js'
import { addedLetterIn, fontFamilyOf, fontFilesFor } from './display-fonts.ts'

/** What the picture shows. `stone` is a whole SVG document, or a PNG as a data address. */
export interface DisplayFace {
  language: string
  title: string
  awardingBody: string
  stone: { svg: string } | { png: string }
}

/** Width and height of the picture in its own units. */
export const faceSize = { width: 800, height: 420 } as const

const ink = '#1f2421'
const quiet = '#4d5651'
const paper = '#fbfaf7'
const stoneSide = 264
const margin = 56
const textWidth = faceSize.width - stoneSide - 3 * margin

/** Draws the face. Titles are broken into at most four lines and made smaller until they fit. */
export function drawFace(face: DisplayFace): string {
  const rightToLeft = isRightToLeft(face.language)
  const stoneX = rightToLeft ? faceSize.width - margin - stoneSide : margin
  const textX = rightToLeft ? faceSize.width - 2 * margin - stoneSide : 2 * margin + stoneSide
  const title = fitText(face.title, { largest: 46, smallest: 20, lines: 4, weight: 600 })
  const body = fitText(face.awardingBody, { largest: 26, smallest: 16, lines: 2, weight: 400 })
  const gap = 22
  const height = title.lines.length * title.size * 1.18 + gap + body.lines.length * body.size * 1.25
  let y = (faceSize.height - height) / 2
  const draw = (block: FittedText, leading: number, colour: string, weight: number) => {
    const spans = block.lines.map((line) => {
      y += block.size * leading
      return textElement(line, textX, y - block.size * 0.25, block.size, weight, colour, rightToLeft)
    })
    return spans.join('')
  }
  const stone =
    'png' in face.stone
      ? `<image x="${stoneX}" y="${(faceSize.height - stoneSide) / 2}" width="${stoneSide}" height="${stoneSide}" href="${face.stone.png}"/>`
      : placed(face.stone.svg, stoneX, (faceSize.height - stoneSide) / 2)
  const titleText = draw(title, 1.18, ink, 600)
  y += gap
  const bodyText = draw(body, 1.25, quiet, 400)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${faceSize.width} ${faceSize.height}" width="${faceSize.width}" height="${faceSize.height}"><rect width="100%" height="100%" fill="${paper}"/>${stone}${titleText}${bodyText}</svg>`
}

/** Options of the renderer for a text: fonts of the product, and those that were added to it, so that every machine draws the same. */
export const fontOptionsFor = (text: string) => ({ loadSystemFonts: false, fontFiles: [...fontFilesFor(text)] })

interface FittedText {
  lines: string[]
  size: number
}

/** Breaks and shrinks until every line is measured to fit; what still does not fit at the smallest size is cut with an ellipsis. */
function fitText(text: string, wanted: { largest: number; smallest: number; lines: number; weight: number }): FittedText {
  const { largest, smallest, lines, weight } = wanted
  if (text.trim() === '') return { lines: [], size: smallest }
  const clean = text.replace(/\s+/g, ' ').trim()
  for (let size = largest; size >= smallest; size -= 2) {
    const broken = breakLines(clean, textWidth / size, weight)
    if (broken.length <= lines && broken.every((line) => measure(line, size, weight) <= textWidth)) return { lines: broken, size }
  }
  const broken = breakLines(clean, textWidth / smallest, weight).slice(0, lines)
  broken[lines - 1] = shorten(broken[lines - 1] ?? '', smallest, weight)
  return {
    lines: broken.map((line) => (measure(line, smallest, weight) > textWidth ? shorten(line, smallest, weight) : line)),
    size: smallest,
  }
}

/** Where a line may be broken: behind a blank, and between letters of a script that is written without blanks, though not before its punctuation. */
const breaks =
  /(?<= )|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。，；：！？）」』])(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}（「『])/u

/** Lines of at most `ems`; widths of words are measured once each. */
function breakLines(text: string, ems: number, weight: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.split(breaks)) {
    if (line !== '' && emsOf((line + piece).trimEnd(), weight) > ems) {
      lines.push(line.trimEnd())
      line = piece
    } else line += piece
  }
  return [...lines, line]
}

function shorten(line: string, size: number, weight: number): string {
  const letters = [...new Intl.Segmenter().segment(line)].map((part) => part.segment)
  while (letters.length > 1 && measure(`${letters.join('')}…`, size, weight) > textWidth)
    letters.splice(-Math.max(1, Math.floor(letters.length / 12)))
  return `${letters.join('').trimEnd()}…`
}

const widths = new Map<string, number>()
const wordSpace = 0.26

/** Width in ems, as the sum of its words. */
function emsOf(text: string, weight: number): number {
  // Where an added font has one letter of a line, the renderer takes it for all of the line.
  const beside = addedLetterIn(text) ?? ''
  const width = (word: string) => (beside === '' ? wordWidth(word, weight) : wordWidth(beside + word, weight) - wordWidth(beside, weight))
  return text.split(breaks).reduce((sum, piece) => sum + (piece.endsWith(' ') ? wordSpace : 0) + width(piece.trimEnd()), 0)
}

function wordWidth(word: string, weight: number): number {
  const key = `${weight} ${word}`
  const known = widths.get(key)
  if (known !== undefined) return known
  if (widths.size > 5000) widths.clear()
  const width = measured(word, weight)
  widths.set(key, width)
  return width
}

const measure = (line: string, size: number, weight: number) => emsOf(line, weight) * size

function measured(word: string, weight: number): number {
  const size = 100
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100000" height="300">${textElement(word, 0, 200, size, weight, '#000', false)}</svg>`
  return (new Resvg(svg, { font: fontOptionsFor(word) }).getBBox()?.width ?? 0) / size
}

function textElement(text: string, x: number, y: number, size: number, weight: number, colour: string, rightToLeft: boolean): string {
  const anchor = rightToLeft ? ' text-anchor="end"' : ''
  // The isolate makes the whole line run the way its language runs, also where a number or a Latin name stands in it.
  const directed = rightToLeft ? `\u2067${text}\u2069` : text
  return `<text x="${x}" y="${y.toFixed(1)}" font-family="${fontFamilyOf(text)}" font-size="${size}" font-weight="${weight}" fill="${colour}"${anchor}>${escapeXml(directed)}</text>`
}

/** Another drawing set into a square of ours. */
function placed(svg: string, x: number, y: number): string {
  const open = /<svg\b[^>]*>/.exec(svg)?.[0] ?? '<svg>'
  const viewBox = /viewBox="([^"]*)"/.exec(open)?.[1]
  const inner = svg.slice(svg.indexOf(open) + open.length, svg.lastIndexOf('</svg>'))
  return `<svg x="${x}" y="${y}" width="${stoneSide}" height="${stoneSide}"${viewBox ? ` viewBox="${viewBox}"` : ''} preserveAspectRatio="xMidYMid meet">${inner}</svg>`
}

function escapeXml(text: string): string {
  return text.replace(/[\p{Cc}\ufffe\uffff]/gu, ' ').replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
