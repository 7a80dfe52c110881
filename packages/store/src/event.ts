/** The record of what was done: a chain of hashes, written in the same transaction as the act (R-LOG-1, R-LOG-2). */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'
import { instant, onPage, type Page, totalOf } from './rows.ts'
import { queueDeliveries } from './webhook.ts'

export interface EventRow {
  seq: number
  at: string
  actor: string
  name: string
  subject?: string
  hash: string
}

const hashOf = (before: Uint8Array, seq: number, at: string, actor: string, name: string, subject: string | undefined): Buffer =>
  createHash('sha256')
    .update(before)
    .update(JSON.stringify([seq, at, actor, name, subject ?? null]))
    .digest()

/** What is recorded: `name` is `noun.verb`; `subject` an id, never a person's data. */
export interface EventGiven {
  at: string
  actor: string
  name: string
  subject?: string | undefined
}

/** Appends an event. The act is refused with it: both are one transaction. */
export const appendEvent = (tx: TenantTransaction, given: EventGiven): Promise<void> => appendEvents(tx, [given])

/** Appends events in one statement, in their order; programs that want to know of them are told, once this is committed. */
export async function appendEvents(tx: TenantTransaction, events: readonly EventGiven[]): Promise<void> {
  if (events.length === 0) return
  // One writer at a time for each tenant, or two would continue the chain from the same link.
  await sql`select pg_advisory_xact_lock(hashtextextended(${tx.tenant}, 1))`.execute(tx)
  const { rows } = await sql<{
    seq: number
    hash: Buffer
  }>`select seq, hash from event where tenant = ${tx.tenant} order by seq desc limit 1`.execute(tx)
  const first = (rows[0]?.seq ?? 0) + 1
  let before: Uint8Array = rows[0]?.hash ?? Buffer.alloc(32)
  const hashes = events.map(({ at, actor, name, subject }, index) => {
    const hash = hashOf(before, first + index, at, actor, name, subject)
    before = hash
    return hash
  })
  await sql`insert into event (tenant, seq, at, actor, name, subject, hash)
    select ${tx.tenant}, ${first}::int + e.n::int - 1, e.at, e.actor, e.name, e.subject, e.hash from unnest(${events.map(({ at }) => at)}::timestamptz[],
      ${events.map(({ actor }) => actor)}::text[], ${events.map(({ name }) => name)}::text[], ${events.map(({ subject }) => subject ?? null)}::text[],
      ${hashes}::bytea[]) with ordinality as e(at, actor, name, subject, hash, n)`.execute(tx)
  await queueDeliveries(
    tx,
    events.map(({ name, at }, index) => ({ seq: first + index, name, at })),
  )
}

interface RawEvent {
  seq: number
  at: Date
  actor: string
  name: string
  subject: string | null
  hash: Buffer
}

/** A page of the record, newest first; of one subject when named. */
export async function listEvents(
  tx: TenantTransaction,
  { subject, ...page }: Page & { subject?: string | undefined },
): Promise<{ total: number; items: EventRow[] }> {
  const listed = sql`from event where tenant = ${tx.tenant} ${subject ? sql`and subject = ${subject}` : sql``}`
  const { rows } = await sql<RawEvent>`select * ${listed} order by seq desc ${onPage(page)}`.execute(tx)
  const items = rows.map((row) => ({
    seq: row.seq,
    at: instant(row.at)!,
    actor: row.actor,
    name: row.name,
    ...(row.subject === null ? {} : { subject: row.subject }),
    hash: row.hash.toString('hex'),
  }))
  return { total: await totalOf(tx, page, rows.length, listed), items }
}

/**
 * True when every link follows from the one before and no number is missing, from the one numbered `from` to the newest. What stands before it
 * is not looked at.
 */
export async function isChainIntact(tx: TenantTransaction, from = 1): Promise<boolean> {
  let before: Buffer = Buffer.alloc(32)
  let seq = Math.max(1, from) - 1
  if (seq > 0) {
    const { rows } = await sql<{ hash: Buffer }>`select hash from event where tenant = ${tx.tenant} and seq = ${seq}`.execute(tx)
    if (!rows[0]) return false
    before = rows[0].hash
  }
  for (;;) {
    const { rows } = await sql<RawEvent>`select * from event where tenant = ${tx.tenant} and seq > ${seq} order by seq limit 5000`.execute(
      tx,
    )
    for (const row of rows) {
      seq++
      const hash = hashOf(before, seq, instant(row.at)!, row.actor, row.name, row.subject ?? undefined)
      if (row.seq !== seq || !hash.equals(row.hash)) return false
      before = row.hash
    }
    if (rows.length < 5000) return true
  }
}

/** The number of the newest entry; 0 where there is none. */
export async function newestEvent(tx: TenantTransaction): Promise<number> {
  const { rows } = await sql<{ newest: number }>`select coalesce(max(seq), 0) as newest from event where tenant = ${tx.tenant}`.execute(tx)
  return rows[0]!.newest
}
