/** What the operations on batches have in common: the batch as an answer, and the batch while it is open to change. */
import type { BatchAnswer } from '@cairn/api'
import { type Problem, ProblemError } from '@cairn/core'
import {
  type BatchCounts,
  type BatchRecord,
  countBatches,
  listKeys,
  readBatch,
  readInstitution,
  type TenantTransaction,
} from '@cairn/store'
import { found } from '../context.ts'
import { editionTitles } from './edition-titles.ts'

const none: BatchCounts = { rows: 0, ready: 0, wrong: 0, duplicate: 0, warned: 0, sealed: 0, delivered: 0, replacing: false }
const open = ['draft', 'checked', 'awaiting-approval']

/** Counts of one batch. */
export const countsOf = async (tx: TenantTransaction, batch: string): Promise<BatchCounts> =>
  (await countBatches(tx, [batch])).get(batch) ?? none

/** The batch as the console shows it. */
export async function batchAnswer(tx: TenantTransaction, batch: BatchRecord): Promise<BatchAnswer> {
  const [answer] = await batchAnswers(tx, [batch])
  return answer!
}

/** Batches as the console shows them, in the order given; what they have in common is read once. */
export async function batchAnswers(tx: TenantTransaction, batches: readonly BatchRecord[]): Promise<BatchAnswer[]> {
  const { fourEyes } = found(await readInstitution(tx))
  const labels = new Map((await listKeys(tx)).map(({ id, label }) => [id, label]))
  const counted = await countBatches(
    tx,
    batches.map(({ id }) => id),
  )
  const titles = await editionTitles(
    tx,
    batches.map(({ edition }) => edition),
  )
  return batches.map((batch) =>
    answerOf(batch, {
      title: titles.get(batch.edition)!,
      counted: counted.get(batch.id) ?? none,
      label: batch.key && labels.get(batch.key),
      needsApproval: fourEyes,
    }),
  )
}

function answerOf(
  batch: BatchRecord,
  { title, counted, label, needsApproval }: { title: string; counted: BatchCounts; label: string | undefined; needsApproval: boolean },
): BatchAnswer {
  const { replacing, ...counts } = counted
  return {
    id: batch.id,
    edition: batch.edition,
    title,
    state: batch.state,
    source: batch.source,
    createdAt: batch.createdAt,
    createdBy: batch.createdName,
    ...(batch.confirmedName ? { confirmedBy: batch.confirmedName } : {}),
    ...(batch.approvedName ? { approvedBy: batch.approvedName } : {}),
    ...(batch.encoding ? { encoding: batch.encoding } : {}),
    ...(batch.separator ? { separator: batch.separator } : {}),
    header: batch.header,
    mapping: batch.mapping,
    counts,
    problems: batch.problems,
    ...(batch.key && label !== undefined ? { key: { id: batch.key, label } } : {}),
    needsApproval,
    ...(batch.sealAt ? { sealAt: batch.sealAt } : {}),
    ...(batch.noticeMinutes ? { noticeMinutes: batch.noticeMinutes } : {}),
    ...(batch.noticeAfter ? { noticeAfter: batch.noticeAfter } : {}),
    replacing,
  }
}

/** True while nobody has confirmed it to its end. */
export const isOpen = ({ state }: Pick<BatchRecord, 'state'>): boolean => open.includes(state)

/** The batch, locked, and still open to change. */
export async function openBatch(tx: TenantTransaction, id: string): Promise<BatchRecord> {
  const batch = found(await readBatch(tx, id, true))
  if (!isOpen(batch))
    throw new ProblemError('request.conflict', 'This batch was confirmed or cancelled before, and cannot be changed any more.')
  return batch
}

/** What is said of a row in a table, behind the field that it is said of. */
export const besideField = ({ pointer, detail }: Problem) => `${pointer?.split('/').at(-1) ?? ''}: ${detail}`
