/** Sealing keys: encrypted here, or named where a device or a service holds them. */
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'
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
