/** The words that a survey asks with. */
import { type SurveyWords, surveyWordsIn } from '@cairn/core'
import { readSurveyTranslation, type TenantTransaction } from '@cairn/store'

/** All words of a survey in a language: those uploaded for it, else those that it comes with; nothing in a language that it has neither in. */
export const readSurveyWords = async (tx: TenantTransaction, survey: string, language: string): Promise<SurveyWords | undefined> =>
  (await readSurveyTranslation(tx, survey, language)) ?? surveyWordsIn(language)
