/** Operations of a body that answers a survey by its link: page by page, changeable until the survey closes, and from answers to rules. */
import type { Handlers, SurveyReplyAnswer } from '@cairn/api'
import { contradictionsAmong, type Json, type JsonObject, ProblemError, sameJson, survey, surveySections, textIn } from '@cairn/core'
import { mailText } from '@cairn/documents'
import {
  appendEvent,
  confirmSurveyAnswers,
  findSurveyInvitation,
  insertMessages,
  listDrafts,
  noteSurveyRules,
  readInstitution,
  readSurvey,
  readSurveyInvitation,
  readSurveyVersion,
  type SurveyInvitationRow,
  type SurveyRow,
  saveSurveyAnswers,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'
import { answersOf, isAsked, isDone, isOpen } from '../survey-reply.ts'
import { draftOf, editableRules, redraftRules, renewedRules, versionOfRules } from '../survey-rules.ts'
import { readSurveyWords } from '../survey-words.ts'
import { policySteps } from './policies.ts'

type Own = Pick<Handlers<Context>, 'reply.read' | 'reply.words' | 'reply.save' | 'reply.confirm' | 'reply.policy' | 'reply.adopt'>

/** True while answers are taken: the last day has not passed, or the body is asked for changes. */
const takesAnswers = (row: SurveyInvitationRow, survey: SurveyRow, now: string) => isOpen(survey, now) || isAsked(row)

/** Work on what a link opens; one that was taken back and one that never was look the same. */
async function byLink<T>(
  context: Context,
  token: string,
  work: (tx: TenantTransaction, row: SurveyInvitationRow, survey: SurveyRow) => Promise<T> | T,
  lock = false,
): Promise<T> {
  const place = found(await findSurveyInvitation(context.database, token))
  return context.database.tenant(place.tenant, async (tx) => {
    const row = found(await readSurveyInvitation(tx, place.id, lock))
    return work(tx, row, found(await readSurvey(tx, row.survey)))
  })
}

async function replyAnswer(
  context: Context,
  tx: TenantTransaction,
  row: SurveyInvitationRow,
  survey: SurveyRow,
): Promise<SurveyReplyAnswer> {
  const { title, host, languages, closesOn, yearly } = survey
  return {
    title,
    host,
    languages,
    closesOn,
    yearly,
    open: takesAnswers(row, survey, context.now),
    body: row.name,
    language: row.language,
    respondent: row.respondent,
    answers: row.answers as SurveyReplyAnswer['answers'],
    ...(row.savedAt ? { savedAt: row.savedAt } : {}),
    done: isDone(row),
    ...(row.version > 0 ? { version: row.version } : {}),
    ...(row.confirmedAt ? { confirmedAt: row.confirmedAt } : {}),
    changed: await changedIn(tx, row),
    asked: isAsked(row),
    rules: row.rules === undefined ? 'none' : row.rulesVersion === row.version ? 'current' : 'behind',
    contradictions: contradictionsAmong(row),
  }
}

/** Answers that differ from those that were last confirmed. */
async function changedIn(tx: TenantTransaction, row: SurveyInvitationRow): Promise<string[]> {
  if (row.confirmedVersion === row.version) return []
  const { answers = {} } = (await readSurveyVersion(tx, row.id, row.confirmedVersion)) ?? {}
  return questionIds.filter((id) => !sameJson(row.answers[id], answers[id]))
}
const questionIds = survey.questions.map(({ id }) => id)

/** What saving makes of finished answers: a change is a new version, and confirmed at once unless the body was asked to confirm. */
function versionOf(before: SurveyInvitationRow, next: SurveyInvitationRow, now: string): Partial<SurveyInvitationRow> {
  if (!isDone(next)) return {}
  const changed = !isDone(before) || !sameJson(before.answers, next.answers) || !sameJson(before.respondent, next.respondent)
  const version = before.version + (changed ? 1 : 0)
  return { version, ...(isAsked(before) ? {} : { confirmedVersion: version, confirmedAt: now }) }
}

export const surveyReplyHandlers: Own = {
  'reply.read': ({ token }, context) => byLink(context, token, (tx, row, survey) => replyAnswer(context, tx, row, survey)),

  'reply.save': ({ token, language, section, respondent, answers }, context) =>
    byLink(
      context,
      token,
      async (tx, row, survey) => {
        if (!takesAnswers(row, survey, context.now)) throw new ProblemError('survey.closed', 'The last day of the survey has passed.')
        const questions: readonly string[] = surveySections.find(({ id }) => id === section)!.questions
        const other = Object.keys(answers).find((id) => !questions.includes(id))
        if (other) throw new ProblemError('input.invalid', 'This question is on another page.', `/answers/${other}`)
        const kept = Object.entries(row.answers).filter(([id]) => !questions.includes(id))
        const typed: SurveyInvitationRow = {
          ...row,
          language: language !== undefined && survey.languages.includes(language) ? language : row.language,
          respondent: section === 'body' && respondent ? (respondent as unknown as JsonObject) : row.respondent,
          answers: { ...Object.fromEntries(kept), ...(answers as SurveyInvitationRow['answers']) },
          savedAt: context.now,
        }
        const next = { ...typed, ...versionOf(row, typed, context.now) }
        // Finished answers are read as a whole: by then the body has said who it is.
        if (isDone(next)) answersOf(next)
        await saveSurveyAnswers(tx, { ...next, savedAt: context.now })
        if (section === 'consent' && isDone(next))
          await appendEvent(tx, { at: context.now, actor: 'body', name: 'survey.answer', subject: row.id })
        return replyAnswer(context, tx, next, survey)
      },
      true,
    ),

  'reply.words': ({ token, language }, context) =>
    byLink(context, token, async (tx, _, survey) => {
      found(survey.languages.includes(language) || undefined)
      return { language, words: found(await readSurveyWords(tx, survey.id, language)) }
    }),

  'reply.policy': ({ token }, context) =>
    byLink(context, token, (_, row) => {
      const { id, policy, ...rest } = draftOf(row)
      const library = { policies: { [id]: policy as unknown as Json }, ...(rest as unknown as JsonObject) }
      return {
        name: `policy-draft-${row.savedAt!.slice(0, 10)}.json`,
        mediaType: 'application/json',
        base64: Buffer.from(`${JSON.stringify(library, null, 1)}\n`).toString('base64'),
      }
    }),

  'reply.confirm': async ({ token }, context) => {
    const { row, host } = await byLink(context, token, (tx, invitation, opened) => {
      if (!takesAnswers(invitation, opened, context.now)) throw new ProblemError('survey.closed', 'The last day of the survey has passed.')
      if (!isDone(invitation)) throw new ProblemError('request.conflict', 'The survey is not finished yet.')
      return { row: invitation, host: tx.tenant }
    })
    const drafted = await redraftRules(context, host, row)
    const answer = await byLink(
      context,
      token,
      async (tx, before, survey) => {
        await confirmSurveyAnswers(tx, row.id, context.now)
        await appendEvent(tx, { at: context.now, actor: 'body', name: 'survey.confirm', subject: row.id })
        if (drafted) {
          await noteSurveyRules(tx, row.id, { tenant: row.rulesTenant!, policy: row.rules!, version: row.version })
          await tellOfRules(context, tx, row, survey)
        }
        const now = { confirmedAt: context.now, confirmedVersion: before.version, ...(drafted ? { rulesVersion: row.version } : {}) }
        return replyAnswer(context, tx, { ...before, ...now }, survey)
      },
      true,
    )
    if (drafted) context.wake('mail')
    return answer
  },

  'reply.adopt': async ({ token, language }, context) => {
    const { row, host } = await byLink(context, token, (tx, invitation) => ({ row: invitation, host: tx.tenant }))
    draftOf(row)
    const drafts = await asTenant(context, (tx) => listDrafts(tx, 'policy'))
    const known = drafts.find((each) => versionOfRules(each, row) !== undefined)
    const { organisation } = await asTenant(context, async (tx) => found(await readInstitution(tx)))
    const renewed = known && (await renewedRules(context, host, row, known, { body: organisation.id, language }))
    const policy = renewed
      ? await policySteps.save(context, { id: known.id, revision: known.revision, draft: renewed })
      : known && versionOfRules(known, row) === row.version
        ? await policySteps.read(context, known.id)
        : await policySteps.create(context, (body) => editableRules(row, body, language))
    const { tenant } = context.caller
    await byLink(context, token, (tx) => noteSurveyRules(tx, row.id, { tenant: tenant!, policy: policy.id, version: row.version }))
    return policy
  },
}

/** Writes to the body that rules drafted anew wait for it. */
async function tellOfRules(context: Context, tx: TenantTransaction, row: SurveyInvitationRow, { title }: SurveyRow): Promise<void> {
  if (!row.email) return
  const link = `${context.config.publicUrl}/policies/${row.rules}`
  const words = mailText('survey-rules', row.language, { body: row.name, title: textIn(title, row.language, 'en'), link })
  await insertMessages(tx, [{ id: newId(), kind: 'survey', to: row.email, ...words }], context.now)
}
