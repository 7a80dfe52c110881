/** Fonts of the pictures we draw: shipped with the product, so that the same edition looks the same on every machine. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
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

/** The scripts whose letters the renderer of pictures joins as they have to be. */
const joined =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Common}\p{Script=Inherited}]*$/u
/** What is never drawn, so that no font needs it: joiners, soft hyphens, marks and isolates of direction, variants of a letter. */
const undrawn = /^(?:[\u00ad\u200b-\u200f\u2060\u2066-\u2069]|\p{Variation_Selector})$/u
/** What turns the letters behind it round whatever they are, or is no character of a text. */
const refused = /[\p{Cc}\u2028\u2029\u202a-\u202e\ufeff\p{Noncharacter_Code_Point}]/u

let letters: Set<number> | undefined

/**
 * True when the text is drawn rightly: a font shipped here has each letter, and the renderers join them (they do not for Devanagari). A picture without
 * words is better than a wrong one, and a sheet with a letter that no font has is none (ISO 19005-3, 6.2.11.8).
 */
export function fontsCover(text: string): boolean {
  if (!joined.test(text) || refused.test(text)) return false
  letters ??= new Set(fontFiles.flatMap((file) => [...lettersOf(readFileSync(file))]))
  for (const letter of text) if (!letters.has(letter.codePointAt(0)!) && !undrawn.test(letter)) return false
  return true
}
