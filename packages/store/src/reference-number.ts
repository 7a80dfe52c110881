/** Reference numbers: what was given out, what tables that are confirmed bring, and the next ones of a scheme. */
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'

/** Which of these reference numbers were given out, and to which credentials. */
export async function takenReferences(tx: TenantTransaction, numbers: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{
    reference_number: string
    ids: string[]
  }>`select reference_number, array_agg(c.id::text) as ids from unnest(${numbers as string[]}::text[]) as n(reference_number), lateral (select id from credential
      where tenant = ${tx.tenant} and reference_number = n.reference_number offset 0) c group by 1`.execute(tx)
  return new Map(rows.map((row) => [row.reference_number, row.ids]))
}

/** Takes the next `count` numbers of a specification's year; the first of them. */
export async function takeNumbers(tx: TenantTransaction, specification: string, year: number, count: number): Promise<number> {
  const { rows } = await sql<{
    last: number
  }>`insert into reference_counter (tenant, specification, year, last) values (${tx.tenant}, ${specification}, ${year}, ${count})
    on conflict (tenant, specification, year) do update set last = reference_counter.last + ${count} returning last`.execute(tx)
  return rows[0]!.last - count + 1
}

/** One at a time confirms numbers that a table brings or gives out new ones, until its transaction ends. */
export async function lockReferences(tx: TenantTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${tx.tenant}, 4))`.execute(tx)
}

/** Rows of a confirmed batch that are not sealed yet: their numbers are as good as given out. */
const promised = sql`b.state in ('confirmed', 'sealing', 'failed') and not r.left_out and r.credential is null`

/** Which of these reference numbers stand in rows that are confirmed and not recorded yet, of any batch. */
export async function promisedReferences(tx: TenantTransaction, numbers: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ number: string }>`select n.number from unnest(${numbers as string[]}::text[]) as n(number)
    where exists (select from batch_row r join batch b on b.tenant = r.tenant and b.id = r.batch
      where r.tenant = ${tx.tenant} and r.reference_number = n.number and ${promised} offset 0)`.execute(tx)
  return new Set(rows.map(({ number }) => number))
}

/** How many rows of a batch bring a number that somebody else got meanwhile, or that another confirmed batch brings. */
export async function countLateReferences(tx: TenantTransaction, batch: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) from batch_row o
    where o.tenant = ${tx.tenant} and o.batch = ${batch} and not o.left_out and o.reference_number is not null and (
      exists (select from credential c where c.tenant = o.tenant and c.reference_number = o.reference_number and c.id is distinct from o.replaces)
      or exists (select from batch_row r join batch b on b.tenant = r.tenant and b.id = r.batch
        where r.tenant = o.tenant and r.reference_number = o.reference_number and r.batch <> o.batch and ${promised}))`.execute(tx)
  return Number(rows[0]!.count)
}
