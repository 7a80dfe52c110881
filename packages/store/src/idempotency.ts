/** Answers kept by the caller's key, so that a repeated request gives the first answer (R-IDEM-1). */
import { sql } from 'kysely'
import type { Database } from './database.ts'

/** What is known of a key: nothing yet (and now taken), in progress, another request's, or the answer. */
export type KeptAnswer =
  | { state: 'taken' }
  | { state: 'in-progress' }
  | { state: 'other-request' }
  | { state: 'answered'; status: number; answer: string }

export async function takeKey(database: Database, tenant: string, key: string, requestHash: Uint8Array, now: string): Promise<KeptAnswer> {
  return database.tenant(tenant, async (tx) => {
    const { numAffectedRows } =
      await sql`insert into idempotency (tenant, key, request_hash, created_at) values (${tenant}, ${key}, ${Buffer.from(requestHash)}, ${now})
      on conflict do nothing`.execute(tx)
    if (numAffectedRows === 1n) return { state: 'taken' as const }
    const { rows } = await sql<{
      request_hash: Buffer
      status: number | null
      answer: string | null
    }>`select request_hash, status, answer from idempotency where tenant = ${tenant} and key = ${key}`.execute(tx)
    const row = rows[0]
    if (!row) return { state: 'in-progress' as const }
    if (!row.request_hash.equals(Buffer.from(requestHash))) return { state: 'other-request' as const }
    return row.status === null
      ? { state: 'in-progress' as const }
      : { state: 'answered' as const, status: row.status, answer: row.answer ?? '' }
  })
}

export async function keepAnswer(database: Database, tenant: string, key: string, status: number, answer: string): Promise<void> {
  await database.tenant(tenant, (tx) =>
    sql`update idempotency set status = ${status}, answer = ${answer} where tenant = ${tenant} and key = ${key}`.execute(tx),
  )
}

/** Gives a key back after a failure on our side, so that the caller can try again. */
export async function releaseKey(database: Database, tenant: string, key: string): Promise<void> {
  await database.tenant(tenant, (tx) =>
    sql`delete from idempotency where tenant = ${tenant} and key = ${key} and status is null`.execute(tx),
  )
}
