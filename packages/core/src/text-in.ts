/** Choosing among languages. */
import type { LangString } from './text.ts'

/** The text in the first of the wished languages that it has, else in any. Empty string when there is no text at all. */
export function textIn(text: LangString | undefined, ...wished: readonly string[]): string {
  if (!text) return ''
  for (const tag of wished) {
    const exact = text[tag] ?? text[tag.split('-')[0]!]
    if (exact !== undefined) return exact
  }
  return Object.values(text)[0] ?? ''
}
