/** Making a batch, whichever way its rows came. */
import type { BatchAnswer } from '@cairn/api'
import { todayOf } from '@cairn/core'
import { appendEvent, type BatchRecord, insertBatch, putRows, readInstitution, type TenantTransaction } from '@cairn/store'
import { type Context, found, newId } from '../context.ts'
import { answerAsks } from '../table-checking/answer-asks.ts'
import { type CheckedTable, checkTable } from '../table-checking/check-apart.ts'
import type { TableFacts, TableJob } from '../table-checking/table-job.ts'
import { batchAnswer } from './batch-answer.ts'

/** The day that it is at the institution: no award is of a later one. */
export const todayHere = async ({ now }: Pick<Context, 'now'>, tx: TenantTransaction): Promise<string> =>
  todayOf(found(await readInstitution(tx)).organisation, now)

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

/** What a table brings of a batch. */
export const ofTable = ({ sheet, mapping, problems }: TableFacts, header: readonly string[] = []) => ({
  ...(sheet ? { encoding: sheet.encoding } : {}),
  ...(sheet?.separator ? { separator: sheet.separator } : {}),
  header: [...(sheet?.header ?? header)],
  mapping: [...mapping],
  problems,
})

/** Stores a batch with the rows of its table. */
export async function createBatch(context: Context, tx: TenantTransaction, batch: BatchRecord, table: CheckedTable): Promise<BatchAnswer> {
  await insertBatch(tx, batch)
  await putTable(tx, batch.id, table)
  await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'batch.create', subject: batch.id })
  return batchAnswer(tx, batch)
}

/** Answers what a table asks, and writes its rows. */
export async function putTable(tx: TenantTransaction, batch: string, { asks, rows }: CheckedTable): Promise<void> {
  for await (const text of rows(await answerAsks(tx, asks))) await putRows(tx, batch, text)
}

/** Does something with a table, and lets it go. Raises what {@link checkTable} raises. */
export async function withTable<T>(job: TableJob, work: (table: CheckedTable) => Promise<T>): Promise<T> {
  const table = await checkTable(job)
  try {
    return await work(table)
  } finally {
    await table.close()
  }
}
