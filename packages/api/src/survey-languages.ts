/** Operations on the languages of a survey: a list of its words to fill in, the list filled in, and the words of whoever answers. */
import { LanguageTag, Uuid } from '@cairn/core'
import { z } from 'zod'
import { FileAnswer, operation } from './operation.ts'
import { SurveyAnswer, SurveyWordsAnswer } from './survey-answers.ts'

const coordinators = ['owner', 'designer'] as const
const one = { id: Uuid, language: LanguageTag }

export const surveyLanguageOperations = {
  'survey.template': operation({
    method: 'GET',
    path: '/surveys/:id/languages/:language/file',
    summary: 'The words of a survey as a list to translate, with what is translated already',
    roles: coordinators,
    input: z.strictObject({ ...one, form: z.enum(['csv', 'json']).default('csv') }).meta({ id: 'SurveyTemplate' }),
    output: FileAnswer,
    problems: ['request.not-found'],
  }),
  'survey.translate': operation({
    method: 'PUT',
    path: '/surveys/:id/languages/:language',
    summary: 'Ask a survey in a language by its list filled in, CSV, a workbook or JSON; a problem points to its row',
    roles: coordinators,
    input: z.strictObject({ ...one, base64: z.base64().min(1).max(1_400_000) }).meta({ id: 'SurveyTranslate' }),
    output: SurveyAnswer,
    problems: [
      'input.invalid',
      'request.not-found',
      'sheet.unreadable',
      'sheet.too-many-rows',
      'survey.word-unknown',
      'survey.word-missing',
      'survey.word-places',
      'survey.word-unfit',
    ],
  }),
  'survey.untranslate': operation({
    method: 'DELETE',
    path: '/surveys/:id/languages/:language',
    summary: 'Take away a translation that was uploaded; a language that the survey comes with has its own words again',
    roles: coordinators,
    input: z.strictObject(one),
    output: SurveyAnswer,
    problems: ['request.not-found'],
  }),
  'reply.words': operation({
    method: 'GET',
    path: '/survey-replies/:token/words/:language',
    summary: 'The words of a survey in one of the languages that it is asked in',
    roles: ['anonymous'],
    input: z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/), language: LanguageTag }),
    output: SurveyWordsAnswer,
    problems: ['request.not-found'],
  }),
} as const
