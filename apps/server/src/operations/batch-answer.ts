/** What the operations on batches have in common: the batch as an answer, and the batch while it is open to change. */
import type { BatchAnswer } from '@cairn/api'
import { ProblemError, textIn } from '@cairn/core'
import {
  type BatchCounts,
  type BatchRecord,
  countBatches,
  listKeys,
  readBatch,
  readEdition,
  readInstitution,
  replacedBy,
  type TenantTransaction,
} from '@cairn/store'
import { found } from '../context.ts'

const none: BatchCounts = { rows: 0, ready: 0, wrong: 0, duplicate: 0, sealed: 0, delivered: 0 }
const open = ['draft', 'checked', 'awaiting-approval']

/** Counts of one batch. */
export const countsOf = async (tx: TenantTransaction, batch: string): Promise<BatchCounts> =>
  (await countBatches(tx, [batch])).get(batch) ?? none

/** The batch as the console shows it. */
export async function batchAnswer(tx: TenantTransaction, batch: BatchRecord, counts?: BatchCounts): Promise<BatchAnswer> {
  const { edition } = found(await readEdition(tx, batch.edition))
  const { fourEyes } = found(await readInstitution(tx))
  const key = batch.key ? (await listKeys(tx)).find(({ id }) => id === batch.key) : undefined
  return {
    id: batch.id,
    edition: batch.edition,
    title: textIn(edition.specification.title, edition.specification.primaryLanguage),
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
    counts: counts ?? (await countsOf(tx, batch.id)),
    problems: batch.problems,
    ...(key ? { key: { id: key.id, label: key.label } } : {}),
    needsApproval: fourEyes,
    ...(batch.sealAt ? { sealAt: batch.sealAt } : {}),
    ...(batch.noticeMinutes ? { noticeMinutes: batch.noticeMinutes } : {}),
    ...(batch.noticeAfter ? { noticeAfter: batch.noticeAfter } : {}),
    replacing: (await replacedBy(tx, batch.id)).length > 0,
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
