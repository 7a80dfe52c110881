/** Answers kept by the caller's key, so that a repeated request gives the first answer (R-IDEM-1). */
import { ProblemError } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'

/** How long an answer is kept, in days. */
const keptDays = 7

/**
 * Does the work of a request once. Act and answer are one transaction: after a crash at any moment either both are there or neither, and no key
 * stays taken. Work that fails leaves nothing, so a repeated request tries again. Raises `request.in-progress` while the first is still at it,
 * `request.key-reused` when the key belongs to another request.
 * @param requestHash what was asked, and by whom
 * @param work returns the text to answer with
 */
export async function answerOnce(
  database: Database,
  given: { tenant: string; key: string; requestHash: Uint8Array; now: string },
  work: (tx: TenantTransaction) => Promise<string>,
): Promise<string> {
  const { tenant, key, now } = given
  const requestHash = Buffer.from(given.requestHash)
  return database.tenant(tenant, async (tx) => {
    const { rows: locks } = await sql<{
      free: boolean
    }>`select pg_try_advisory_xact_lock(hashtextextended(${`${tenant} ${key}`}, 3)) as free`.execute(tx)
    if (!locks[0]!.free) throw new ProblemError('request.in-progress', 'The first request with this key is still being worked on.')
    const { rows } = await sql<{ request_hash: Buffer; answer: string }>`select request_hash, answer from idempotency
      where tenant = ${tenant} and key = ${key} and created_at > ${oldest(now)}`.execute(tx)
    const kept = rows[0]
    if (kept && !kept.request_hash.equals(requestHash))
      throw new ProblemError('request.key-reused', 'Use a new Idempotency-Key for a new request.')
    if (kept) return kept.answer
    const answer = await work(tx)
    await sql`insert into idempotency (tenant, key, request_hash, status, answer, created_at) values (${tenant}, ${key}, ${requestHash}, 200, ${answer}, ${now})
      on conflict (tenant, key) do update set request_hash = excluded.request_hash, answer = excluded.answer, created_at = excluded.created_at`.execute(
      tx,
    )
    return answer
  })
}

/** Forgets answers of every tenant whose time is over. */
export async function forgetOldAnswers(database: Database, now: string): Promise<void> {
  await database.system((tx) => sql`delete from idempotency where created_at <= ${oldest(now)}`.execute(tx))
}

const oldest = (now: string): string => new Date(Date.parse(now) - keptDays * 86_400_000).toISOString()
