/** Requests for recognition on their way from a learner to an answer, and comparisons of outcomes that are remembered. */
import type { JsonObject, Report } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { findPlace, hashToken, holds, instant, json, onPage, type Page, present, totalOf } from './rows.ts'

export const recognitionStates = ['submitted', 'evidence-asked', 'decided', 'appealed', 'closed'] as const
export type RecognitionState = (typeof recognitionStates)[number]

export interface RecognitionRow {
  id: string
  target: string
  purpose: string
  learner: string
  email: string
  language: string
  reports: Report[]
  consent: JsonObject
  known: JsonObject
  state: RecognitionState
  submittedAt: string
  dueOn: string
  pausedAt?: string
  question?: string
  answer?: string
  revision: number
  credential: string
  achievement?: string
  /** Library, case, decision and confirmation as they were decided, as JSON text: kept byte for byte, so that a replay can be compared. */
  frozen?: string
  outcome?: string
  decidedAt?: string
  decidedBy?: string
  decidedName?: string
  appealUntil?: string
  appeal?: string
  appealedAt?: string
  appealOutcome?: string
  appealWords?: string
  appealName?: string
}

type Raw = Record<string, unknown>
const columns = sql`id, target, purpose, learner, email, language, reports, consent, known, state, submitted_at as "submittedAt", to_char(due_on, 'YYYY-MM-DD') as "dueOn",
  paused_at as "pausedAt", question, answer, revision, credential, achievement, frozen, outcome, decided_at as "decidedAt", decided_by as "decidedBy",
  decided_name as "decidedName", to_char(appeal_until, 'YYYY-MM-DD') as "appealUntil", appeal, appealed_at as "appealedAt", appeal_outcome as "appealOutcome",
  appeal_words as "appealWords", appeal_name as "appealName"`
const rowOf = present<RecognitionRow>

