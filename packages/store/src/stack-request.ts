/** Requests of learners for a larger award by a pathway. */
import type { Report } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { findPlace, hashToken, holds, json, onPage, type Page, present, totalOf } from './rows.ts'

/** One credential that was handed in: its report, the digest of what was signed, and where it is kept when it is one of this installation. */
export interface HeldCredential {
  report: Report
  digest: string
  place?: { tenant: string; credential: string }
}

export interface StackRequestRow {
  id: string
  version: string
  learner: string
  email: string
  language: string
  held: HeldCredential[]
  state: 'asked' | 'awarded' | 'refused'
  askedAt: string
  revision: number
  decidedAt?: string
  decidedName?: string
  words?: string
  batch?: string
}

type Raw = Record<string, unknown>
const columns = sql`id, version, learner, email, language, held, state, asked_at as "askedAt", revision, decided_at as "decidedAt",
  decided_name as "decidedName", words, batch`
const rowOf = present<StackRequestRow>

/** Stores a request; false when the same person waits for an answer on the same pathway already. */
export async function insertStackRequest(
  tx: TenantTransaction,
  given: Pick<StackRequestRow, 'id' | 'version' | 'learner' | 'email' | 'language' | 'held' | 'askedAt'> & { token: string },
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into stack_request (tenant, id, version, learner, email, language, held, state, asked_at, token_hash)
    values (${tx.tenant}, ${given.id}, ${given.version}, ${given.learner}, ${given.email}, ${given.language}, ${json(given.held)}, 'asked',
      ${given.askedAt}, ${hashToken(given.token)})
    on conflict (tenant, version, lower(email)) where state = 'asked' do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** Those that wait first, the oldest of them first; then those that were answered, newest first; `q` stands in the name or the address. */
export async function listStackRequests(
  tx: TenantTransaction,
  { q, ...page }: Page & { q?: string | undefined },
): Promise<{ total: number; items: StackRequestRow[] }> {
  const listed = sql`from stack_request where tenant = ${tx.tenant} and ${holds(q)}`
  const { rows } = await sql<Raw>`select ${columns} ${listed}
    order by state <> 'asked', case when state = 'asked' then asked_at end, decided_at desc, id ${onPage(page)}`.execute(tx)
  return { total: await totalOf(tx, page, rows.length, listed), items: rows.map(rowOf) }
}

export async function readStackRequest(tx: TenantTransaction, id: string, lock = false): Promise<StackRequestRow | undefined> {
  const { rows } =
    await sql<Raw>`select ${columns} from stack_request where tenant = ${tx.tenant} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    )
  return rows[0] && rowOf(rows[0])
}

/** Answers a request. */
export async function answerStackRequest(
  tx: TenantTransaction,
  id: string,
  given: { state: 'awarded' | 'refused'; by: string; name: string; words?: string | undefined; batch?: string | undefined; now: string },
): Promise<void> {
  await sql`update stack_request set state = ${given.state}, decided_by = ${given.by}, decided_name = ${given.name}, words = ${given.words ?? null},
    batch = ${given.batch ?? null}, decided_at = ${given.now}, revision = revision + 1 where tenant = ${tx.tenant} and id = ${id}`.execute(
    tx,
  )
}

/** Tenant and id behind the learner's link. */
export const findStackRequest = (database: Database, token: string) => findPlace(database, 'find_stack_request', hashToken(token))
