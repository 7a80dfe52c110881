/** The pictures that a sealed credential carries: one a language, drawn once an edition. */
import { awardingBodyOf, drawStone, type Edition, type LangString, stoneOf, textIn } from '@cairn/core'
import type { DisplayImage } from '@cairn/formats'
import { fontsCover } from './display-fonts.ts'
import type { DisplayFace } from './display-svg.ts'
import { renderFace } from './render-face.ts'

const kept = new Map<string, Promise<DisplayImage[]>>()

/** PNG pictures of an edition, one for each language of its title. The same edition is drawn once; learners' data never comes in. */
export function renderDisplayImages(edition: Edition): Promise<DisplayImage[]> {
  const known = kept.get(edition.id)
  if (known) return known
  if (kept.size >= 100) kept.delete(kept.keys().next().value!)
  const drawn = drawAll(edition)
  kept.set(edition.id, drawn)
  drawn.catch(() => kept.delete(edition.id))
  return drawn
}

async function drawAll(edition: Edition): Promise<DisplayImage[]> {
  const { specification, achievement } = edition
  const stone =
    specification.badge && isSafePng(specification.badge)
      ? { png: `data:image/png;base64,${specification.badge}` }
      : { svg: drawStone(stoneOf(specification, achievement)).svg }
  return drawFaces(specification, awardingBodyOf(edition).legalName, stone)
}

/** One picture for each language of the title: the stone, the title and who awards it. */
export async function drawFaces(
  { title: titles, primaryLanguage }: { title: LangString; primaryLanguage: string },
  awardingBody: LangString,
  stone: DisplayFace['stone'],
): Promise<DisplayImage[]> {
  const images: DisplayImage[] = []
  for (const [language, title] of Object.entries(titles)) {
    const body = textIn(awardingBody, language, primaryLanguage)
    const drawable = (text: string) => (fontsCover(text) ? text : '')
    const face = { language, title: drawable(title), awardingBody: drawable(body), stone }
    images.push({ language, mediaType: 'image/png', base64: (await renderFace(face)).toString('base64') })
  }
  return images
}

/** A PNG by its head, of at most 16.7 million dots, so that nobody's badge fills the memory (R-UP-2). */
function isSafePng(base64: string): boolean {
  const head = Buffer.from(base64.slice(0, 44), 'base64')
  if (head.length < 24 || head.readUInt32BE(0) !== 0x89504e47) return false
  return head.readUInt32BE(16) * head.readUInt32BE(20) <= 16_700_000
}