/** Stores a request; false when the same credential waits for the same target already. */
export async function insertRecognition(
  tx: TenantTransaction,
  given: Pick<
    RecognitionRow,
    | 'id'
    | 'target'
    | 'purpose'
    | 'learner'
    | 'email'
    | 'language'
    | 'reports'
    | 'consent'
    | 'submittedAt'
    | 'dueOn'
    | 'credential'
    | 'achievement'
  > & { token: string },
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into recognition_request (tenant, id, target, purpose, learner, email, language, reports, consent, state, submitted_at, due_on, token_hash, credential, achievement)
    values (${tx.tenant}, ${given.id}, ${given.target}, ${given.purpose}, ${given.learner}, ${given.email}, ${given.language}, ${json(given.reports)},
      ${json(given.consent)}, 'submitted', ${given.submittedAt}, ${given.dueOn}, ${hashToken(given.token)}, ${given.credential}, ${given.achievement ?? null})
    on conflict (tenant, credential, target) where state in ('submitted', 'evidence-asked', 'appealed') do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** Requests that wait for somebody, the most urgent first; then those that were answered, newest first; `q` stands in the name or the address. */
export async function listRecognitions(
  tx: TenantTransaction,
  { q, ...page }: Page & { q?: string | undefined },
): Promise<{ total: number; items: RecognitionRow[] }> {
  const listed = sql`from recognition_request where tenant = ${tx.tenant} and ${holds(q)}`
  const { rows } = await sql<Raw>`select ${columns} ${listed}
    order by case when state in ('submitted', 'appealed') then 0 when state = 'evidence-asked' then 1 else 2 end, case when state in ('submitted', 'appealed', 'evidence-asked') then due_on end,
      submitted_at desc, id ${onPage(page)}`.execute(tx)
  return { total: await totalOf(tx, page, rows.length, listed), items: rows.map(rowOf) }
}

export async function readRecognition(tx: TenantTransaction, id: string, lock = false): Promise<RecognitionRow | undefined> {
  const { rows } =
    await sql<Raw>`select ${columns} from recognition_request where tenant = ${tx.tenant} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    )
  return rows[0] && rowOf(rows[0])
}

/** What a step of the procedure changes; every step counts the revision up. `null` empties. */
export type RecognitionStep = Partial<
  Pick<
    RecognitionRow,
    | 'state'
    | 'known'
    | 'dueOn'
    | 'answer'
    | 'frozen'
    | 'outcome'
    | 'decidedAt'
    | 'decidedBy'
    | 'decidedName'
    | 'appealUntil'
    | 'appeal'
    | 'appealedAt'
    | 'appealOutcome'
    | 'appealWords'
    | 'appealName'
  >
> & { pausedAt?: string | null; question?: string | null; precedent?: string; closedAt?: string }
const columnOf: Record<keyof RecognitionStep, string> = {
  state: 'state',
  known: 'known',
  dueOn: 'due_on',
  pausedAt: 'paused_at',
  question: 'question',
  answer: 'answer',
  frozen: 'frozen',
  outcome: 'outcome',
  precedent: 'precedent',
  decidedAt: 'decided_at',
  decidedBy: 'decided_by',
  decidedName: 'decided_name',
  appealUntil: 'appeal_until',
  appeal: 'appeal',
  appealedAt: 'appealed_at',
  appealOutcome: 'appeal_outcome',
  appealWords: 'appeal_words',
  appealName: 'appeal_name',
  closedAt: 'closed_at',
}

export async function stepRecognition(tx: TenantTransaction, id: string, step: RecognitionStep): Promise<void> {
  const sets = (Object.entries(step) as [keyof RecognitionStep, unknown][]).map(([name, value]) => {
    const stored = value !== null && typeof value === 'object' ? json(value) : value
    return sql`${sql.ref(columnOf[name])} = ${stored}`
  })
  await sql`update recognition_request set ${sql.join([...sets, sql`revision = revision + 1`])} where tenant = ${tx.tenant} and id = ${id}`.execute(
    tx,
  )
}

/** Earlier decisions of the same key: how many of each outcome, and how many were appealed. */
export async function countPrecedents(
  tx: TenantTransaction,
  precedent: string,
  beside: string,
): Promise<{ outcome: string; count: number; appeals: number }[]> {
  const { rows } = await sql<{
    outcome: string
    count: string
    appeals: string
  }>`select outcome, count(*) as count, count(appeal) as appeals
    from recognition_request where tenant = ${tx.tenant} and precedent = ${precedent} and id <> ${beside} and outcome is not null group by outcome order by outcome`.execute(
    tx,
  )
  return rows.map(({ outcome, count, appeals }) => ({ outcome, count: Number(count), appeals: Number(appeals) }))
}

/** What the body granted this learner before: the ledger. */
export async function grantedBefore(tx: TenantTransaction, email: string, beside: string): Promise<RecognitionRow[]> {
  const { rows } = await sql<Raw>`select ${columns} from recognition_request where tenant = ${tx.tenant} and lower(email) = lower(${email})
    and id <> ${beside} and outcome in ('full', 'partial') order by decided_at limit 1000`.execute(tx)
  return rows.map(rowOf)
}

export async function readComparison(
  tx: TenantTransaction,
  achievement: string,
  target: string,
): Promise<{ matches: Record<string, 'full' | 'partial' | 'none'>; by: string; at: string } | undefined> {
  const { rows } = await sql<{
    matches: Record<string, 'full' | 'partial' | 'none'>
    by: string
    at: Date
  }>`select matches, compared_by as by, compared_at as at
    from outcome_comparison where tenant = ${tx.tenant} and achievement = ${achievement} and target = ${target}`.execute(tx)
  return rows[0] && { ...rows[0], at: instant(rows[0].at)! }
}

export async function putComparison(
  tx: TenantTransaction,
  given: { achievement: string; target: string; matches: Record<string, string>; by: string; now: string },
): Promise<void> {
  await sql`insert into outcome_comparison (tenant, achievement, target, matches, compared_by, compared_at)
    values (${tx.tenant}, ${given.achievement}, ${given.target}, ${json(given.matches)}, ${given.by}, ${given.now})
    on conflict (tenant, achievement, target) do update set matches = excluded.matches, compared_by = excluded.compared_by, compared_at = excluded.compared_at`.execute(
    tx,
  )
}

/** Tenant and id behind the learner's link. */
export const findRecognition = (database: Database, token: string) => findPlace(database, 'find_recognition', hashToken(token))
