/** Names of languages and countries in the reader's language, from the browser's own tables. */
import { countryCodes } from '@cairn/core'
import { getLocale } from '#lib/paraglide/runtime.js'

const offered = 'ar bg cs da de el en es et fi fr ga he hr hu it lt lv mk mt nb nl nn pl pt ro sk sl sq sr sv tr uk zh'.split(' ')

/** What a language is called; its tag when nobody knows. */
export function languageName(tag: string, language: string = getLocale()): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** What a language is called by those who speak it. */
export function nameOfLanguage(tag: string): string {
  const name = languageName(tag, tag)
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
}

/** Languages that a text is asked for: those of the interface, and whichever it has already. */
export const languagesOf = (text: Readonly<Record<string, string>> = {}): string[] => [...new Set(['en', 'cs', 'ar', ...Object.keys(text)])]

/** Languages to choose among. */
export function languageChoices(): { value: string; label: string }[] {
  return byLabel(offered.map((value) => ({ value, label: languageName(value) })))
}

/** Languages with a code of two letters (ISO 639-1), of which a text may be in any. */
const twoLetters =
  'aa ab af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz id ig ii ik is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi wa wo xh yi yo za zh zu'.split(
    ' ',
  )

/** Every language that has a code of two letters. */
export const everyLanguage = (): { value: string; label: string }[] =>
  byLabel(twoLetters.map((value) => ({ value, label: languageName(value) })))

/** Countries to choose among, by their codes of two letters. */
export function countryChoices(language: string = getLocale()): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'region' })
  return byLabel(
    [...countryCodes.keys()].filter((code) => /^[A-Z]{2}$/.test(code)).map((value) => ({ value, label: names.of(value) ?? value })),
    language,
  )
}

function byLabel(choices: { value: string; label: string }[], language: string = getLocale()) {
  return choices.sort((one, other) => one.label.localeCompare(other.label, language))
}
