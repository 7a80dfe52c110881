/** Fonts of the pictures we draw: shipped with the product, so that the same edition looks the same on every machine. */
import { fileURLToPath } from 'node:url'

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

const covered =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Common}\p{Script=Inherited}]*$/u

/** True when the text is drawn rightly: the fonts shipped have its letters, and the renderer joins them (it does not for Devanagari). A picture without words is better than a wrong one. */
export function fontsCover(text: string): boolean {
  return covered.test(text)
}
