/** Webhooks: who is told of which events, and each telling from the event to the answer. */
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { instant, onPage, type Page, totalOf } from './rows.ts'

/** How long after each failure it is tried again, in seconds; after the last it is given up: three days and some hours in all. */
const waits = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
const mostAttempts = waits.length + 1
/** How long a lease holds, in minutes. Whoever holds it longer must not send any more. */
export const deliveryLeaseMinutes = 5

/** Where an institution wants to be told of what. `waiting` and `givenUp` count tellings. */
export interface WebhookRow {
  id: string
  url: string
  events: string[]
  createdAt: string
  createdBy: string
  endedAt?: string
  waiting: number
  givenUp: number
  lastSentAt?: string
}

/** One telling. */
export interface DeliveryRow {
  event: number
  name: string
  at: string
  attempts: number
  sentAt?: string
  nextAt?: string
  givenUp: boolean
  status?: number
  problem?: string
}

export async function insertWebhook(
  tx: TenantTransaction,
  given: { id: string; url: string; events: readonly string[]; createdAt: string; createdBy: string },
): Promise<void> {
  await sql`insert into webhook (tenant, id, url, events, created_at, created_name)
    values (${tx.tenant}, ${given.id}, ${given.url}, ${given.events as string[]}, ${given.createdAt}, ${given.createdBy})`.execute(tx)
}

/** Webhooks that were not removed, newest first; of one id when named. */
export async function listWebhooks(tx: TenantTransaction, id?: string): Promise<WebhookRow[]> {
  const { rows } = await sql<{
    id: string
    url: string
    events: string[]
    created_at: Date
    created_name: string
    ended_at: Date | null
    waiting: string
    given_up: string
    last_sent_at: Date | null
  }>`select w.*, d.* from webhook w, lateral (select count(*) filter (where sent_at is null and attempts < ${mostAttempts}) as waiting,
        count(*) filter (where sent_at is null and attempts >= ${mostAttempts}) as given_up, max(sent_at) as last_sent_at
      from webhook_delivery where tenant = w.tenant and webhook = w.id) d
    where w.tenant = ${tx.tenant} and (${id ?? null}::uuid is null or w.id = ${id ?? null}) order by w.created_at desc, w.id`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    url: row.url,
    events: row.events,
    createdAt: instant(row.created_at)!,
    createdBy: row.created_name,
    ...(row.ended_at ? { endedAt: instant(row.ended_at)! } : {}),
    waiting: Number(row.waiting),
    givenUp: Number(row.given_up),
    ...(row.last_sent_at ? { lastSentAt: instant(row.last_sent_at)! } : {}),
  }))
}

