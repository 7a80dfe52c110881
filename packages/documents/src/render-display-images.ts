/** The pictures that a sealed credential carries: one a language, drawn once an edition. */
import { awardingBodyOf, drawStone, type Edition, keepLast, type LangString, stoneOf, textIn } from '@cairn/core'
import type { DisplayImage } from '@cairn/formats'
import { Resvg } from '@resvg/resvg-js'
import { fontsCover } from './display-fonts.ts'
import { type DisplayFace, drawFace, fontOptionsFor } from './display-svg.ts'
import { renderFace } from './render-face.ts'

const kept = new Map<string, Promise<DisplayImage[]>>()

/** PNG pictures of an edition, one for each language of its title. The same edition is drawn once; learners' data never comes in. */
export function renderDisplayImages(edition: Edition): Promise<DisplayImage[]> {
  const known = kept.get(edition.id)
  if (known) return known
  const drawn = keepLast(kept, edition.id, drawAll(edition), 100)
  drawn.catch(() => kept.delete(edition.id))
  return drawn
}

/** The first of these pictures as a drawing, its letters as outlines: it looks the same where our fonts are not. */
export function renderDisplayDrawing(edition: Edition): Uint8Array {
  const [face] = facesOf(edition.specification, awardingBodyOf(edition).legalName, stoneOfEdition(edition))
  const font = fontOptionsFor(face!.title + face!.awardingBody)
  return new TextEncoder().encode(new Resvg(drawFace(face!), { font, logLevel: 'off' }).toString())
}

const drawAll = (edition: Edition): Promise<DisplayImage[]> =>
  drawFaces(edition.specification, awardingBodyOf(edition).legalName, stoneOfEdition(edition))

function stoneOfEdition({ specification, achievement }: Edition): DisplayFace['stone'] {
  return specification.badge && isSafePng(specification.badge)
    ? { png: `data:image/png;base64,${specification.badge}` }
    : { svg: drawStone(stoneOf(specification, achievement)).svg }
}

interface Titled {
  title: LangString
  primaryLanguage: string
}

/** One picture for each language of the title: the stone, the title and who awards it. */
export async function drawFaces(titled: Titled, awardingBody: LangString, stone: DisplayFace['stone']): Promise<DisplayImage[]> {
  const images: DisplayImage[] = []
  for (const face of facesOf(titled, awardingBody, stone))
    images.push({ language: face.language, mediaType: 'image/png', base64: (await renderFace(face)).toString('base64') })
  return images
}

function facesOf({ title: titles, primaryLanguage }: Titled, awardingBody: LangString, stone: DisplayFace['stone']): DisplayFace[] {
  const drawable = (text: string) => (fontsCover(text) ? text : '')
  return Object.entries(titles).map(([language, title]) => ({
    language,
    title: drawable(title),
    awardingBody: drawable(textIn(awardingBody, language, primaryLanguage)),
    stone,
  }))
}

/** A PNG by its head, of at most 16.7 million dots, so that nobody's badge fills the memory (R-UP-2). */
function isSafePng(base64: string): boolean {
  const head = Buffer.from(base64.slice(0, 44), 'base64')
  if (head.length < 24 || head.readUInt32BE(0) !== 0x89504e47) return false
  return head.readUInt32BE(16) * head.readUInt32BE(20) <= 16_700_000
}
