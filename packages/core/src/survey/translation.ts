/** A translation of the survey by whoever asks: a list of its words to fill in, and what stands in the way of using it. */
import { placesIn } from '../fill-places.ts'
import { type Problem, problem, refuseProblems } from '../problems.ts'
import { en } from './words/en.ts'
import type { SurveyWords } from './words/survey-words.ts'

/** One line of the list: which word, what it says in English, and its translation, empty while there is none. */
export interface TranslationRow {
  key: string
  english: string
  text: string
}

/** A whole translation: the title of one survey, and every word. */
export interface SurveyTranslation {
  title: string
  words: SurveyWords
}

/** The longest a word may be, in characters. */
const longest = 1500
/** Controls, and marks that turn the direction of what follows. */
const unfit = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** The list to fill in, with what is translated already. */
export function translationRows(title: string, given: Partial<SurveyTranslation> = {}): TranslationRow[] {
  const texts: Readonly<Record<string, string>> = { ...given.words, ...(given.title ? { title: given.title } : {}) }
  return Object.entries({ title, ...en }).map(([key, english]) => ({ key, english, text: texts[key] ?? '' }))
}

/**
 * Reads a list that was filled in; what it says in English is for the translator alone. Raises, for each row and with a pointer to it,
 * `survey.word-unknown`, `survey.word-missing`, `survey.word-places` and `survey.word-unfit`.
 */
export function readTranslation(rows: readonly Readonly<{ key: string; text: string }>[]): SurveyTranslation {
  const english: Readonly<Record<string, string>> = { title: '', ...en }
  const texts = new Map<string, string>()
  const wrong: Problem[] = []
  for (const [at, { key, text: typed }] of rows.entries()) {
    const text = typed.trim()
    if (!Object.hasOwn(english, key)) wrong.push(problem('survey.word-unknown', `“${key.slice(0, 80)}” is none.`, `/rows/${at}/key`))
    else if (texts.has(key)) wrong.push(problem('survey.word-unknown', `“${key}” stands there twice.`, `/rows/${at}/key`))
    else {
      texts.set(key, text)
      wrong.push(...wrongWith(key, text, english[key]!).map((each) => ({ ...each, pointer: `/rows/${at}/text` })))
    }
  }
  for (const key of Object.keys(english)) if (!texts.has(key)) wrong.push(problem('survey.word-missing', `“${key}” has no row.`, `/rows`))
  refuseProblems(wrong)
  const { title, ...words } = Object.fromEntries(texts)
  return { title: title!, words: words as SurveyWords }
}

function wrongWith(key: string, text: string, english: string): Problem[] {
  if (text === '') return [problem('survey.word-missing', `“${key}” is empty.`)]
  if (unfit.test(text) || text.length > longest)
    return [problem('survey.word-unfit', `“${key}” has control signs or more than ${longest} characters.`)]
  const [wanted, found] = [placesIn(english), placesIn(text)]
  const lost = wanted.filter((place) => !found.includes(place)).map((place) => `{${place}} is lost`)
  const more = found.filter((place) => !wanted.includes(place)).map((place) => `{${place}} is none of its places`)
  return lost.length + more.length === 0 ? [] : [problem('survey.word-places', `“${key}”: ${[...lost, ...more].join(', ')}.`)]
}