/** Removes a webhook with all that was to be told; false when there is none of this id. */
export async function removeWebhook(tx: TenantTransaction, id: string): Promise<boolean> {
  await sql`delete from webhook_delivery where tenant = ${tx.tenant} and webhook = ${id}`.execute(tx)
  const { numAffectedRows } = await sql`delete from webhook where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}

/** Tells nobody there any more; what was not told stays to be seen. */
export async function endWebhook(tx: TenantTransaction, id: string, now: string): Promise<void> {
  await sql`update webhook set ended_at = ${now} where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

/** Writes down that events are to be told, to everybody who wants to know of them; called with the events themselves. */
export async function queueDeliveries(tx: TenantTransaction, events: readonly { seq: number; name: string; at: string }[]): Promise<void> {
  await sql`insert into webhook_delivery (tenant, webhook, event, next_at)
    select w.tenant, w.id, e.seq, e.at from webhook w,
      unnest(${events.map(({ seq }) => seq)}::int[], ${events.map(({ name }) => name)}::text[], ${events.map(({ at }) => at)}::timestamptz[]) as e(seq, name, at)
    where w.tenant = ${tx.tenant} and w.ended_at is null and e.name = any(w.events)`.execute(tx)
}

/** Has the newest event of a name told to one webhook, whatever it wants to know of: for trying it. */
export async function queueTrial(tx: TenantTransaction, webhook: string, name: string, now: string): Promise<void> {
  await sql`insert into webhook_delivery (tenant, webhook, event, next_at)
    select tenant, ${webhook}, max(seq), ${now} from event where tenant = ${tx.tenant} and name = ${name} and subject = ${webhook} group by tenant
    on conflict do nothing`.execute(tx)
}

/** A page of tellings, newest first. */
export async function listDeliveries(tx: TenantTransaction, webhook: string, page: Page): Promise<{ total: number; items: DeliveryRow[] }> {
  const listed = sql`from webhook_delivery d join event e on e.tenant = d.tenant and e.seq = d.event where d.tenant = ${tx.tenant} and d.webhook = ${webhook}`
  const { rows } = await sql<{
    event: number
    name: string
    at: Date
    attempts: number
    sent_at: Date | null
    next_at: Date
    status: number | null
    problem: string | null
  }>`select d.*, e.name, e.at ${listed} order by d.event desc ${onPage(page)}`.execute(tx)
  const items = rows.map((row) => {
    const givenUp = row.sent_at === null && row.attempts >= mostAttempts
    return {
      event: row.event,
      name: row.name,
      at: instant(row.at)!,
      attempts: row.attempts,
      givenUp,
      ...(row.sent_at ? { sentAt: instant(row.sent_at)! } : givenUp ? {} : { nextAt: instant(row.next_at)! }),
      ...(row.status === null ? {} : { status: row.status }),
      ...(row.problem === null ? {} : { problem: row.problem }),
    }
  })
  return { total: await totalOf(tx, page, rows.length, listed), items }
}

/** Makes a telling due at once, for one more try also when it was given up or had arrived; false when there is none. */
export async function retryDelivery(tx: TenantTransaction, webhook: string, event: number, now: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update webhook_delivery set next_at = ${now}, sent_at = null, attempts = least(attempts, ${mostAttempts - 1})
    where tenant = ${tx.tenant} and webhook = ${webhook} and event = ${event}`.execute(tx)
  return numAffectedRows === 1n
}

/** A telling that is due, with what it says. */
export interface DueDelivery {
  tenant: string
  webhook: string
  event: number
  attempts: number
  url: string
  name: string
  at: string
  subject: string | null
}

/** Leases tellings that are due for `deliveryLeaseMinutes`, so that no two workers take the same; the oldest events first. */
export async function leaseDeliveries(database: Database, now: string, most: number): Promise<DueDelivery[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<Omit<DueDelivery, 'at'> & { at: Date }>`update webhook_delivery d
      set next_at = ${now}::timestamptz + make_interval(mins => ${deliveryLeaseMinutes}), attempts = d.attempts + 1
      from (select q.tenant, q.webhook, q.event from webhook_delivery q join webhook w on w.tenant = q.tenant and w.id = q.webhook
          where q.sent_at is null and q.next_at <= ${now} and q.attempts < ${mostAttempts} and w.ended_at is null
          order by q.next_at, q.event limit ${most} for update of q skip locked) due
        join webhook w on w.tenant = due.tenant and w.id = due.webhook join event e on e.tenant = due.tenant and e.seq = due.event
      where d.tenant = due.tenant and d.webhook = due.webhook and d.event = due.event
      returning d.tenant, d.webhook, d.event, d.attempts, w.url, e.name, e.at, e.subject`.execute(tx)
    return rows.map((row) => ({ ...row, at: instant(row.at)! })).sort((a, b) => a.event - b.event)
  })
}

/** Records that a telling arrived. */
export async function markTold(tx: TenantTransaction, { webhook, event }: DueDelivery, status: number, now: string): Promise<void> {
  await sql`update webhook_delivery set sent_at = ${now}, status = ${status}, problem = null
    where tenant = ${tx.tenant} and webhook = ${webhook} and event = ${event}`.execute(tx)
}

/**
 * Records that a telling failed; answers when it is tried again. Everything else for the same place waits as long: a receiver that is away costs one try
 * a wait.
 */
export async function markUntold(
  tx: TenantTransaction,
  { webhook, event, attempts }: DueDelivery,
  what: { status?: number | undefined; problem: string },
  now: string,
): Promise<string> {
  const nextAt = new Date(Date.parse(now) + (waits[attempts - 1] ?? waits.at(-1)!) * 1000).toISOString()
  await sql`update webhook_delivery set status = ${what.status ?? null}, problem = ${what.problem}, next_at = ${nextAt}
    where tenant = ${tx.tenant} and webhook = ${webhook} and event = ${event}`.execute(tx)
  await sql`update webhook_delivery set next_at = ${nextAt} where tenant = ${tx.tenant} and webhook = ${webhook} and sent_at is null and next_at < ${nextAt}`.execute(
    tx,
  )
  return nextAt
}

/** Gives back tellings of one place that were leased and not tried: no try is counted. */
export async function releaseDeliveries(tx: TenantTransaction, deliveries: readonly DueDelivery[], nextAt: string): Promise<void> {
  const [first] = deliveries
  if (!first) return
  await sql`update webhook_delivery set attempts = attempts - 1, next_at = ${nextAt} where tenant = ${tx.tenant} and webhook = ${first.webhook}
    and event = any(${deliveries.map(({ event }) => event)}) and sent_at is null and attempts > 0`.execute(tx)
}

/** Forgets tellings of every tenant that arrived before a moment. */
export async function forgetOldDeliveries(database: Database, before: string): Promise<void> {
  await database.system((tx) => sql`delete from webhook_delivery where sent_at < ${before}`.execute(tx))
}
