/** Operations of the requirements survey for the institution that opens it: whom it asks, who answered, and what the answers show together. */
import type { Handlers, SurveyAnalysisAnswer } from '@cairn/api'
import { analyse, analysisRows, guidelineOfSurvey, ProblemError, survey, textIn } from '@cairn/core'
import { mailText } from '@cairn/documents'
import { writeCsv } from '@cairn/sheets'
import {
  appendEvent,
  insertMessages,
  insertSurvey,
  insertSurveyInvitation,
  listSurveyInvitations,
  listSurveys,
  listSurveyTranslations,
  readSurvey,
  removeSurveyInvitation,
  type SurveyInvitationRow,
  type SurveyRow,
  saveSurvey,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'
import { linkToken } from '../recognition-case.ts'
import { surveyAnswer, surveyLine, surveyLink } from '../survey-answer.ts'
import { codesByBody, readSurveyTexts } from '../survey-codes.ts'
import { answersOf, consentOf, isDone, isOpen, yearBefore } from '../survey-reply.ts'

type Own = Pick<
  Handlers<Context>,
  | 'survey.list'
  | 'survey.open'
  | 'survey.read'
  | 'survey.save'
  | 'survey.invite'
  | 'survey.remind'
  | 'survey.withdraw'
  | 'survey.analyse'
  | 'survey.export'
>

/** Refuses a language that the survey has no words in. Raises `input.invalid`. */
function refuseUnknown(languages: readonly string[], added: readonly string[]): void {
  const at = languages.findIndex((language) => ![...survey.languages, ...added].includes(language))
  if (at >= 0) throw new ProblemError('input.invalid', 'There are no words in this language yet: upload them.', `/languages/${at}`)
}

/** The survey, while it takes answers. Raises `survey.closed`. */
async function openSurvey(context: Context, tx: TenantTransaction, id: string): Promise<SurveyRow> {
  const row = found(await readSurvey(tx, id))
  if (!isOpen(row, context.now)) throw new ProblemError('survey.closed', 'Its last day has passed. Give it a later one first.')
  return row
}

type Invited = Pick<SurveyInvitationRow, 'id' | 'name' | 'email' | 'language'>

/** Writes the mails of those who have an address. */
async function mail(
  context: Context,
  tx: TenantTransaction,
  kind: 'survey-invitation' | 'survey-reminder',
  row: SurveyRow,
  to: readonly Invited[],
) {
  const messages = to.flatMap(({ id, name, email, language }) => {
    if (!email) return []
    const words = mailText(kind, language, {
      institution: row.host,
      body: name,
      title: textIn(row.title, language, 'en'),
      day: row.closesOn,
      link: surveyLink(context, id),
    })
    return [{ id: newId(), kind: 'survey', to: email, ...words }]
  })
  await insertMessages(tx, messages, context.now)
  return messages.length
}

const note = (context: Context, tx: TenantTransaction, step: string, subject: string) =>
  appendEvent(tx, { at: context.now, actor: context.caller.person!, name: `survey.${step}`, subject })

/** What the finished answers show together, and those of them that may be told by name. */
async function analysisOf(tx: TenantTransaction, id: string, now: string) {
  found(await readSurvey(tx, id))
  const invitations = await listSurveyInvitations(tx, id)
  const done = invitations.filter(isDone)
  const codes = codesByBody(await readSurveyTexts(tx, id, done))
  const analysis = analyse(
    done.map((each) => answersOf(each)),
    codes,
  )
  const named = done.filter((each) => consentOf(each) === 'named').map((row) => ({ row, ...answersOf(row) }))
  const withinYear = done.filter(({ confirmedAt = '' }) => confirmedAt > yearBefore(now)).length
  const confirmed = { withinYear, earlier: done.length - withinYear }
  return { shown: { invited: invitations.length, confirmed, analysis, guideline: guidelineOfSurvey(analysis) }, named }
}

/** Handlers of who opens a survey. */
export const surveyHandlers: Own = {
  'survey.list': (_, context) =>
    asTenant(context, async (tx) =>
      (await listSurveys(tx)).map(({ invited, answered, ...row }) => surveyLine(context, row, { invited, answered })),
    ),

  'survey.open': ({ title, host, closesOn, languages, yearly }, context) =>
    asTenant(context, async (tx) => {
      const id = newId()
      const { person = '', name = '' } = context.caller
      const row = {
        id,
        version: survey.version,
        title,
        host,
        languages,
        closesOn,
        yearly,
        openedAt: context.now,
        openedName: name || person,
      }
      refuseUnknown(languages, [])
      if (!isOpen(row, context.now)) throw new ProblemError('input.invalid', 'Its last day is today or later.', '/closesOn')
      await insertSurvey(tx, row)
      await note(context, tx, 'open', id)
      return surveyAnswer(context, tx, id)
    }),

  'survey.read': ({ id }, context) => asTenant(context, (tx) => surveyAnswer(context, tx, id)),

  'survey.save': (given, context) =>
    asTenant(context, async (tx) => {
      found(await readSurvey(tx, given.id))
      refuseUnknown(
        given.languages,
        (await listSurveyTranslations(tx, given.id)).map(({ language }) => language),
      )
      await saveSurvey(tx, given)
      await note(context, tx, 'save', given.id)
      return surveyAnswer(context, tx, given.id)
    }),

  'survey.invite': async ({ id, language, bodies }, context) => {
    const done = await asTenant(context, async (tx) => {
      const row = await openSurvey(context, tx, id)
      const invited: Invited[] = []
      for (const { name, email } of bodies) {
        const each = { id: newId(), survey: id, name, ...(email ? { email } : {}), language, invitedAt: context.now }
        if (await insertSurveyInvitation(tx, { ...each, token: linkToken(context, each.id) })) invited.push(each)
      }
      await mail(context, tx, 'survey-invitation', row, invited)
      await note(context, tx, 'invite', id)
      return { invited: invited.length, known: bodies.length - invited.length, survey: await surveyAnswer(context, tx, id) }
    })
    context.wake('mail')
    return done
  },

  'survey.remind': async ({ id }, context) => {
    const reminded = await asTenant(context, async (tx) => {
      const row = await openSurvey(context, tx, id)
      const waiting = (await listSurveyInvitations(tx, id)).filter((each) => !isDone(each))
      await note(context, tx, 'remind', id)
      return mail(context, tx, 'survey-reminder', row, waiting)
    })
    context.wake('mail')
    return { reminded }
  },

  'survey.withdraw': ({ id, invitation }, context) =>
    asTenant(context, async (tx) => {
      found((await removeSurveyInvitation(tx, id, invitation)) || undefined)
      await note(context, tx, 'withdraw', invitation)
      return { done: true as const }
    }),

  'survey.analyse': ({ id }, context) =>
    asTenant(context, async (tx) => {
      const { shown, named } = await analysisOf(tx, id, context.now)
      const told = named.map(({ row: { confirmedAt }, respondent: { name, country }, answers }) => ({
        name,
        country,
        ...(confirmedAt ? { confirmedAt } : {}),
        answers,
      }))
      // The same data; the domain's own lists are read-only.
      return { ...shown, named: told } as unknown as SurveyAnalysisAnswer
    }),

  'survey.export': ({ id, form }, context) =>
    asTenant(context, async (tx) => {
      const { title, host, closesOn } = found(await readSurvey(tx, id))
      const { shown, named } = await analysisOf(tx, id, context.now)
      const text =
        form === 'csv'
          ? writeCsv(analysisRows(shown.analysis))
          : `${JSON.stringify({ title, host, closesOn, at: context.now, ...shown, answers: named.map(({ row: { version, confirmedAt }, ...each }) => ({ ...each, answersVersion: version, confirmedAt })) }, null, 1)}\n`
      return {
        name: `survey-${context.now.slice(0, 10)}.${form}`,
        mediaType: form === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
        base64: Buffer.from(text).toString('base64'),
      }
    }),
}
