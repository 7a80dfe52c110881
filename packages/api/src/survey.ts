/** Operations of the requirements survey: opened by a coordinating institution, answered by link, analysed, and turned into rules. */
import { LangString, LanguageTag, MailAddress, PlainDate, SurveyAnswers, surveyRegions, surveySections, Uuid } from '@cairn/core'
import { z } from 'zod'
import { Done, FileAnswer, Nothing, operation } from './operation.ts'
import { PolicyAnswer } from './recognition-answers.ts'
import { SurveyAnalysisAnswer, SurveyAnswer, SurveyLineAnswer, SurveyReplyAnswer } from './survey-answers.ts'

const byId = z.strictObject({ id: Uuid })
const token = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/)
const byToken = z.strictObject({ token })
const everyone = ['anonymous'] as const
const coordinators = ['owner', 'designer'] as const
const readers = ['owner', 'designer', 'approver', 'auditor'] as const

const described = {
  title: LangString.refine((text) => Object.keys(text).length > 0, 'A title in at least one language.'),
  host: z.string().trim().min(1).max(300),
  languages: z.array(LanguageTag).min(1).max(60),
  closesOn: PlainDate,
  yearly: z.boolean().default(true),
}
const { respondent } = SurveyAnswers.shape

export const surveyOperations = {
  'survey.list': operation({
    method: 'GET',
    path: '/surveys',
    summary: 'Surveys of this institution, newest first',
    roles: readers,
    input: Nothing,
    output: z.array(SurveyLineAnswer).meta({ id: 'Surveys' }),
    problems: [],
  }),
  'survey.open': operation({
    method: 'POST',
    path: '/surveys',
    summary: 'Open the requirements survey until a day',
    roles: coordinators,
    input: z.strictObject(described).meta({ id: 'SurveyOpen' }),
    output: SurveyAnswer,
    problems: ['input.invalid'],
  }),
  'survey.read': operation({
    method: 'GET',
    path: '/surveys/:id',
    summary: 'A survey with who was invited and who answered; links only for those who may invite',
    roles: readers,
    input: byId,
    output: SurveyAnswer,
    problems: ['request.not-found'],
  }),
  'survey.save': operation({
    method: 'PUT',
    path: '/surveys/:id',
    summary: 'Change title, host, languages and last day; a day that has passed closes it, a later one opens it again',
    roles: coordinators,
    input: z.strictObject({ id: Uuid, ...described }).meta({ id: 'SurveySave' }),
    output: SurveyAnswer,
    problems: ['input.invalid', 'request.not-found'],
  }),
  'survey.invite': operation({
    method: 'POST',
    path: '/surveys/:id/invitations',
    summary: 'Invite bodies, each by a link of its own; a body that was invited before stays as it is',
    roles: coordinators,
    input: z
      .strictObject({
        id: Uuid,
        language: LanguageTag.default('en'),
        bodies: z
          .array(z.strictObject({ name: z.string().trim().min(1).max(300), email: MailAddress.optional() }))
          .min(1)
          .max(500),
      })
      .meta({ id: 'SurveyInvite' }),
    output: z.strictObject({ invited: z.int(), known: z.int(), survey: SurveyAnswer }).meta({ id: 'SurveyInvited' }),
    problems: ['input.invalid', 'request.not-found', 'survey.closed'],
  }),
  'survey.remind': operation({
    method: 'POST',
    path: '/surveys/:id/reminders',
    summary: 'Mail their link again to bodies that have not finished',
    roles: coordinators,
    input: byId,
    output: z.strictObject({ reminded: z.int() }).meta({ id: 'SurveyReminded' }),
    problems: ['request.not-found', 'survey.closed'],
  }),
  'survey.withdraw': operation({
    method: 'DELETE',
    path: '/surveys/:id/invitations/:invitation',
    summary: 'Take an invitation back, with everything that was answered by it',
    roles: coordinators,
    input: z.strictObject({ id: Uuid, invitation: Uuid }),
    output: Done,
    problems: ['request.not-found'],
  }),
  'survey.analyse': operation({
    method: 'GET',
    path: '/surveys/:id/analysis',
    summary: 'What the answers show together, as far as the bodies consent, with a draft guideline',
    roles: readers,
    input: byId,
    output: SurveyAnalysisAnswer,
    problems: ['request.not-found'],
  }),
  'survey.export': operation({
    method: 'GET',
    path: '/surveys/:id/file',
    summary: 'The analysis as a table, or as data with the answers of bodies that consent to be named',
    roles: readers,
    input: z.strictObject({ id: Uuid, form: z.enum(['csv', 'json']).default('csv') }).meta({ id: 'SurveyExport' }),
    output: FileAnswer,
    problems: ['request.not-found'],
  }),
  'reply.read': operation({
    method: 'GET',
    path: '/survey-replies/:token',
    summary: 'A survey as the body sees it that its link was sent to, with its answers so far',
    roles: everyone,
    input: byToken,
    output: SurveyReplyAnswer,
    problems: ['request.not-found'],
  }),
  'reply.save': operation({
    method: 'PUT',
    path: '/survey-replies/:token',
    summary: 'Save the answers of one page, in place of those it had; a question without an answer stays open',
    roles: everyone,
    input: z
      .strictObject({
        token,
        /** The language it was answered in, in which later mails are written. */
        language: LanguageTag.optional(),
        section: z.enum(surveySections.map(({ id }) => id)),
        respondent: respondent
          .omit({ body: true })
          .extend({ region: z.enum(surveyRegions) })
          .optional(),
        answers: SurveyAnswers.shape.answers,
      })
      .meta({ id: 'SurveyReplySave' }),
    output: SurveyReplyAnswer,
    problems: ['input.invalid', 'request.not-found', 'survey.closed'],
  }),
  'reply.confirm': operation({
    method: 'POST',
    path: '/survey-replies/:token/confirm',
    summary:
      'Confirm finished answers as they are now; where they changed, the rules drafted from them on this installation are drafted anew',
    roles: everyone,
    input: byToken,
    output: SurveyReplyAnswer,
    problems: ['request.not-found', 'request.conflict', 'survey.closed'],
  }),
  'reply.policy': operation({
    method: 'GET',
    path: '/survey-replies/:token/policy',
    summary: 'The draft of a policy from the answers, for the body to read, correct and sign',
    roles: everyone,
    input: byToken,
    output: FileAnswer,
    problems: ['request.not-found', 'request.conflict', 'survey.contradiction'],
  }),
  'reply.adopt': operation({
    method: 'POST',
    path: '/survey-replies/:token/adopt',
    summary: 'Draft a policy of the caller’s institution from the answers; answers that changed since change that draft',
    roles: coordinators,
    input: z.strictObject({ token, language: LanguageTag.default('en') }).meta({ id: 'SurveyReplyAdopt' }),
    output: PolicyAnswer,
    problems: ['request.not-found', 'request.conflict', 'survey.contradiction'],
  }),
} as const
