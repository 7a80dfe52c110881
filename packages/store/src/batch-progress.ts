/** A batch while it is sealed and its notices go out: counts, when notices may go, and what was cancelled before anybody was told. */
import type { CredentialState, Problem, RevocationReason } from '@cairn/core'
import { sql } from 'kysely'
import type { BatchState } from './batch.ts'
import { counted, keepSealCount, type RowCounts } from './batch-counts.ts'
import type { TenantTransaction } from './database.ts'
import { cameBack } from './outbox.ts'
import { type RevokedRow, revokedColumns, revokedOf } from './revocation.ts'
import { instant } from './rows.ts'

/** Where a batch stands. Counts are of rows that are awarded; `returned` are notices that came back and were not written again, `tried` those that were handed to the mail server at least once. */
export interface BatchProgress {
  state: BatchState
  ready: number
  prepared: number
  sealed: number
  taken: number
  revoked: number
  notices: { total: number; sent: number; failed: number; returned: number; tried: number }
  /** True when a row takes the place of a credential: that cannot be taken back. */
  replacing: boolean
  sealAt?: string
  sealingAt?: string
  sealedAt?: string
  noticeAt?: string
}

/** Where a batch stands now; undefined when there is none of this id. */
export async function readProgress(tx: TenantTransaction, batch: string): Promise<BatchProgress | undefined> {
  const { rows } = await sql<
    Record<'prepared' | 'sealed' | 'taken' | 'revoked' | 'total' | 'sent' | 'failed' | 'returned' | 'tried', number> & {
      state: BatchState
      rows: RowCounts
    } & Record<'seal_at' | 'sealing_at' | 'sealed_at' | 'notice_at', Date | null>
  >`select b.state, b.seal_at, b.sealing_at, b.sealed_at, b.notice_at, ${counted.rows} as rows,
      coalesce(b.sealed, c.prepared) as prepared, coalesce(b.sealed, c.sealed) as sealed, ${counted.delivered} as taken, ${counted.revoked} as revoked, o.*
    from batch b,
      -- Where all seals are there and their number is kept, as many were prepared.
      lateral (select count(*)::int as prepared, count(sealed_at)::int as sealed
        from credential where b.sealed is null and tenant = b.tenant and batch = b.id) c,
      lateral (select count(*)::int as total, count(*) filter (where sent_at is not null and not (${cameBack}))::int as sent,
        count(*) filter (where ${cameBack})::int as returned,
        count(*) filter (where sent_at is null and returned_at is null and problem is not null)::int as failed,
        count(*) filter (where attempts > 0)::int as tried from outbox where tenant = b.tenant and batch = b.id) o
    where b.tenant = ${tx.tenant} and b.id = ${batch}`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  return {
    state: row.state,
    replacing: row.rows.replacing,
    ready: row.rows.ready,
    prepared: row.prepared,
    sealed: row.sealed,
    taken: row.taken,
    revoked: row.revoked,
    notices: { total: row.total, sent: row.sent, failed: row.failed, returned: row.returned, tried: row.tried },
    ...(row.seal_at === null ? {} : { sealAt: instant(row.seal_at)! }),
    ...(row.sealing_at === null ? {} : { sealingAt: instant(row.sealing_at)! }),
    ...(row.sealed_at === null ? {} : { sealedAt: instant(row.sealed_at)! }),
    ...(row.notice_at === null ? {} : { noticeAt: instant(row.notice_at)! }),
  }
}

/** True while a batch is being sealed; it cannot be cancelled before this transaction ends. Any number of workers may be at it. */
export async function isSealing(tx: TenantTransaction, batch: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${batch}, 3))`.execute(tx)
  // After the lock, so that what ended while it was waited for is seen.
  const { rows } = await sql`select 1 from batch where tenant = ${tx.tenant} and id = ${batch} and state = 'sealing'`.execute(tx)
  return rows.length > 0
}

/** Waits for the work under way on a batch, and lets none begin until this transaction ends: whoever seals queues behind whoever cancels. */
export async function holdSealing(tx: TenantTransaction, batch: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${batch}, 3))`.execute(tx)
}

/** Notes when the first seal of a batch is made; notices that wait for nothing go out from then on. */
export async function beginSeals(tx: TenantTransaction, batch: string, now: string): Promise<void> {
  await sql`update batch set sealing_at = ${now}, notice_at = case when notice_minutes = 0 and notice_after is null then ${now}::timestamptz end
    where tenant = ${tx.tenant} and id = ${batch} and sealing_at is null`.execute(tx)
}

/** Says that everything is sealed, and lets the notices go that waited for it. Answers from when they go. */
export async function finishBatch(tx: TenantTransaction, batch: string, now: string): Promise<string> {
  const { rows } = await sql<{ notice_at: Date }>`update batch set state = 'done', sealed_at = ${now},
      notice_at = coalesce(notice_at, greatest(${now}::timestamptz + make_interval(mins => notice_minutes), notice_after))
    where tenant = ${tx.tenant} and id = ${batch} returning notice_at`.execute(tx)
  await keepSealCount(tx, batch)
  const noticeAt = instant(rows[0]!.notice_at)!
  await sql`update outbox set next_at = ${noticeAt} where tenant = ${tx.tenant} and batch = ${batch} and next_at = 'infinity'`.execute(tx)
  return noticeAt
}

