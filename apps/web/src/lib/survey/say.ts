/** The words of whoever answers a survey, in their language and with their values. */
import { fillPlaces, type SurveyWordKey, type SurveyWords } from '@cairn/core'
import { isolated } from '#lib/report/shown.ts'

/** One word of the survey; a value keeps its own direction. */
export type Say = (key: SurveyWordKey, values?: Readonly<Record<string, string>>) => string

export const sayWith =
  (words: SurveyWords): Say =>
  (key, values = {}) =>
    fillPlaces(words[key], Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isolated(value)])))
      // A date that ends in a full stop, as in Russian, ends the sentence too.
      .replaceAll('.\u2069.', '.\u2069')
