/** Share links: made by the learner or at the counter, taken back at any time. Only the hash of a token is kept (R-LINK-1). */
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'
import { hashToken, instant } from './rows.ts'

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
const shareOf = (row: RawShare): ShareRow => ({
  id: row.id,
  credential: row.credential,
  createdAt: instant(row.created_at)!,
  withdrawn: row.withdrawn_at !== null,
  tokenHash: row.token_hash,
  ...(row.expires_at === null ? {} : { expiresAt: instant(row.expires_at)! }),
})

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

export async function readShare(tx: TenantTransaction, id: string): Promise<ShareRow | undefined> {
  const { rows } = await sql<RawShare>`select * from share_link where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  return rows[0] && shareOf(rows[0])
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
