/** Rules that a body drafts from its answers on this installation: once, and anew where the answers changed. */
import { carryOver, type JsonObject, type LangString, type PolicyDraft, ProblemError, policyFromAnswers, textIn } from '@cairn/core'
import {
  appendEvent,
  type DraftRow,
  readDraft,
  readInstitution,
  readSurveyVersion,
  type SurveyInvitationRow,
  saveDraft,
} from '@cairn/store'
import { type Context, found } from './context.ts'
import { urnOf } from './recognition-case.ts'
import { answersOf, isDone } from './survey-reply.ts'

/** The draft of a policy. Raises `request.conflict` before the body has finished, `survey.contradiction` for answers that exclude one another. */
export function draftOf(row: SurveyInvitationRow, body?: string): PolicyDraft {
  if (!isDone(row))
    throw new ProblemError('request.conflict', 'The survey is not finished: its last page says whether answers may be published.')
  return policyFromAnswers(answersOf(row, body))
}

/** What rules began with: the survey and its version, the answers and theirs. It stays in every version that is published. */
const modelledOn = (row: SurveyInvitationRow, { policy }: PolicyDraft): JsonObject => ({
  ...(policy.modelledOn as JsonObject),
  answers: urnOf(row.id),
  answersVersion: row.version,
})

/** The version of these answers that rules were drafted from; nothing where they were drafted from others. */
export function versionOfRules({ draft }: Pick<DraftRow, 'draft'>, { id }: Pick<SurveyInvitationRow, 'id'>): number | undefined {
  const { answers, answersVersion = 1 } = (draft.modelledOn ?? {}) as { answers?: string; answersVersion?: number }
  return answers === urnOf(id) ? answersVersion : undefined
}

/** The draft as the editor of rules has it: short ids, and questions to a person in one language. */
export function editableRules(row: SurveyInvitationRow, body: string, language: string): JsonObject {
  const draft = draftOf(row, body)
  const requirements = draft.policy.requirements.map(({ id, params, ...each }) => {
    const { question, ...others } = params as { question?: unknown }
    const asked = typeof question === 'object' ? textIn(question as LangString, language, 'en') : question
    return { ...each, id: id.slice(id.indexOf('#') + 1), params: question === undefined ? params : { ...others, question: asked } }
  })
  return { ...draft.policy, requirements, modelledOn: modelledOn(row, draft) } as unknown as JsonObject
}

/**
 * Rules that were drafted from earlier answers, with what has changed since put in; what the body corrected in them stays. Nothing where they are drafted
 * from these answers already, or from a version that is not kept.
 */
export async function renewedRules(
  context: Context,
  host: string,
  row: SurveyInvitationRow,
  rules: Pick<DraftRow, 'draft'>,
  { body, language }: { body: string; language: string },
): Promise<JsonObject | undefined> {
  const version = versionOfRules(rules, row)
  if (version === undefined || version === row.version) return undefined
  const before = await context.database.tenant(host, (tx) => readSurveyVersion(tx, row.id, version))
  if (!before) return undefined
  const after = editableRules(row, body, language)
  return { ...carryOver(rules.draft, editableRules({ ...row, ...before }, body, language), after), modelledOn: after.modelledOn! }
}

/**
 * Drafts the rules anew that a body follows here, for it to read and sign. False where nothing was drafted: there are none, they are up to date, they wait
 * for a second person, or the answers exclude one another; then the body drafts them itself when it is ready.
 */
export async function redraftRules(context: Context, host: string, row: SurveyInvitationRow): Promise<boolean> {
  const { rules, rulesTenant } = row
  if (!rules || !rulesTenant || row.rulesVersion === row.version) return false
  try {
    draftOf(row)
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'survey.contradiction') return false
    throw error
  }
  return context.database.tenant(rulesTenant, async (tx) => {
    const known = await readDraft(tx, 'policy', rules, true)
    if (!known || known.proposed) return false
    const { organisation } = found(await readInstitution(tx))
    const renewed = await renewedRules(context, host, row, known, { body: organisation.id, language: row.language })
    if (!renewed || !(await saveDraft(tx, 'policy', rules, renewed, known.revision, context.now))) return false
    await appendEvent(tx, { at: context.now, actor: 'body', name: 'policy.redraft', subject: rules })
    return true
  })
}
