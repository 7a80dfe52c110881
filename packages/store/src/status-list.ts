/** Status lists. Their bits are not stored: they follow from the credentials that were revoked, so a list can never disagree with them. */
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { instant } from './rows.ts'

export interface StatusListRow {
  id: string
  purpose: 'revocation'
  sequence: number
}

/**
 * The list that `count` new credentials go to, made when there is none, with their places counted; a list is left when half its places are taken, so
 * that random places stay easy to find.
 */
export async function openList(tx: TenantTransaction, fresh: string, entries: number, count: number, now: string): Promise<StatusListRow> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${tx.tenant}, 2))`.execute(tx)
  const { rows } = await sql<StatusListRow>`update status_list set places = places + ${count} where tenant = ${tx.tenant} and id = (
    select id from status_list where tenant = ${tx.tenant} and closed_at is null and places < ${Math.floor(entries / 2)} order by created_at limit 1)
    returning id, purpose, sequence`.execute(tx)
  if (rows[0]) return rows[0]
  await sql`insert into status_list (tenant, id, purpose, places, created_at) values (${tx.tenant}, ${fresh}, 'revocation', ${count}, ${now})`.execute(
    tx,
  )
  return { id: fresh, purpose: 'revocation', sequence: 0 }
}

/** Indices of what was revoked, and which of them were replaced; the row stays locked, so that two revocations publish one after the other. */
export async function lockRevoked(tx: TenantTransaction, list: string): Promise<{ revoked: number[]; superseded: number[] }> {
  await sql`select 1 from status_list where tenant = ${tx.tenant} and id = ${list} for update`.execute(tx)
  const { rows } = await sql<{
    status_index: number
    superseded: boolean
  }>`select status_index, reason = 'superseded' as superseded from credential where tenant = ${tx.tenant} and status_list = ${list} and revoked_at is not null
    union all select status_index, false from revoked_place where tenant = ${tx.tenant} and status_list = ${list}`.execute(tx)
  return {
    revoked: rows.map((row) => row.status_index),
    superseded: rows.flatMap((row) => (row.superseded ? [row.status_index] : [])),
  }
}

/** Stores the signed list under the next sequence number, and says which that is. */
export async function publishList(
  tx: TenantTransaction,
  list: string,
  given: { signed: Uint8Array; token: string; publishedAt: string; validUntil: string },
): Promise<number> {
  const { rows } = await sql<{
    sequence: number
  }>`update status_list set signed = ${Buffer.from(given.signed)}, token = ${given.token}, sequence = sequence + 1, published_at = ${given.publishedAt}, valid_until = ${given.validUntil}
    where tenant = ${tx.tenant} and id = ${list} returning sequence`.execute(tx)
  return rows[0]!.sequence
}

/** The number a list was last published under; 0 before the first time. */
export async function readListSequence(tx: TenantTransaction, list: string): Promise<number> {
  const { rows } = await sql<{ sequence: number }>`select sequence from status_list where tenant = ${tx.tenant} and id = ${list}`.execute(
    tx,
  )
  return rows[0]?.sequence ?? 0
}

/** The published bytes of a list, for everybody. */
export async function readPublishedList(
  database: Database,
  list: string,
): Promise<{ signed: Uint8Array; sequence: number; publishedAt: string } | undefined> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{ signed: Buffer; sequence: number; published_at: Date }>`select * from published_list(${list})`.execute(tx)
    return rows[0] && { signed: rows[0].signed, sequence: rows[0].sequence, publishedAt: instant(rows[0].published_at)! }
  })
}

/** The same list as a token status list, for wallets and their verifiers. */
export async function readPublishedTokenList(
  database: Database,
  list: string,
): Promise<{ token: string; sequence: number; publishedAt: string } | undefined> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{
      token: string
      sequence: number
      published_at: Date
    }>`select * from published_token_list(${list})`.execute(tx)
    return rows[0] && { token: rows[0].token, sequence: rows[0].sequence, publishedAt: instant(rows[0].published_at)! }
  })
}

/** Lists that must be signed again soon, of every tenant. */
export async function listsToRenew(database: Database, before: string): Promise<{ tenant: string; list: string }[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<{
      tenant: string
      list: string
    }>`select tenant, id as list from status_list where valid_until < ${before} order by valid_until limit 500`.execute(tx)
    return rows
  })
}

/** A published list in both forms, as it is written to the storage of public files. */
export interface ListToFile {
  tenant: string
  list: string
  sequence: number
  signed: Uint8Array
  token?: string
}

/** Lists whose newest publication is not in the storage of public files, of every tenant. */
export async function listsToFile(database: Database, most: number): Promise<ListToFile[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<
      Omit<ListToFile, 'token'> & { token: string | null }
    >`select tenant, id as list, sequence, signed, token from status_list
      where filed < sequence and signed is not null limit ${most}`.execute(tx)
    return rows.map(({ token, ...row }) => ({ ...row, ...(token === null ? {} : { token }) }))
  })
}

/** Notes what was written. Who was overtaken by somebody with a newer list may have written over it: then it is written once more. */
export async function markFiled(
  database: Database,
  { tenant, list, sequence }: Pick<ListToFile, 'tenant' | 'list' | 'sequence'>,
): Promise<void> {
  await database.system((tx) =>
    sql`update status_list set filed = case when filed > ${sequence} then 0 else ${sequence} end where tenant = ${tenant} and id = ${list}`.execute(
      tx,
    ),
  )
}

/** Has every list written again: into a storage that is new, or that lost something. */
export async function fileListsAgain(database: Database): Promise<void> {
  await database.system((tx) => sql`update status_list set filed = 0 where filed > 0`.execute(tx))
}
