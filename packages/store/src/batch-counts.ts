/** How many rows of a batch are ready, wrong or awarded before, and how many of its credentials are sealed, taken and revoked. */
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'

/** Rows that are not left out. They do not change once the batch is confirmed or cancelled. */
export interface RowCounts {
  rows: number
  ready: number
  wrong: number
  duplicate: number
  /** Of those that are ready: worth a look. */
  warned: number
  /** True when a row is to take the place of a credential. */
  replacing: boolean
}
export interface BatchCounts extends RowCounts {
  sealed: number
  delivered: number
}

/** True of rows that are ready and worth a look. */
export const warned = sql`(warnings is not null and problems = '[]' and duplicate_of is null)`

/** The rows of the batch `b`, counted. */
const rowsCounted = sql`(select jsonb_build_object('rows', count(*), 'ready', count(*) filter (where problems = '[]' and duplicate_of is null),
    'wrong', count(*) filter (where problems <> '[]'), 'duplicate', count(*) filter (where problems = '[]' and duplicate_of is not null),
    'warned', count(*) filter (where ${warned}),
    'replacing', coalesce(bool_or(replaces is not null), false))
  from batch_row where tenant = b.tenant and batch = b.id and not left_out)`
const sealsCounted = sql`(select count(sealed_at)::int from credential where tenant = b.tenant and batch = b.id)`
const inBatch = (since: 'delivered_at' | 'revoked_at') =>
  sql`(select count(*)::int from credential where tenant = b.tenant and batch = b.id and ${sql.ref(since)} is not null)`

/** Counts of the batch `b` for a query: kept ones where there are any. */
export const counted = {
  rows: sql`coalesce(b.counts, ${rowsCounted})`,
  sealed: sql`coalesce(b.sealed, ${sealsCounted})`,
  delivered: inBatch('delivered_at'),
  revoked: inBatch('revoked_at'),
}

/** What counts that were kept before it was counted do not say. */
const uncounted = { warned: 0 }

/** Counts of several batches at once. */
export async function countBatches(tx: TenantTransaction, ids: readonly string[]): Promise<Map<string, BatchCounts>> {
  const { rows } = await sql<{ batch: string; rows: RowCounts; sealed: number; delivered: number }>`select b.id as batch,
      ${counted.rows} as rows, ${counted.sealed} as sealed, ${counted.delivered} as delivered
    from batch b where b.tenant = ${tx.tenant} and b.id = any(${ids as string[]})`.execute(tx)
  return new Map(rows.map(({ batch, rows, ...credentials }) => [batch, { ...uncounted, ...rows, ...credentials }]))
}

/** Keeps the counts of rows that do not change any more: the batch was confirmed, or cancelled before it was. */
export async function keepRowCounts(tx: TenantTransaction, batch: string): Promise<void> {
  await sql`update batch b set counts = ${rowsCounted} where tenant = ${tx.tenant} and id = ${batch}`.execute(tx)
}

/** Keeps how many seals there are of a batch that gets no more. */
export async function keepSealCount(tx: TenantTransaction, batch: string): Promise<void> {
  await sql`update batch b set sealed = ${sealsCounted} where tenant = ${tx.tenant} and id = ${batch}`.execute(tx)
}
