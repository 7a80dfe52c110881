/** Operations of a body that answers a survey by its link: page by page, changeable until the survey closes, and from answers to rules. */
import type { Handlers, SurveyReplyAnswer } from '@cairn/api'
import {
  contradictionsAmong,
  type Json,
  type JsonObject,
  type LangString,
  type PolicyDraft,
  ProblemError,
  policyFromAnswers,
  surveySections,
  textIn,
  wordsOfSurvey,
} from '@cairn/core'
import {
  appendEvent,
  findSurveyInvitation,
  listDrafts,
  readSurvey,
  readSurveyInvitation,
  readSurveyTranslation,
  type SurveyInvitationRow,
  type SurveyRow,
  saveSurveyAnswers,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found } from '../context.ts'
import { urnOf } from '../recognition-case.ts'
import { answersOf, isDone, isOpen } from '../survey-reply.ts'
import { policySteps } from './policies.ts'

type Own = Pick<Handlers<Context>, 'reply.read' | 'reply.words' | 'reply.save' | 'reply.policy' | 'reply.adopt'>

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

function replyAnswer(context: Context, row: SurveyInvitationRow, survey: SurveyRow): SurveyReplyAnswer {
  const { title, host, languages, closesOn } = survey
  return {
    title,
    host,
    languages,
    closesOn,
    open: isOpen(survey, context.now),
    body: row.name,
    language: row.language,
    respondent: row.respondent,
    answers: row.answers as SurveyReplyAnswer['answers'],
    ...(row.savedAt ? { savedAt: row.savedAt } : {}),
    done: isDone(row),
    contradictions: contradictionsAmong(row),
  }
}

/** The draft of a policy. Raises `request.conflict` before the body has finished, `survey.contradiction` for answers that exclude one another. */
function draftOf(row: SurveyInvitationRow, body?: string): PolicyDraft {
  if (!isDone(row))
    throw new ProblemError('request.conflict', 'The survey is not finished: its last page says whether answers may be published.')
  return policyFromAnswers(answersOf(row, body))
}

/** What a draft in an institution's own rules began with. */
const modelledOn = (row: SurveyInvitationRow, { policy }: PolicyDraft): JsonObject => ({
  ...(policy.modelledOn as JsonObject),
  answers: urnOf(row.id),
  savedAt: row.savedAt!,
})

/** The draft as the editor of rules has it: short ids, and questions to a person in one language. */
function editable(row: SurveyInvitationRow, draft: PolicyDraft, language: string): JsonObject {
  const requirements = draft.policy.requirements.map(({ id, params, ...each }) => {
    const { question, ...others } = params as { question?: unknown }
    const asked = typeof question === 'object' ? textIn(question as LangString, language, 'en') : question
    return { ...each, id: id.slice(id.indexOf('#') + 1), params: question === undefined ? params : { ...others, question: asked } }
  })
  return { ...draft.policy, requirements, modelledOn: modelledOn(row, draft) } as unknown as JsonObject
}

export const surveyReplyHandlers: Own = {
  'reply.read': ({ token }, context) => byLink(context, token, (_, row, survey) => replyAnswer(context, row, survey)),

  'reply.save': ({ token, language, section, respondent, answers }, context) =>
    byLink(
      context,
      token,
      async (tx, row, survey) => {
        if (!isOpen(survey, context.now)) throw new ProblemError('survey.closed', 'The last day of the survey has passed.')
        const questions: readonly string[] = surveySections.find(({ id }) => id === section)!.questions
        const other = Object.keys(answers).find((id) => !questions.includes(id))
        if (other) throw new ProblemError('input.invalid', 'This question is on another page.', `/answers/${other}`)
        const kept = Object.entries(row.answers).filter(([id]) => !questions.includes(id))
        const next: SurveyInvitationRow = {
          ...row,
          language: language !== undefined && survey.languages.includes(language) ? language : row.language,
          respondent: section === 'body' && respondent ? (respondent as unknown as JsonObject) : row.respondent,
          answers: { ...Object.fromEntries(kept), ...(answers as SurveyInvitationRow['answers']) },
          savedAt: context.now,
        }
        // Finished answers are read as a whole: by then the body has said who it is.
        if (isDone(next)) answersOf(next)
        await saveSurveyAnswers(tx, { ...next, savedAt: context.now })
        if (section === 'consent' && isDone(next))
          await appendEvent(tx, { at: context.now, actor: 'body', name: 'survey.answer', subject: row.id })
        return replyAnswer(context, next, survey)
      },
      true,
    ),

  'reply.words': ({ token, language }, context) =>
    byLink(context, token, async (tx, _, survey) => {
      found(survey.languages.includes(language) || undefined)
      const words = (await readSurveyTranslation(tx, survey.id, language)) ?? wordsOfSurvey[language as keyof typeof wordsOfSurvey]
      return { language, words: found(words) }
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

  'reply.adopt': async ({ token, language }, context) => {
    const row = await byLink(context, token, (_, invitation) => invitation)
    const wanted = modelledOn(row, draftOf(row))
    const drafts = await asTenant(context, (tx) => listDrafts(tx, 'policy'))
    const before = drafts.find(({ draft }) => {
      const { answers, savedAt } = (draft.modelledOn ?? {}) as JsonObject
      return answers === wanted.answers && savedAt === wanted.savedAt
    })
    if (before) return policySteps.read(context, before.id)
    return policySteps.create(context, (body) => editable(row, draftOf(row, body), language))
  },
}
