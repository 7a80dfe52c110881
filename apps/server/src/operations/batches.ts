/** Operations of awarding: from a file to a summary that one or two people confirm. Nothing is sealed before. */
import type { BatchAnswer, Handlers } from '@cairn/api'
import { type AwardGiven, fullName, millis, ProblemError } from '@cairn/core'
import { sampleSheet } from '@cairn/sheets'
import {
  appendEvent,
  approveBatch,
  type BatchRecord,
  confirmBatch,
  countLateReferences,
  listBatches,
  listRows,
  lockReferences,
  madeKey,
  readBatch,
  readCredential,
  readEdition,
  readInstitution,
  rememberColumns,
  rememberedColumns,
  replacedBy,
  rowTexts,
  setBatchColumns,
  spendAwards,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found } from '../context.ts'
import { currentSealKey } from '../sealing-keys.ts'
import { mappingOf } from '../table-checking/check-table.ts'
import { tellOfCap } from '../telling-of-cap.ts'
import { batchAnswer as answer, batchAnswers, countsOf, openBatch } from './batch-answer.ts'
import { rowAnswer } from './batch-correcting.ts'
import { beginBatch, createBatch, ofTable, putTable, todayHere, withTable } from './batch-making.ts'

type Own = Pick<
  Handlers<Context>,
  | 'batch.sample'
  | 'batch.create'
  | 'award.make'
  | 'batch.list'
  | 'batch.read'
  | 'batch.rows'
  | 'batch.map'
  | 'batch.confirm'
  | 'batch.approve'
>

/** What may be replaced: sealed, still standing, and an award of the same specification. */
async function requireReplaceable(tx: TenantTransaction, id: string, specification: string): Promise<void> {
  const { record } = found(await readCredential(tx, id, true))
  if (found(await readEdition(tx, record.edition)).specification !== specification)
    throw new ProblemError('input.invalid', 'A replacement is awarded for the same specification.', '/edition')
  if (!record.sealedAt || record.revokedAt)
    throw new ProblemError('request.conflict', 'This credential was revoked or replaced before, or is not sealed yet.')
}

/** What is planned for later is planned within a year. */
function requireNear(plan: { sealAt?: string | undefined; noticeAfter?: string | undefined }, now: string): void {
  for (const field of ['sealAt', 'noticeAfter'] as const)
    if (plan[field] !== undefined && millis(plan[field]) > millis(now) + 366 * 86_400_000)
      throw new ProblemError('input.invalid', 'Nothing is planned for more than a year ahead.', `/${field}`)
}

/** Rows whose numbers somebody else got since they were checked; nobody gets one until this transaction ends. */
async function lateReferences(tx: TenantTransaction, batch: string): Promise<number> {
  await lockReferences(tx)
  return countLateReferences(tx, batch)
}

async function readyToSeal(context: Context, tx: TenantTransaction, batch: BatchRecord, ready: number) {
  const counts = await countsOf(tx, batch.id)
  if (batch.problems.length > 0 || counts.wrong > 0)
    throw new ProblemError(
      'batch.rows-wrong',
      `${counts.wrong} of ${counts.rows} rows need attention first. Put them right, or leave them out.`,
      undefined,
      batch.problems,
    )
  for (const id of await replacedBy(tx, batch.id))
    await requireReplaceable(tx, id, found(await readEdition(tx, batch.edition)).specification)
  const late = batch.mapping.includes('referenceNumber') ? await lateReferences(tx, batch.id) : 0
  if (late > 0)
    throw new ProblemError(
      'batch.rows-wrong',
      `The reference numbers of ${late} rows were given out after the file was read. Have the columns checked again, then put them right.`,
    )
  if (counts.ready === 0) throw new ProblemError('batch.rows-wrong', 'There is no row that could be sealed.')
  if (counts.ready !== ready)
    throw new ProblemError('request.conflict', 'The rows changed after you looked at the summary. Look again, then confirm.')
  const { organisation, fourEyes } = found(await readInstitution(tx))
  return { key: (await currentSealKey(tx, organisation, context.now)).id, fourEyes }
}

/** Counts what a key has sealed by itself, and tells its owners when it reaches a cap. Raises `request.over-cap`. */
async function spend(context: Context, tx: TenantTransaction, key: string, awards: number): Promise<void> {
  const spent = await spendAwards(tx, key, awards, context.now)
  if (spent === 'over')
    throw new ProblemError(
      'request.over-cap',
      'This key has had as many awards sealed as it may for now. A person can confirm this batch in the console.',
    )
  if (spent === 'reached') await tellOfCap(context, tx, key)
}

/**
 * One award by hand: a batch of one row, checked, that waits to be confirmed. `replaces` is the credential whose place it takes, `promised` the id that it
 * will have. Raises `request.not-found` without the edition.
 */
export async function awardByHand(
  context: Context,
  tx: TenantTransaction,
  id: string,
  given: AwardGiven,
  { replaces, promised }: { replaces?: string | undefined; promised?: string } = {},
): Promise<BatchAnswer> {
  const { edition, specification } = found(await readEdition(tx, id))
  if (replaces) await requireReplaceable(tx, replaces, specification)
  const { learner, parts = {}, ...rest } = given
  const { nationalId, ...plain } = learner
  const ofParts = Object.fromEntries(Object.entries(parts).map(([key, grade]) => [`part:${key}`, grade]))
  const cells = {
    ...plain,
    ...(nationalId ? { nationalId: nationalId.value, nationalIdCountry: nationalId.country } : {}),
    ...rest,
    ...ofParts,
  }
  const header = Object.keys(cells)
  const row = { n: 1, cells: Object.values(cells).map(String), ...(replaces ? { replaces } : {}), ...(promised ? { promised } : {}) }
  const job = { edition, today: await todayHere(context, tx), from: { kind: 'rows', rows: [row], mapping: mappingOf(header) } } as const
  return withTable(job, (table) =>
    createBatch(context, tx, { ...beginBatch(context, id, fullName(learner)), ...ofTable(table.facts, header) }, table),
  )
}

