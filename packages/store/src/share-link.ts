/** Share links: made by the learner or at the counter, taken back at any time. Only the hash of a token is kept (R-LINK-1). */
import { keepLast } from '@cairn/core'
import { sql } from 'kysely'
import { type CredentialRow, credentialColumns, credentialOf, type RawCredential } from './credential.ts'
import type { Database, TenantTransaction } from './database.ts'
import { findPlace, hashToken, instant, type Place } from './rows.ts'

export interface ShareRow {
  id: string
  credential: string
  createdAt: string
  expiresAt?: string
  withdrawn: boolean
  /** SHA-256 of the link's token. */
  tokenHash: Uint8Array
}
interface RawShare {
  id: string
  credential: string
  created_at: Date
  expires_at: Date | null
  withdrawn_at: Date | null
  token_hash: Buffer
}
/** The same beside the columns of a credential. */
interface RawLink extends Omit<RawShare, 'id' | 'credential' | 'created_at'> {
  link: string
  opens: string
  shared_at: Date
}
const shareOf = (row: RawShare): ShareRow => ({
  id: row.id,
  credential: row.credential,
  createdAt: instant(row.created_at)!,
  withdrawn: row.withdrawn_at !== null,
  tokenHash: row.token_hash,
  ...(row.expires_at === null ? {} : { expiresAt: instant(row.expires_at)! }),
})

/** The most places that are remembered of a database. */
const mostPlaces = 10_000
const places = new WeakMap<object, Map<string, Place>>()

/** Where the link of a token is kept. A link never moves, so that a place is looked up once; whether the link still stands is read there each time. */
export async function findShare(database: Database, token: string): Promise<Place | undefined> {
  const known = places.get(database.pool) ?? new Map<string, Place>()
  places.set(database.pool, known)
  const hash = hashToken(token)
  const key = hash.toString('base64')
  const before = known.get(key)
  if (before) return before
  const place = await findPlace(database, 'find_share', hash)
  return place && keepLast(known, key, place, mostPlaces)
}

export async function insertShare(
  tx: TenantTransaction,
  share: { id: string; credential: string; token: string; expiresAt?: string | undefined; follows?: string | undefined },
  now: string,
): Promise<void> {
  await sql`insert into share_link (tenant, id, credential, token_hash, created_at, expires_at, follows)
    values (${tx.tenant}, ${share.id}, ${share.credential}, ${hashToken(share.token)}, ${now}, ${share.expiresAt ?? null}, ${share.follows ?? null})`.execute(
    tx,
  )
}

/** A link with the credential that it opens, and the number that the credential's status list was last published under. */
export interface SharedRow {
  link: ShareRow
  row: CredentialRow
  sequence: number
}

/** Everything that a link opens, in one statement: a page of it is asked for often. */
export async function readShared(tx: TenantTransaction, id: string): Promise<SharedRow | undefined> {
  const { rows } = await sql<RawCredential & RawLink & { sequence: number | null }>`select ${credentialColumns}, link.*,
      (select sequence from status_list l where l.tenant = credential.tenant and l.id = credential.status_list) as sequence
    from credential join (select id as link, credential as opens, created_at as shared_at, expires_at, withdrawn_at, token_hash
      from share_link where tenant = ${tx.tenant} and id = ${id}) link on credential.id = link.opens
    where tenant = ${tx.tenant}`.execute(tx)
  const found = rows[0]
  if (!found) return undefined
  const link = shareOf({ ...found, id: found.link, credential: found.opens, created_at: found.shared_at })
  return { link, row: credentialOf(found), sequence: found.sequence ?? 0 }
}

export async function listShares(tx: TenantTransaction, credential: string): Promise<ShareRow[]> {
  const { rows } =
    await sql<RawShare>`select * from share_link where tenant = ${tx.tenant} and credential = ${credential} order by created_at desc limit 200`.execute(
      tx,
    )
  return rows.map(shareOf)
}

/** The link to the newer credential that follows from this one. */
export async function readFollowing(tx: TenantTransaction, id: string): Promise<ShareRow | undefined> {
  const { rows } = await sql<RawShare>`select * from share_link where tenant = ${tx.tenant} and follows = ${id} limit 1`.execute(tx)
  return rows[0] && shareOf(rows[0])
}

/** Takes a link back, with those that follow from it; false when the credential has no such link. */
export async function withdrawShare(tx: TenantTransaction, id: string, credential: string, now: string): Promise<boolean> {
  const { numAffectedRows } = await sql`with recursive links as (
      select id from share_link where tenant = ${tx.tenant} and id = ${id} and credential = ${credential}
      union all select s.id from share_link s join links l on s.follows = l.id where s.tenant = ${tx.tenant})
    update share_link set withdrawn_at = coalesce(withdrawn_at, ${now}) where tenant = ${tx.tenant} and id in (select id from links)`.execute(
    tx,
  )
  return (numAffectedRows ?? 0n) > 0n
}
