/** What seals were raised to, and the queue of those that are to be raised or renewed. The first bytes stay where they are. */
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { instant } from './rows.ts'

/** How a seal stands. Times are RFC 3339. */
export interface SealStanding {
  level: string
  raisedAt?: string
  /** When what protects it ends. */
  protectedUntil?: string
  /** The code of what kept it from its level at the last try. */
  problem?: string
}

/** A seal that is due, with its newest bytes. */
export interface DueSeal {
  tenant: string
  id: string
  level: string
  bytes: Uint8Array
  protectedUntil?: string
  attempts: number
}

/** Puts sealed credentials into the queue; those that are there stay as they are. */
export async function queueSeals(tx: TenantTransaction, credentials: readonly string[], now: string): Promise<void> {
  await sql`insert into credential_seal (tenant, credential, next_at) select ${tx.tenant}, unnest(${credentials as string[]}::uuid[]), ${now}
    on conflict do nothing`.execute(tx)
}

/**
 * Puts everything into the queue that is sealed and was never in it, as when a level is asked for that was not asked for before, and makes due whatever
 * is below `level` and waits for no authority.
 */
export async function queueAllSeals(database: Database, below: readonly string[], now: string): Promise<void> {
  await database.system(async (tx) => {
    await sql`insert into credential_seal (tenant, credential, next_at) select tenant, id, ${now} from credential c
      where sealed_at is not null and not exists (select from credential_seal s where s.tenant = c.tenant and s.credential = c.id)
      on conflict do nothing`.execute(tx)
    await sql`update credential_seal set next_at = ${now} where level = any(${below as string[]}) and problem is null and next_at > ${now}`.execute(
      tx,
    )
  })
}

/** Leases seals that are due for five minutes, so that no two nodes raise the same. */
export async function leaseSeals(database: Database, now: string, most: number): Promise<DueSeal[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<{
      tenant: string
      id: string
      level: string
      bytes: Buffer
      protected_until: Date | null
      attempts: number
    }>`update credential_seal s set next_at = ${now}::timestamptz + interval '5 minutes', attempts = s.attempts + 1
      from (select tenant, credential from credential_seal where next_at <= ${now} order by next_at limit ${most} for update skip locked) d
        join credential c on c.tenant = d.tenant and c.id = d.credential
      where s.tenant = d.tenant and s.credential = d.credential
      returning s.tenant, s.credential as id, s.level, coalesce(s.bytes, c.sealed) as bytes, s.protected_until, s.attempts`.execute(tx)
    return rows.map(({ protected_until, ...row }) => ({
      ...row,
      ...(protected_until === null ? {} : { protectedUntil: instant(protected_until)! }),
    }))
  })
}

/** Stores a seal at its new level; `nextAt` is when it is looked at again. */
export async function storeLevel(
  tx: TenantTransaction,
  seal: { id: string; level: string; bytes: Uint8Array; protectedUntil: string; nextAt: string },
  now: string,
): Promise<void> {
  await sql`update credential_seal set level = ${seal.level}, bytes = ${Buffer.from(seal.bytes)}, raised_at = ${now}, protected_until = ${seal.protectedUntil},
    next_at = ${seal.nextAt}, attempts = 0, problem = null where tenant = ${tx.tenant} and credential = ${seal.id}`.execute(tx)
}

/** Puts seals back into the queue for later, with the code of what stood in the way, or with none where nothing did. */
export async function postponeSeals(
  tx: TenantTransaction,
  credentials: readonly string[],
  nextAt: string,
  problem?: string,
): Promise<void> {
  await sql`update credential_seal set next_at = ${nextAt}, problem = ${problem ?? null} where tenant = ${tx.tenant}
    and credential = any(${credentials as string[]}::uuid[])`.execute(tx)
}

/** How the seal of a credential stands; `undefined` while it is as it was first sealed and nothing more is wanted. */
export async function readStanding(tx: TenantTransaction, credential: string): Promise<SealStanding | undefined> {
  const { rows } = await sql<{
    level: string
    raised_at: Date | null
    protected_until: Date | null
    problem: string | null
  }>`select level, raised_at,
    protected_until, problem from credential_seal where tenant = ${tx.tenant} and credential = ${credential}`.execute(tx)
  const row = rows[0]
  return (
    row && {
      level: row.level,
      ...(row.raised_at === null ? {} : { raisedAt: instant(row.raised_at)! }),
      ...(row.protected_until === null ? {} : { protectedUntil: instant(row.protected_until)! }),
      ...(row.problem === null ? {} : { problem: row.problem }),
    }
  )
}
