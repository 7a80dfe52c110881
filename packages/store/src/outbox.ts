/** Messages on their way: written with the act that causes them, frozen before the first try (R-DUR-1). */
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { holds, instant, onPage, type Page, present, totalOf } from './rows.ts'

/** A message that came back and was not written again. */
export const cameBack = sql`returned_at is not null and resent_at is null`
/** After how many tries a message is given up: with the waits between them, about a day. */
const mostAttempts = 12
/** How long a lease holds, in minutes. Whoever holds it longer must not send any more. */
export const leaseMinutes = 5

export interface OutboxRow {
  id: string
  to: string
  subject: string
  text: string
  createdAt: string
  sentAt?: string
  attempts: number
  problem?: string
  /** Where it stands: gone, come back after it went, waiting for its turn, refused by the server of the recipient, or given up after too many tries. */
  state: 'sent' | 'returned' | 'waiting' | 'refused' | 'given-up'
  /** When it came back, with which status (RFC 3463), and when its learner was written to again. */
  returned?: { at: string; status: string; resentAt?: string }
  /** What it tells of. */
  credential?: string
  /** When it is tried again, while it waits for something else than its batch. */
  nextAt?: string
}

/** Writes messages, at most one for a credential and an `event`; those of a batch may be due later, or at `infinity`: then they wait for its end. */
export async function insertMessages(
  tx: TenantTransaction,
  messages: readonly { id: string; kind: string; credential?: string; event?: string; to: string; subject: string; text: string }[],
  now: string,
  { batch, dueAt = now }: { batch?: string; dueAt?: string } = {},
): Promise<void> {
  if (messages.length === 0) return
  await sql`insert into outbox (tenant, id, kind, credential, event, recipient, subject, body, created_at, next_at, batch)
    select ${tx.tenant}, m.id, m.kind, m.credential, m.event, m.recipient, m.subject, m.body, ${now}, ${dueAt}, ${batch ?? null} from unnest(${messages.map((m) => m.id)}::uuid[], ${messages.map((m) => m.kind)}::text[],
      ${messages.map((m) => m.credential ?? null)}::uuid[], ${messages.map((m) => m.event ?? null)}::text[], ${messages.map((m) => m.to)}::text[], ${messages.map((m) => m.subject)}::text[], ${messages.map((m) => m.text)}::text[])
      as m(id, kind, credential, event, recipient, subject, body)
      on conflict (tenant, credential, event) where event is not null do nothing`.execute(tx)
}

interface RawMessage {
  id: string
  credential: string | null
  recipient: string
  subject: string
  body: string
  created_at: Date
  sent_at: Date | null
  attempts: number
  problem: string | null
  refused_at: Date | null
  next_at: Date | number
  returned_at: Date | null
  returned_as: string | null
  resent_at: Date | null
}
const stateOf = (row: RawMessage): OutboxRow['state'] => {
  if (row.returned_at !== null) return 'returned'
  if (row.sent_at !== null) return 'sent'
  if (row.attempts >= mostAttempts) return 'given-up'
  return row.refused_at !== null ? 'refused' : 'waiting'
}
const returnedOf = ({ returned_at, returned_as, resent_at }: RawMessage) => ({
  at: instant(returned_at)!,
  status: returned_as!,
  ...(resent_at === null ? {} : { resentAt: instant(resent_at)! }),
})
const messageOf = (row: RawMessage): OutboxRow => ({
  id: row.id,
  to: row.recipient,
  subject: row.subject,
  text: row.body,
  createdAt: instant(row.created_at)!,
  attempts: row.attempts,
  ...(row.sent_at === null ? {} : { sentAt: instant(row.sent_at)! }),
  ...(row.problem === null ? {} : { problem: row.problem }),
  state: stateOf(row),
  ...(row.returned_at === null ? {} : { returned: returnedOf(row) }),
  ...(row.credential === null ? {} : { credential: row.credential }),
  ...(row.sent_at === null && row.attempts < mostAttempts && row.next_at instanceof Date ? { nextAt: instant(row.next_at)! } : {}),
})

/** A page of messages of some kinds, newest first; the words of `q` stand in the address or the subject, `failed` are those that were tried in vain, or came back and were not written again. Links that sign somebody in are nobody else's to read, so the kinds are asked for by name. */
export async function listMessages(
  tx: TenantTransaction,
  query: Page & { kinds: readonly string[]; q?: string | undefined; only?: 'all' | 'failed' },
): Promise<{ total: number; items: OutboxRow[] }> {
  const { kinds, q, only = 'all' } = query
  const wanted = sql`from outbox where tenant = ${tx.tenant} and kind = any(${kinds as string[]}) and ${holds(q)}
    ${only === 'failed' ? sql`and (sent_at is null and problem is not null or ${cameBack})` : sql``}`
  const { rows } = await sql<RawMessage>`select * from outbox where tenant = ${tx.tenant} and id = any(array(
      select id ${wanted} order by created_at desc, id desc ${onPage(query)})) order by created_at desc, id desc`.execute(tx)
  return { total: await totalOf(tx, query, rows.length, wanted), items: rows.map(messageOf) }
}

