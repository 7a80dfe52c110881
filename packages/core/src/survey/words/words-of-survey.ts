/** The words of the survey in the languages that it comes with: those of the United Nations, and Czech. */
import type { LangString } from '../../text.ts'
import type { survey } from '../survey.ts'
import { ar } from './ar.ts'
import { cs } from './cs.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { ru } from './ru.ts'
import type { SurveyWordKey, SurveyWords } from './survey-words.ts'
import { zh } from './zh.ts'

/** By language; English is what a translation is checked against. */
export const wordsOfSurvey: Readonly<Record<(typeof survey.languages)[number], SurveyWords>> = { en, fr, es, ru, zh, ar, cs }

/** All words in one language; nothing where it has none that come with the survey, whatever it is called. */
export const surveyWordsIn = (language: string): SurveyWords | undefined =>
  Object.hasOwn(wordsOfSurvey, language) ? wordsOfSurvey[language as keyof typeof wordsOfSurvey] : undefined

/** One of the words in all these languages; empty where there is no such word. */
export function surveyText(key: string): LangString {
  if (!Object.hasOwn(en, key)) return {}
  return Object.fromEntries(Object.entries(wordsOfSurvey).map(([language, words]) => [language, words[key as SurveyWordKey]]))
}
