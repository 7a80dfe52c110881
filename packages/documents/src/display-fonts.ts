/** Fonts of the pictures we draw: shipped with the product, so that the same edition looks the same on every machine. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ProblemError } from '@cairn/core'
import { lettersOf } from './font-letters.ts'

const family = (folder: string, name: string) =>
  ['400Regular', '600SemiBold'].map((weight) =>
    fileURLToPath(import.meta.resolve(`@expo-google-fonts/${folder}/${weight}/${name}_${weight}.ttf`)),
  )

/** Paths of the font files, the house's own first; the others serve the scripts it lacks. */
export const fontFiles: readonly string[] = [
  ...family('atkinson-hyperlegible-next', 'AtkinsonHyperlegibleNext'),
  ...family('noto-sans', 'NotoSans'),
  ...family('noto-naskh-arabic', 'NotoNaskhArabic'),
  ...family('noto-sans-hebrew', 'NotoSansHebrew'),
]

/** The family that draws most of a text: letters of one word are only joined rightly when they come from one font. */
export function fontFamilyOf(text: string): string {
  const share = (script: RegExp) => text.match(script)?.length ?? 0
  const candidates = [
    ['Atkinson Hyperlegible Next', share(/\p{Script=Latin}/gu)],
    ['Noto Sans', share(/[\p{Script=Greek}\p{Script=Cyrillic}]/gu)],
    ['Noto Naskh Arabic', share(/\p{Script=Arabic}/gu)],
    ['Noto Sans Hebrew', share(/\p{Script=Hebrew}/gu)],
  ] as const
  return candidates.reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}

/** The scripts whose letters the renderers join as they have to be; those of the second line only an added font has. */
const joined = new RegExp(
  `^[${[
    ...['Latin', 'Greek', 'Cyrillic', 'Arabic', 'Hebrew', 'Common', 'Inherited'],
    ...['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul', 'Armenian', 'Georgian', 'Ethiopic'],
  ]
    .map((script) => `\\p{Script=${script}}`)
    .join('')}]*$`,
  'u',
)
/** What is never drawn, so that no font needs it: joiners, soft hyphens, marks and isolates of direction, variants of a letter. */
const undrawn = /^(?:[\u00ad\u200b-\u200f\u2060\u2066-\u2069]|\p{Variation_Selector})$/u
/** What turns the letters behind it round whatever they are, or is no character of a text. */
const refused = /[\p{Cc}\u2028\u2029\u202a-\u202e\ufeff\p{Noncharacter_Code_Point}]/u

let shipped: ReadonlySet<number> | undefined
const isShipped = (letter: number): boolean => {
  shipped ??= new Set(fontFiles.flatMap((file) => [...lettersOf(readFileSync(file))]))
  return shipped.has(letter)
}

/** Fonts of whoever runs this: their paths, and the letters that any of them has. */
let added: { files: readonly string[]; letters: ReadonlySet<number> } = { files: [], letters: new Set() }

/**
 * Adds fonts for letters that those shipped lack, as Chinese has them (10 MB a weight, so that they are not shipped): paths of TrueType and OpenType fonts and
 * collections, in place of those added before. To be called before anything is drawn, for lines and pictures that many share are kept. Raises
 * `input.file-unreadable`.
 */
export function addFonts(files: readonly string[]): void {
  if (files.join('\n') === added.files.join('\n')) return
  added = { files, letters: new Set(files.flatMap((file) => [...lettersIn(file)])) }
}

function lettersIn(file: string): ReadonlySet<number> {
  let letters: ReadonlySet<number>
  try {
    letters = lettersOf(readFileSync(file))
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'is no TrueType or OpenType font'
    throw new ProblemError('input.file-unreadable', `${path.basename(file)} ${why}.`)
  }
  if (letters.size === 0) throw new ProblemError('input.file-unreadable', `${path.basename(file)} has no letters.`)
  return letters
}

/** The first letter of a text that an added font alone has. */
export function addedLetterIn(text: string): string | undefined {
  if (added.files.length === 0) return
  for (const letter of text) {
    const code = letter.codePointAt(0)!
    if (!isShipped(code) && added.letters.has(code)) return letter
  }
  return
}

/** The font files that draw a text: those shipped, and the added ones where they alone have a letter of it, for they are large. */
export const fontFilesFor = (text: string): readonly string[] =>
  addedLetterIn(text) === undefined ? fontFiles : [...fontFiles, ...added.files]

/**
 * True when the text is drawn rightly: a font shipped or added here has each letter, and the renderers join them (they do not for Devanagari). A picture without
 * words is better than a wrong one, and a sheet with a letter that no font has is none (ISO 19005-3, 6.2.11.8).
 */
export function fontsCover(text: string): boolean {
  if (!joined.test(text) || refused.test(text)) return false
  for (const letter of text) {
    const code = letter.codePointAt(0)!
    if (!isShipped(code) && !undrawn.test(letter) && !added.letters.has(code)) return false
  }
  return true
}