/**
 * How many messages to learners came to an end since a moment without having arrived: refused, given up, or come back and not written again. Those that wait for
 * their next try are not among them.
 */
export async function countUndelivered(tx: TenantTransaction, since: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select (select count(*) from outbox where tenant = ${tx.tenant} and returned_at >= ${since} and ${cameBack})::int
    + (select count(*) from outbox where tenant = ${tx.tenant} and sent_at is null and returned_at is null and created_at >= ${since} and credential is not null
        and (refused_at is not null or attempts >= ${mostAttempts}))::int as count`.execute(tx)
  return rows[0]!.count
}

/** Makes a message due at once, for one more try also when it was given up; false when it is not there, went out, or waits for its batch. */
export async function retryMessage(tx: TenantTransaction, id: string, now: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update outbox set next_at = ${now}, refused_at = null, attempts = least(attempts, ${mostAttempts - 1}) where tenant = ${tx.tenant} and id = ${id} and sent_at is null
      and (batch is null or attempts > 0)`.execute(tx)
  return numAffectedRows === 1n
}

export interface DueMessage {
  tenant: string
  id: string
  credential: string | null
  recipient: string
  subject: string
  body: string
  attempts: number
}

/** Leases messages that are due for `leaseMinutes`, so that no two senders take the same. */
export async function leaseMessages(database: Database, now: string, most: number): Promise<DueMessage[]> {
  return database.system(async (tx) => {
    const { rows } =
      await sql<DueMessage>`update outbox o set next_at = ${now}::timestamptz + ${`${leaseMinutes} minutes`}::interval, attempts = attempts + 1
      from (select tenant, id from outbox where sent_at is null and next_at <= ${now} and attempts < ${mostAttempts} order by next_at limit ${most} for update skip locked) d
      where o.tenant = d.tenant and o.id = d.id returning o.tenant, o.id, o.credential, o.recipient, o.subject, o.body, o.attempts`.execute(
        tx,
      )
    return rows
  })
}

/** Gives back messages that were leased and not tried: due again, and no try is counted. */
export async function releaseMessages(database: Database, ids: readonly { tenant: string; id: string }[], nextAt: string): Promise<void> {
  if (ids.length === 0) return
  await database.system((tx) =>
    sql`update outbox o set next_at = ${nextAt}, attempts = attempts - 1
      from unnest(${ids.map(({ tenant }) => tenant)}::uuid[], ${ids.map(({ id }) => id)}::uuid[]) as r(tenant, id)
      where o.tenant = r.tenant and o.id = r.id and o.sent_at is null and o.attempts > 0`.execute(tx),
  )
}

/** A message that went out keeps its words but not its link: a token is stored as its hash alone (R-LINK-1). */
export async function markSent(tx: TenantTransaction, id: string, now: string): Promise<void> {
  await sql`update outbox set sent_at = ${now}, problem = null, body = regexp_replace(body, 'https?://\\S+', '[…]', 'g')
    where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

/** A try that did not succeed; `refusedAt` is there where the answer was a final no. */
export async function markTrouble(tx: TenantTransaction, id: string, problem: string, nextAt: string, refusedAt?: string): Promise<void> {
  await sql`update outbox set problem = ${problem}, next_at = ${nextAt}, refused_at = ${refusedAt ?? null} where tenant = ${tx.tenant} and id = ${id}`.execute(
    tx,
  )
}

/** Notes that a message came back, with the status of its failure (RFC 3463). Answers what it told of; `undefined` when it came back before, or there is none of this id. */
export async function keepReturn(
  tx: TenantTransaction,
  id: string,
  status: string,
  now: string,
): Promise<{ credential?: string } | undefined> {
  const { rows } = await sql<{ credential: string | null }>`update outbox set returned_at = ${now}, returned_as = ${status}
    where tenant = ${tx.tenant} and id = ${id} and returned_at is null returning credential`.execute(tx)
  return rows[0] && present(rows[0])
}

/** Notes that the learner of a credential was written to again after a message came back. */
export async function markResent(tx: TenantTransaction, credential: string, now: string): Promise<void> {
  await sql`update outbox set resent_at = ${now}
    where tenant = ${tx.tenant} and credential = ${credential} and ${cameBack}`.execute(tx)
}
