/** Operations on the languages of a survey: its words go out as a list, come back translated, and are checked word by word. */
import type { Handlers } from '@cairn/api'
import { readTranslation, surveyWordsIn, textIn, translationRows } from '@cairn/core'
import { appendEvent, putSurveyTranslation, readSurvey, removeSurveyTranslation, saveSurvey } from '@cairn/store'
import { asTenant, type Context, found } from '../context.ts'
import { surveyAnswer } from '../survey-answer.ts'
import { readTranslationFile, writeTranslation } from '../survey-translation-file.ts'
import { readSurveyWords } from '../survey-words.ts'

type Own = Pick<Handlers<Context>, 'survey.template' | 'survey.translate' | 'survey.untranslate'>

export const surveyLanguageHandlers: Own = {
  'survey.template': ({ id, language, form }, context) =>
    asTenant(context, async (tx) => {
      const { title } = found(await readSurvey(tx, id))
      const words = await readSurveyWords(tx, id, language)
      const own = title[language]
      const rows = translationRows(textIn(title, 'en'), { ...(words ? { words } : {}), ...(own ? { title: own } : {}) })
      return {
        name: `survey-words-${language}.${form}`,
        mediaType: form === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
        base64: Buffer.from(writeTranslation(rows, language, form)).toString('base64'),
      }
    }),

  'survey.translate': async ({ id, language, base64 }, context) => {
    const { title, words } = readTranslation(await readTranslationFile(Buffer.from(base64, 'base64'), language))
    return asTenant(context, async (tx) => {
      const row = found(await readSurvey(tx, id))
      const { person = '', name = '' } = context.caller
      await putSurveyTranslation(tx, { survey: id, language, words, savedAt: context.now, savedName: name || person })
      await saveSurvey(tx, { ...row, title: { ...row.title, [language]: title }, languages: [...new Set([...row.languages, language])] })
      await appendEvent(tx, { at: context.now, actor: person, name: 'survey.translate', subject: id })
      return surveyAnswer(context, tx, id)
    })
  },

  'survey.untranslate': ({ id, language }, context) =>
    asTenant(context, async (tx) => {
      const row = found(await readSurvey(tx, id))
      found((await removeSurveyTranslation(tx, id, language)) || undefined)
      const left = row.languages.filter((each) => each !== language || surveyWordsIn(each))
      await saveSurvey(tx, { ...row, languages: left.length > 0 ? left : ['en'] })
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'survey.translate', subject: id })
      return surveyAnswer(context, tx, id)
    }),
}
