/** Making a batch, whichever way its rows came. */
import type { BatchAnswer } from '@cairn/api'
import { appendEvent, type BatchRecord, type BatchRowRecord, insertBatch, putRows, type TenantTransaction } from '@cairn/store'
import { type Context, newId } from '../context.ts'
import { batchAnswer } from './batch-answer.ts'

/** The beginning of a batch: who made it, when, and where its rows came from. */
export const beginBatch = (context: Context, edition: string, source: string) => ({
  id: newId(),
  edition,
  state: 'checked' as const,
  source,
  createdAt: context.now,
  createdBy: context.caller.person!,
  createdName: context.caller.name ?? '',
})

/** Stores a batch with its checked rows. */
export async function createBatch(
  context: Context,
  tx: TenantTransaction,
  batch: BatchRecord,
  rows: readonly BatchRowRecord[],
): Promise<BatchAnswer> {
  await insertBatch(tx, batch)
  await putRows(tx, batch.id, rows)
  await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'batch.create', subject: batch.id })
  return batchAnswer(tx, batch)
}
