/** Keys for programs: found by the hash of what was shown once, and counted by what they had sealed (R-KEY-5, R-KEY-6). */
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { findPlace, hashToken, instant } from './rows.ts'

/** A key as its institution sees it; what opens is not in it. */
export interface ApiKeyRow {
  id: string
  label: string
  /** The beginning of the key, by which its owner knows it again. */
  hint: string
  scopes: string[]
  /** The most awards it may confirm in an hour, and in a day. */
  perHour: number
  perDay: number
  createdAt: string
  createdBy: string
  expiresAt: string
  lastUsedAt?: string
  withdrawnAt?: string
  /** When a cap was last reached and the owners were told. */
  cappedAt?: string
  usedHour: number
  usedDay: number
}

/** Who acts where a key does: the name in events and on credentials. */
export const keyActor = (id: string): string => `key:${id}`

export async function insertApiKey(
  tx: TenantTransaction,
  key: Omit<ApiKeyRow, 'lastUsedAt' | 'withdrawnAt' | 'cappedAt' | 'usedHour' | 'usedDay'> & { token: string; person: string },
): Promise<void> {
  await sql`insert into api_key (tenant, id, label, hint, token_hash, scopes, per_hour, per_day, created_at, created_name, created_by, expires_at)
    values (${tx.tenant}, ${key.id}, ${key.label}, ${key.hint}, ${hashToken(key.token)}, ${key.scopes}, ${key.perHour}, ${key.perDay}, ${key.createdAt},
      ${key.createdBy}, ${key.person}, ${key.expiresAt})`.execute(tx)
}

interface RawKey {
  id: string
  label: string
  hint: string
  scopes: string[]
  per_hour: number
  per_day: number
  created_at: Date
  created_name: string
  expires_at: Date
  last_used_at: Date | null
  withdrawn_at: Date | null
  capped_at: Date | null
  used_hour: string
  used_day: string
}

const keyOf = (row: RawKey): ApiKeyRow => ({
  id: row.id,
  label: row.label,
  hint: row.hint,
  scopes: row.scopes,
  perHour: row.per_hour,
  perDay: row.per_day,
  createdAt: instant(row.created_at)!,
  createdBy: row.created_name,
  expiresAt: instant(row.expires_at)!,
  ...(row.last_used_at ? { lastUsedAt: instant(row.last_used_at)! } : {}),
  ...(row.withdrawn_at ? { withdrawnAt: instant(row.withdrawn_at)! } : {}),
  ...(row.capped_at ? { cappedAt: instant(row.capped_at)! } : {}),
  usedHour: Number(row.used_hour),
  usedDay: Number(row.used_day),
})

/** Keys with what each has used of its caps, newest first; of one id when named. */
export async function listApiKeys(tx: TenantTransaction, now: string, id?: string): Promise<ApiKeyRow[]> {
  const { rows } = await sql<RawKey>`select k.*, coalesce(u.hour, 0) as used_hour, coalesce(u.day, 0) as used_day
    from api_key k, lateral (select sum(awards) filter (where at > ${now}::timestamptz - interval '1 hour') as hour, sum(awards) as day
      from api_key_use where tenant = k.tenant and key = k.id and at > ${now}::timestamptz - interval '1 day') u
    where k.tenant = ${tx.tenant} and (${id ?? null}::uuid is null or k.id = ${id ?? null}) order by k.created_at desc, k.id`.execute(tx)
  return rows.map(keyOf)
}

/** The key that a text opens, whoever's it is. */
export const findApiKey = (database: Database, token: string) => findPlace(database, 'find_api_key', hashToken(token))

/** The key, if it is good at this moment; that it was used is noted once a minute. */
export async function useApiKey(
  tx: TenantTransaction,
  id: string,
  now: string,
): Promise<Pick<ApiKeyRow, 'id' | 'label' | 'scopes'> | undefined> {
  const { rows } = await sql<{ id: string; label: string; scopes: string[]; stale: boolean }>`select id, label, scopes,
      last_used_at is null or last_used_at < ${now}::timestamptz - interval '1 minute' as stale
    from api_key where tenant = ${tx.tenant} and id = ${id} and withdrawn_at is null and expires_at > ${now}`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  const { stale, ...key } = row
  if (stale) await sql`update api_key set last_used_at = ${now} where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  return key
}

/** Takes a key back for good; false when there is none of this id, or it was taken back before. */
export async function withdrawApiKey(tx: TenantTransaction, id: string, now: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update api_key set withdrawn_at = ${now} where tenant = ${tx.tenant} and id = ${id} and withdrawn_at is null`.execute(tx)
  return numAffectedRows === 1n
}

/** Counts awards towards the caps of a key: within them, or just up to one; over, and nothing is counted, where one would be passed. Two at once wait. */
export async function spendAwards(tx: TenantTransaction, id: string, awards: number, now: string): Promise<'within' | 'reached' | 'over'> {
  await sql`select 1 from api_key where tenant = ${tx.tenant} and id = ${id} for update`.execute(tx)
  const [key] = await listApiKeys(tx, now, id)
  const left = key ? Math.min(key.perHour - key.usedHour, key.perDay - key.usedDay) - awards : -1
  if (left < 0) return 'over'
  await sql`insert into api_key_use (tenant, key, at, awards) values (${tx.tenant}, ${id}, ${now}, ${awards})
    on conflict (tenant, key, at) do update set awards = api_key_use.awards + excluded.awards`.execute(tx)
  return left === 0 ? 'reached' : 'within'
}

/** Notes that a cap of a key was reached; false when that was noted within the hour before. */
export async function markCapped(tx: TenantTransaction, id: string, now: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update api_key set capped_at = ${now} where tenant = ${tx.tenant} and id = ${id}
    and (capped_at is null or capped_at <= ${now}::timestamptz - interval '1 hour')`.execute(tx)
  return numAffectedRows === 1n
}

/** True when this person made the key that acts under a name. */
export async function madeKey(tx: TenantTransaction, person: string, actor: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from api_key where tenant = ${tx.tenant} and 'key:' || id = ${actor} and created_by = ${person}`.execute(tx)
  return rows.length > 0
}

/** Forgets uses of every tenant that no cap asks for any more. */
export async function forgetOldUses(database: Database, before: string): Promise<void> {
  await database.system((tx) => sql`delete from api_key_use where at < ${before}`.execute(tx))
}
