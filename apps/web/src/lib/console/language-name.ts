/** Names of languages in the reader's own. */
import { getLocale } from '#lib/paraglide/runtime.js'

export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(getLocale(), { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
