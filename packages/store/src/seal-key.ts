/** Sealing keys, encrypted, and the registry of who may seal what. */
import { TrustEntry, type TrustRegistry } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { json } from './rows.ts'

export interface SealKeyRow {
  id: string
  label: string
  purpose: 'seal' | 'status'
  state: 'active' | 'retired'
  /** The encrypted key file, as `keys` wrote it. */
  file: unknown
  sealed: number
}

export async function insertKey(tx: TenantTransaction, key: Omit<SealKeyRow, 'sealed'>, now: string): Promise<void> {
  await sql`insert into seal_key (tenant, id, label, purpose, state, file, created_at) values (${tx.tenant}, ${key.id}, ${key.label}, ${key.purpose}, ${key.state}, ${json(key.file)}, ${now})`.execute(
    tx,
  )
}

export async function listKeys(tx: TenantTransaction): Promise<SealKeyRow[]> {
  const { rows } = await sql<Omit<SealKeyRow, 'sealed'> & { sealed: string }>`select k.id, k.label, k.purpose, k.state, k.file,
      (select count(*) from credential c where c.tenant = k.tenant and c.key = k.id and c.sealed_at is not null) as sealed
    from seal_key k where k.tenant = ${tx.tenant} order by k.state, k.created_at desc`.execute(tx)
  return rows.map((row) => ({ ...row, sealed: Number(row.sealed) }))
}

/** Retires a key; false when there is none of this id. */
export async function retireKey(tx: TenantTransaction, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update seal_key set state = 'retired' where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}

/** Puts an institution's own entry into the registry. */
export async function insertTrust(
  tx: TenantTransaction,
  given: { id: string; entry: TrustEntry; anchors: readonly string[]; demonstration: boolean },
  now: string,
): Promise<void> {
  await sql`insert into trust_entry (id, tenant, entry, anchors, demonstration, created_at)
    values (${given.id}, ${tx.tenant}, ${json(given.entry)}, ${given.anchors as string[]}, ${given.demonstration}, ${now})`.execute(tx)
}

/** The registry as everybody may read it; demonstration entries only where they are wanted. */
export async function readRegistry(database: Database, demonstration: boolean): Promise<Pick<TrustRegistry, 'anchors' | 'issuers'>> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{
      entry: unknown
      anchors: string[]
    }>`select entry, anchors from trust_entry where ${demonstration} or not demonstration order by created_at`.execute(tx)
    return { anchors: [...new Set(rows.flatMap((row) => row.anchors))], issuers: rows.map((row) => TrustEntry.parse(row.entry)) }
  })
}
