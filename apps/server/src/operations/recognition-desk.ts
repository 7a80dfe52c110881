/** The body's desk: what waits, what the rules propose and why, and a person's answer. */
import type { Handlers, RecognitionAnswer } from '@cairn/api'
import { helpInPolicies, type JsonObject, ProblemError, type Purpose, textIn } from '@cairn/core'
import { mailText } from '@cairn/documents'
import {
  appendEvent,
  countPrecedents,
  insertMessages,
  listRecognitions,
  listTargets,
  putComparison,
  type RecognitionRow,
  readInstitution,
  readRecognition,
  readTargetRow,
  stepRecognition,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'
import { decisionFile, declareDecision } from '../forms/decision-form.ts'
import {
  daysLater,
  type Frozen,
  formOfTarget,
  freshReports,
  linkToken,
  procedureOf,
  proposeFor,
  titleOf,
  titleOfRequest,
  urnOf,
} from '../recognition-case.ts'
import { sealIfPossible } from '../seal-declaration.ts'
import { answerTransfer } from '../sharing/answer-transfer.ts'
import { appealOf } from './recognition-asking.ts'
import { freeze, grantsBy, tellLearner } from './recognition-deciding.ts'

type Own = Pick<
  Handlers<Context>,
  | 'recognition.list'
  | 'recognition.read'
  | 'recognition.complete'
  | 'recognition.compare'
  | 'recognition.question'
  | 'recognition.decide'
  | 'recognition.review'
  | 'recognition.export'
  | 'recognition.declaration'
>

const isOverdue = ({ state, dueOn }: RecognitionRow, today: string) => (state === 'submitted' || state === 'appealed') && dueOn < today

async function answer(context: Context, tx: TenantTransaction, row: RecognitionRow): Promise<RecognitionAnswer> {
  const today = context.now.slice(0, 10)
  const { organisation } = found(await readInstitution(tx))
  const proposed = await proposeFor(tx, organisation, row, today)
  const frozen = row.frozen ? (JSON.parse(row.frozen) as Frozen) : undefined
  const decision = frozen?.decision ?? proposed.decision
  const policies = frozen
    ? Object.entries(frozen.policies).map(([id, content]) => ({ id, content: content as JsonObject }))
    : proposed.versions.map(({ id, content }) => ({ id: urnOf(id), content }))
  return {
    id: row.id,
    revision: row.revision,
    learner: row.learner,
    email: row.email,
    language: row.language,
    title: titleOfRequest(row),
    purpose: row.purpose as Purpose,
    target: { id: proposed.target.id, title: proposed.target.title, form: formOfTarget(proposed.target), content: proposed.target.content },
    state: row.state,
    submittedAt: row.submittedAt,
    dueOn: row.dueOn,
    overdue: isOverdue(row, today),
    credentials: (frozen?.case ?? proposed.given).credentials.map((facts) => {
      const report = row.reports.find(({ view }) => view?.id === facts.id)
      return { facts, ...(report?.registry ? { issuer: report.registry.legalName } : {}) }
    }),
    known: row.known,
    outcomes: [...new Set(row.reports.flatMap(({ view }) => view?.outcomes ?? []))],
    ...(proposed.comparison ? { comparison: proposed.comparison } : {}),
    decision,
    help: helpInPolicies(decision, Object.fromEntries(policies.map(({ id, content }) => [id, content]))),
    policies: policies.map(({ id, content }) => ({
      id,
      title: titleOf(content),
      version: Number(content.version),
      hash: decision.policies.find((each) => each.id === id)?.hash ?? '',
    })),
    precedents: await countPrecedents(tx, proposed.precedent, row.id),
    ...(row.question ? { question: row.question } : {}),
    ...(row.answer ? { answer: row.answer } : {}),
    ...(frozen ? { confirmed: frozen.confirmed } : {}),
    ...(row.appealUntil ? { appealUntil: row.appealUntil } : {}),
    ...appealOf(row),
  }
}

/** The request with its reports as they are today: a credential that was revoked meanwhile says so. */
async function freshRow(context: Context, id: string): Promise<RecognitionRow> {
  const row = await asTenant(context, async (tx) => found(await readRecognition(tx, id)))
  return { ...row, reports: await freshReports(context, row) }
}

/** A step on an open request: locked, and still as it was looked at. */
async function step(
  context: Context,
  { id, revision, states }: { id: string; revision: number; states: readonly RecognitionRow['state'][] },
  work: (tx: TenantTransaction, row: RecognitionRow) => Promise<void>,
): Promise<RecognitionAnswer> {
  const { reports } = await freshRow(context, id)
  const done = await asTenant(context, async (tx) => {
    const row = { ...found(await readRecognition(tx, id, true)), reports }
    if (row.revision !== revision || !states.includes(row.state))
      throw new ProblemError('request.conflict', 'This request went on after you looked at it. Look again.')
    await work(tx, row)
    return answer(context, tx, { ...found(await readRecognition(tx, id)), reports })
  })
  context.wake('mail')
  return done
}

const open = ['submitted', 'evidence-asked'] as const

export const deskHandlers: Own = {
  'recognition.list': (query, context) =>
    asTenant(context, async (tx) => {
      const { total, items } = await listRecognitions(tx, query)
      const targets = new Map((await listTargets(tx)).map((row) => [row.id, row.title]))
      const today = context.now.slice(0, 10)
      return {
        total,
        items: items.map((row) => ({
          id: row.id,
          learner: row.learner,
          title: titleOfRequest(row),
          target: targets.get(row.target) ?? {},
          purpose: row.purpose as Purpose,
          state: row.state,
          submittedAt: row.submittedAt,
          dueOn: row.dueOn,
          overdue: isOverdue(row, today),
          ...(row.outcome ? { outcome: row.outcome as 'full' } : {}),
        })),
      }
    }),

  'recognition.read': async ({ id }, context) => {
    const row = await freshRow(context, id)
    return asTenant(context, (tx) => answer(context, tx, row))
  },

  'recognition.complete': ({ id, revision, known }, context) =>
    step(context, { id, revision, states: open }, async (tx) => {
      await stepRecognition(tx, id, { known: known as JsonObject })
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'recognition.complete', subject: id })
    }),

  'recognition.compare': ({ id, revision, matches }, context) =>
    step(context, { id, revision, states: open }, async (tx, row) => {
      const target = found(await readTargetRow(tx, row.target))
      const ours = ((target.content.outcomes ?? []) as { id: string }[]).map((outcome) => outcome.id)
      for (const outcome of Object.keys(matches))
        if (!ours.includes(outcome)) throw new ProblemError('input.invalid', 'The target has no such outcome.', `/matches/${outcome}`)
      if (!row.achievement)
        throw new ProblemError('input.invalid', 'The credential names no achievement, so a comparison could not be remembered.', '/matches')
      await putComparison(tx, {
        achievement: row.achievement,
        target: row.target,
        matches,
        by: context.caller.name ?? '',
        now: context.now,
      })
      await stepRecognition(tx, id, { state: row.state })
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'recognition.compare', subject: id })
    }),

  'recognition.question': ({ id, revision, words }, context) =>
    step(context, { id, revision, states: ['submitted'] }, async (tx, row) => {
      const { organisation } = found(await readInstitution(tx))
      await stepRecognition(tx, id, { state: 'evidence-asked', question: words, pausedAt: context.now })
      const mail = mailText('recognition-question', row.language, {
        learner: row.learner,
        institution: textIn(organisation.legalName, row.language),
        title: titleOfRequest(row),
        link: `${context.config.publicUrl}/r/${linkToken(context, id)}`,
      })
      await insertMessages(tx, [{ id: newId(), kind: 'recognition', to: row.email, ...mail }], context.now)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'recognition.question', subject: id })
    }),

  'recognition.decide': ({ id, revision, as, amount, words }, context) =>
    step(context, { id, revision, states: open }, async (tx, row) => {
      const { organisation } = found(await readInstitution(tx))
      const proposed = await proposeFor(tx, organisation, row, context.now.slice(0, 10))
      const { outcome, grants } = proposed.decision
      if (as === 'proposed' && outcome === 'needs-human')
        throw new ProblemError('input.invalid', 'The rules leave this to you. Say what you decide, and why.', '/as')
      if (as !== 'proposed' && !words)
        throw new ProblemError('input.invalid', 'A decision beside the rules needs its reasons in words.', '/words')
      const confirmed: Frozen['confirmed'] = {
        as,
        outcome: as === 'proposed' ? outcome : as,
        grants: as === 'proposed' ? grants : grantsBy(formOfTarget(proposed.target), as, amount, row.target),
        // Whoever says less than everything signs it with their name (domain 2.3, 8).
        by: context.caller.name || context.caller.email || '',
        at: context.now,
        ...(words ? { words } : {}),
      }
      await freeze(context, tx, organisation, row, proposed, confirmed)
      await tellLearner(
        context,
        tx,
        organisation,
        row,
        confirmed.outcome,
        daysLater(context.now, procedureOf(proposed.versions).appealDays),
      )
    }),

  'recognition.review': ({ id, revision, verdict, as, amount, words }, context) =>
    step(context, { id, revision, states: ['appealed'] }, async (tx, row) => {
      const { organisation, fourEyes } = found(await readInstitution(tx))
      if (fourEyes && row.decidedBy === context.caller.person)
        throw new ProblemError('recognition.same-person', 'Somebody else than who decided answers the appeal.')
      if (verdict === 'changed' && !as) throw new ProblemError('input.invalid', 'Say what you decide instead.', '/as')
      const frozen = JSON.parse(found(row.frozen)) as Frozen
      const target = found(await readTargetRow(tx, row.target))
      const by = context.caller.name || context.caller.email || ''
      const changed: Frozen['confirmed'] | undefined =
        verdict === 'changed' && as
          ? { as, outcome: as, grants: grantsBy(formOfTarget(target), as, amount, row.target), by, at: context.now, words }
          : undefined
      await stepRecognition(tx, id, {
        state: 'closed',
        appealOutcome: verdict,
        appealWords: words,
        appealName: by,
        closedAt: context.now,
        ...(changed ? { frozen: JSON.stringify({ ...frozen, confirmed: changed }), outcome: changed.outcome } : {}),
      })
      // A decision that an appeal changed is declared anew, and says which declaration it takes the place of; so does the answer to another member.
      if (changed) {
        const decided = found(await readRecognition(tx, id))
        await sealIfPossible(context, () => declareDecision(context, tx, organisation, decided))
        await answerTransfer(context, tx, organisation, decided, { confirmed: changed, decision: frozen.decision })
      }
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: `recognition.appeal-${verdict}`, subject: id })
      await tellLearner(context, tx, organisation, row, changed?.outcome ?? frozen.confirmed.outcome)
    }),

  'recognition.declaration': ({ id, form }, context) =>
    asTenant(context, async (tx) => decisionFile(context, tx, found(await readRecognition(tx, id)), form)),

  'recognition.export': ({ id }, context) =>
    asTenant(context, async (tx) => {
      const row = found(await readRecognition(tx, id))
      if (!row.frozen) throw new ProblemError('request.conflict', 'This request is not decided yet.')
      return {
        name: `recognition-${id}.json`,
        mediaType: 'application/json',
        base64: Buffer.from(row.frozen).toString('base64'),
      }
    }),
}
