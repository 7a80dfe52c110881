/** What happens when a request is decided, by whom ever: it is frozen, and the learner is told. */
import { type Decision, type Grant, type Organisation, ProblemError, type TargetForm, textIn } from '@cairn/core'
import { mailText } from '@cairn/documents'
import { appendEvent, insertMessages, type RecognitionRow, readRecognition, stepRecognition, type TenantTransaction } from '@cairn/store'
import { type Context, found, newId } from '../context.ts'
import { declareDecision } from '../forms/decision-form.ts'
import { daysLater, type Frozen, linkToken, type ProposedDecision, procedureOf, titleOfRequest, urnOf } from '../recognition-case.ts'
import { sealIfPossible } from '../seal-declaration.ts'
import { answerTransfer } from '../sharing/answer-transfer.ts'

/** Keeps the decision with everything a replay needs, as text, declares it under the body's seal, and answers the member that the credential came from. `confirmed.by` is absent where the rules alone decided. */
export async function freeze(
  context: Context,
  tx: TenantTransaction,
  organisation: Organisation,
  row: RecognitionRow,
  proposed: ProposedDecision,
  confirmed: Frozen['confirmed'],
): Promise<void> {
  const frozen: Frozen = { ...proposed.library, case: proposed.given, decision: proposed.decision, confirmed }
  await stepRecognition(tx, row.id, {
    state: 'decided',
    frozen: JSON.stringify(frozen),
    outcome: confirmed.outcome,
    precedent: proposed.precedent,
    decidedAt: context.now,
    ...(context.caller.person && confirmed.by ? { decidedBy: context.caller.person, decidedName: confirmed.by } : {}),
    appealUntil: daysLater(context.now, procedureOf(proposed.versions).appealDays),
    pausedAt: null,
  })
  const decided = found(await readRecognition(tx, row.id))
  await sealIfPossible(context, () => declareDecision(context, tx, organisation, decided))
  await answerTransfer(context, tx, organisation, decided, frozen)
  await appendEvent(tx, { at: context.now, actor: context.caller.person ?? 'rule', name: 'recognition.decide', subject: row.id })
}

/** Writes to the learner in the learner's language. */
export async function tellLearner(
  context: Context,
  tx: TenantTransaction,
  organisation: Organisation,
  row: RecognitionRow,
  outcome: string,
  appealUntil?: string,
): Promise<void> {
  const base = {
    learner: row.learner,
    institution: textIn(organisation.legalName, row.language),
    title: titleOfRequest(row),
    outcome,
    link: `${context.config.publicUrl}/r/${linkToken(context, row.id)}`,
  }
  const words = appealUntil
    ? mailText('recognition-decided', row.language, { ...base, day: appealUntil })
    : mailText('recognition-reviewed', row.language, base)
  await insertMessages(tx, [{ id: newId(), kind: 'recognition', to: row.email, ...words }], context.now)
}

/** What a person grants where they do not take the proposal: one grant of the kind that the target has. Raises `input.invalid` without an amount where one is needed. */
export function grantsBy(
  form: TargetForm,
  as: 'full' | 'partial' | 'refused',
  amount: number | undefined,
  target: string,
): Decision['grants'] {
  if (as === 'refused') return []
  const counted = (grant: Omit<Grant, 'amount'>): Grant[] => {
    if (amount === undefined) throw new ProblemError('input.invalid', 'Say how much is granted.', '/amount')
    return [{ ...grant, amount }]
  }
  switch (form) {
    case 'module':
      return as === 'full'
        ? counted({ kind: 'specified-credit', unit: 'ECTS', target: urnOf(target) })
        : counted({ kind: 'unspecified-credit', unit: 'ECTS' })
    case 'post':
      return counted({ kind: 'career-hours', unit: 'hours', category: as === 'full' ? 'job-specific' : 'general' })
    case 'vet':
      return [{ kind: as === 'full' ? 'grade-B' : 'grade-A', target: urnOf(target) }]
    case 'job':
      return [{ kind: 'job-match', target: urnOf(target) }]
  }
}
