/** Names of languages and countries in the reader's language, from the browser's own tables. */
import { countryCodes } from '@cairn/core'
import { getLocale } from '#lib/paraglide/runtime.js'

const offered = 'ar bg cs da de el en es et fi fr ga he hr hu it lt lv mk mt nb nl nn pl pt ro sk sl sq sr sv tr uk zh'.split(' ')

/** What a language is called; its tag when nobody knows. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([getLocale()], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** Languages that a text is asked for: those of the interface, and whichever it has already. */
export const languagesOf = (text: Readonly<Record<string, string>> = {}): string[] => [...new Set(['en', 'cs', 'ar', ...Object.keys(text)])]

/** Languages to choose among. */
export function languageChoices(): { value: string; label: string }[] {
  return byLabel(offered.map((value) => ({ value, label: languageName(value) })))
}

/** Countries to choose among, by their codes of two letters. */
export function countryChoices(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([getLocale()], { type: 'region' })
  return byLabel(
    [...countryCodes.keys()].filter((code) => /^[A-Z]{2}$/.test(code)).map((value) => ({ value, label: names.of(value) ?? value })),
  )
}

function byLabel(choices: { value: string; label: string }[]) {
  return choices.sort((one, other) => one.label.localeCompare(other.label, getLocale()))
}