/** True while the notice of a credential waits for the moment until which its batch can be cancelled. */
export async function hasWaitingNotice(tx: TenantTransaction, credential: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from credential c join batch b on b.tenant = c.tenant and b.id = c.batch join outbox o on o.tenant = b.tenant and o.batch = b.id
    where c.tenant = ${tx.tenant} and c.id = ${credential} and o.credential = c.id and o.attempts = 0 and o.next_at > now() limit 1`.execute(
      tx,
    )
  return rows.length > 0
}

/**
 * Takes a batch back before anybody was told: its notices are gone, what was only recorded is gone, and what was sealed is revoked. False, and nothing
 * done, when a notice was already handed to the mail server. The caller holds the sealing of it.
 */
export async function takeBackBatch(
  tx: TenantTransaction,
  batch: string,
  reason: RevocationReason,
  now: string,
): Promise<RevokedRow[] | undefined> {
  // Whoever leases messages passes over locked ones: none of these can go out from here on.
  const { rows: notices } = await sql<{
    attempts: number
  }>`select attempts from outbox where tenant = ${tx.tenant} and batch = ${batch} for update`.execute(tx)
  if (notices.some(({ attempts }) => attempts > 0)) return undefined
  await sql`delete from outbox where tenant = ${tx.tenant} and batch = ${batch}`.execute(tx)
  await dropIntentions(tx, batch)
  const revoked = await sql`update credential set state = 'revoked', revoked_at = ${now}, reason = ${reason}
    where tenant = ${tx.tenant} and batch = ${batch} and revoked_at is null returning ${revokedColumns}`.execute(tx)
  await sql`update batch set state = 'cancelled' where tenant = ${tx.tenant} and id = ${batch}`.execute(tx)
  return revokedOf(revoked)
}

/** What became of a row: for the report of a batch. */
export interface RowFate {
  n: number
  problems: Problem[]
  /** What was worth a look and sealed all the same. */
  warnings?: Problem[]
  leftOut: boolean
  duplicate: boolean
  state?: CredentialState
  credential?: string
  learner?: string
  referenceNumber?: string
  noticeSentAt?: string
  noticeProblem?: string
  /** The status with which the notice came back (RFC 3463). */
  noticeReturned?: string
}

/** Every row of a batch with what became of it, in the order of the file. */
export async function listFates(tx: TenantTransaction, batch: string): Promise<RowFate[]> {
  const { rows } = await sql<{
    n: number
    problems: Problem[]
    warnings: Problem[] | null
    left_out: boolean
    duplicate_of: string | null
    state: CredentialState | null
    credential: string | null
    learner: string | null
    reference_number: string | null
    sent_at: Date | null
    problem: string | null
    returned_as: string | null
  }>`select r.n, r.problems, r.warnings, r.left_out, r.duplicate_of, c.state, c.id as credential, c.learner, c.reference_number, o.sent_at, o.problem, o.returned_as
    from batch_row r left join credential c on c.tenant = r.tenant and c.id = r.credential
    left join outbox o on o.tenant = r.tenant and o.batch = r.batch and o.credential = r.credential
    where r.tenant = ${tx.tenant} and r.batch = ${batch} order by r.n`.execute(tx)
  return rows.map((row) => ({
    n: row.n,
    problems: row.problems,
    ...(row.warnings === null ? {} : { warnings: row.warnings }),
    leftOut: row.left_out,
    duplicate: row.duplicate_of !== null,
    ...(row.state === null ? {} : { state: row.state }),
    ...(row.credential === null ? {} : { credential: row.credential }),
    ...(row.learner === null ? {} : { learner: row.learner }),
    ...(row.reference_number === null ? {} : { referenceNumber: row.reference_number }),
    ...(row.sent_at === null ? {} : { noticeSentAt: instant(row.sent_at)! }),
    ...(row.problem === null ? {} : { noticeProblem: row.problem }),
    ...(row.returned_as === null ? {} : { noticeReturned: row.returned_as }),
  }))
}

/** Lets go of what was intended and not sealed, so that no row points to it. */
async function dropIntentions(tx: TenantTransaction, batch: string): Promise<void> {
  await sql`update batch_row r set credential = null from credential c where r.tenant = ${tx.tenant} and r.batch = ${batch}
    and c.tenant = r.tenant and c.id = r.credential and c.state = 'intended'`.execute(tx)
  await sql`delete from credential where tenant = ${tx.tenant} and batch = ${batch} and state = 'intended'`.execute(tx)
}

/** Ends what somebody confirmed and what is not sealed to its end; a chunk that is being sealed is waited for. */
export async function stopBatchesOf(tx: TenantTransaction, actor: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`update batch set state = 'cancelled' where tenant = ${tx.tenant} and confirmed_by = ${actor}
    and state in ('awaiting-approval', 'confirmed', 'sealing', 'failed') returning id`.execute(tx)
  for (const { id } of rows) await dropIntentions(tx, id)
}
