/** The words of the survey in one language: a text for each question, answer and line of the pages. */
import type { en } from './en.ts'

/** Names of the words: `B4` is a question, `B4.seal` one of its answers, `page.begin` stands on a page. */
export type SurveyWordKey = keyof typeof en
export type SurveyWords = Readonly<Record<SurveyWordKey, string>>
