/** Revoking, one or many, for ever (R-ST-5). */
import type { RevocationReason } from '@cairn/core'
import { type QueryResult, sql } from 'kysely'
import type { TenantTransaction } from './database.ts'

/** A credential whose place in its status list was just set, and who is to be told. */
export interface RevokedRow {
  id: string
  statusList: string
  statusIndex: number
  title: string
  learner: string
  email?: string
  language?: string
}

/** Credentials by their ids, all of a batch, or all that somebody had sealed since a moment. */
export type Chosen = { ids: readonly string[] } | { batch: string } | { actor: string; since: string }

function wanted(chosen: Chosen) {
  if ('batch' in chosen) return sql`batch = ${chosen.batch}`
  if ('actor' in chosen) return sql`actor = ${chosen.actor} and sealed_at >= ${chosen.since}`
  return sql`id = any(${chosen.ids as string[]}::uuid[])`
}

/** What {@link revokedOf} reads. */
export const revokedColumns = sql`id, status_list, status_index, title, learner, email, language`

/** Rows of {@link revokedColumns}. */
export const revokedOf = ({ rows }: QueryResult<unknown>): RevokedRow[] =>
  (
    rows as {
      id: string
      status_list: string
      status_index: number
      title: string
      learner: string
      email: string | null
      language: string | null
    }[]
  ).map((row) => ({
    id: row.id,
    statusList: row.status_list,
    statusIndex: row.status_index,
    title: row.title,
    learner: row.learner,
    ...(row.email === null ? {} : { email: row.email }),
    ...(row.language === null ? {} : { language: row.language }),
  }))

/** Revokes what is sealed and was not revoked before. */
export async function markRevoked(tx: TenantTransaction, chosen: Chosen, reason: RevocationReason, now: string): Promise<RevokedRow[]> {
  return revokedOf(
    await sql`update credential set state = 'revoked', revoked_at = ${now}, reason = ${reason}
      where tenant = ${tx.tenant} and ${wanted(chosen)} and revoked_at is null and sealed_at is not null returning ${revokedColumns}`.execute(
      tx,
    ),
  )
}

/** Says of credentials by which they were replaced; those that were revoked meanwhile are not among the answer. */
export async function markSuperseded(
  tx: TenantTransaction,
  pairs: readonly { old: string; by: string }[],
  now: string,
): Promise<RevokedRow[]> {
  return revokedOf(
    await sql`update credential c set state = 'superseded', revoked_at = ${now}, reason = 'superseded', superseded_by = p.by
      from unnest(${pairs.map(({ old }) => old)}::uuid[], ${pairs.map(({ by }) => by)}::uuid[]) as p(old, by)
      where c.tenant = ${tx.tenant} and c.id = p.old and c.revoked_at is null and c.sealed_at is not null returning ${revokedColumns}`.execute(
      tx,
    ),
  )
}

/** Takes back notices that still wait for their moment; the credentials whose learners so were never told. */
export async function withdrawNotices(tx: TenantTransaction, ids: readonly string[], now: string): Promise<Set<string>> {
  const { rows } = await sql<{ credential: string }>`delete from outbox o using credential c
    where o.tenant = ${tx.tenant} and c.tenant = o.tenant and c.id = any(${ids as string[]}::uuid[]) and o.batch = c.batch and o.credential = c.id
      and o.attempts = 0 and o.sent_at is null and o.next_at > ${now} returning o.credential`.execute(tx)
  return new Set(rows.map(({ credential }) => credential))
}

/** What revoking would do: how many of what, and whose. */
export interface RevocationSummary {
  revocable: number
  revoked: number
  unsealed: number
  /** Of those that can be revoked, how many learners have an address. */
  addressed: number
  titles: { title: string; count: number }[]
  /** The first fifty, by name. */
  learners: string[]
}

/** Looks at what was chosen, and changes nothing. */
export async function summariseRevocation(tx: TenantTransaction, chosen: Chosen): Promise<RevocationSummary> {
  const mine = sql`from credential where tenant = ${tx.tenant} and ${wanted(chosen)}`
  const able = sql`revoked_at is null and sealed_at is not null`
  const { rows } = await sql<
    Record<'revocable' | 'revoked' | 'unsealed' | 'addressed', string>
  >`select count(*) filter (where ${able}) as revocable,
    count(revoked_at) as revoked, count(*) filter (where sealed_at is null) as unsealed, count(*) filter (where ${able} and email is not null) as addressed ${mine}`.execute(
    tx,
  )
  const { rows: titles } = await sql<{
    title: string
    count: string
  }>`select title, count(*) as count ${mine} and ${able} group by title order by 2 desc, 1 limit 50`.execute(tx)
  const { rows: learners } = await sql<{ learner: string }>`select learner ${mine} and ${able} order by learner, id limit 50`.execute(tx)
  const row = rows[0]!
  return {
    revocable: +row.revocable,
    revoked: +row.revoked,
    unsealed: +row.unsealed,
    addressed: +row.addressed,
    titles: titles.map(({ title, count }) => ({ title, count: +count })),
    learners: learners.map(({ learner }) => learner),
  }
}