export const batchHandlers: Own = {
  'batch.sample': ({ edition }, context) =>
    asTenant(context, async (tx) => {
      const { specification } = found(await readEdition(tx, edition)).edition
      return {
        name: 'recipients.csv',
        mediaType: 'text/csv; charset=utf-8',
        base64: Buffer.from(sampleSheet(specification)).toString('base64'),
      }
    }),

  'batch.create': async ({ edition: id, fileName, base64 }, context) => {
    const { edition, remembered, today } = await asTenant(context, async (tx) => {
      const { edition, specification } = found(await readEdition(tx, id))
      return { edition, remembered: await rememberedColumns(tx, specification), today: await todayHere(context, tx) }
    })
    const file = { name: fileName, bytes: new Uint8Array(Buffer.from(base64, 'base64')) }
    // Read before the transaction: no connection waits for a large table.
    return withTable({ edition, today, from: { kind: 'file', file, remembered } }, (table) =>
      asTenant(context, (tx) => createBatch(context, tx, { ...beginBatch(context, id, fileName), ...ofTable(table.facts) }, table)),
    )
  },

  'award.make': ({ edition, given, replaces }, context) =>
    asTenant(context, (tx) => awardByHand(context, tx, edition, given, { replaces })),

  'batch.list': (query, context) => asTenant(context, async (tx) => batchAnswers(tx, await listBatches(tx, query))),

  'batch.read': ({ id }, context) => asTenant(context, async (tx) => answer(tx, found(await readBatch(tx, id)))),

  'batch.rows': ({ id, ...query }, context) =>
    asTenant(context, async (tx) => {
      found(await readBatch(tx, id))
      const { total, rows } = await listRows(tx, id, query)
      return { total, rows: rows.map(rowAnswer) }
    }),

  'batch.map': ({ id, mapping: columns, awardDate }, context) =>
    asTenant(context, async (tx) => {
      const batch = await openBatch(tx, id)
      if (columns.length !== batch.header.length) throw new ProblemError('input.invalid', 'There is one field for each column.', '/mapping')
      const { edition, specification } = found(await readEdition(tx, batch.edition))
      const mapping = mappingOf(columns)
      const from = { kind: 'store', texts: await rowTexts(tx, id), mapping } as const
      await withTable({ edition, today: await todayHere(context, tx), awardDate, from }, async (table) => {
        await setBatchColumns(tx, id, mapping, awardDate, table.facts.problems)
        await putTable(tx, id, table)
      })
      await rememberColumns(tx, specification, Object.fromEntries(batch.header.map((name, at) => [name, mapping[at] ?? null])))
      return answer(tx, found(await readBatch(tx, id)))
    }),

  'batch.confirm': async ({ id, ready, ...plan }, context) => {
    requireNear(plan, context.now)
    const done = await asTenant(context, async (tx) => {
      const batch = await openBatch(tx, id)
      if ((plan.noticeMinutes || plan.noticeAfter) && (await replacedBy(tx, id)).length > 0)
        throw new ProblemError(
          'input.invalid',
          'A replacement is told at once: the old credential says so from the moment of the seal.',
          '/noticeMinutes',
        )
      if (batch.state === 'awaiting-approval')
        throw new ProblemError('request.conflict', 'This batch was confirmed and waits for a second person.')
      const { key, fourEyes } = await readyToSeal(context, tx, batch, ready)
      // Where a person has to approve what a program confirms, that is no business of a cap (R-KEY-5): by itself the key has nothing sealed.
      if (context.key && !fourEyes) await spend(context, tx, context.key.id, ready)
      const state = fourEyes ? 'awaiting-approval' : 'confirmed'
      await confirmBatch(tx, id, { person: context.caller.person!, name: context.caller.name ?? '', key, state, ...plan })
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'batch.confirm', subject: id })
      return answer(tx, found(await readBatch(tx, id)))
    })
    context.wake('seal')
    return done
  },

  'batch.approve': async ({ id, ready }, context) => {
    const done = await asTenant(context, async (tx) => {
      const batch = await openBatch(tx, id)
      if (batch.state !== 'awaiting-approval') throw new ProblemError('request.conflict', 'This batch does not wait for approval.')
      if (batch.confirmedBy === context.caller.person)
        throw new ProblemError('batch.same-person', 'You confirmed this batch yourself; another person has to approve it.')
      if (await madeKey(tx, context.caller.person!, batch.confirmedBy!))
        throw new ProblemError('batch.same-person', 'A key that you made confirmed this batch; another person has to approve it.')
      const { key } = await readyToSeal(context, tx, batch, ready)
      await approveBatch(tx, id, { person: context.caller.person!, name: context.caller.name ?? '', key })
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'batch.approve', subject: id })
      return answer(tx, found(await readBatch(tx, id)))
    })
    context.wake('seal')
    return done
  },
}
