/** Sealing keys: encrypted here, or named where a device or a service holds them. */
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'
import { instant, json } from './rows.ts'

export interface SealKeyRow {
  id: string
  label: string
  purpose: 'seal' | 'status'
  state: 'active' | 'retired'
  /** The encrypted key file, as `keys` wrote it. */
  file: unknown
  /** From when on it seals; at once when absent. */
  sealsFrom?: string
}

export async function insertKey(tx: TenantTransaction, key: SealKeyRow, now: string): Promise<void> {
  await sql`insert into seal_key (tenant, id, label, purpose, state, file, created_at, seals_from)
    values (${tx.tenant}, ${key.id}, ${key.label}, ${key.purpose}, ${key.state}, ${json(key.file)}, ${now}, ${key.sealsFrom ?? null})`.execute(
    tx,
  )
}

/** Active keys first, each kind with the latest turn first. */
export async function listKeys(tx: TenantTransaction): Promise<SealKeyRow[]> {
  const { rows } = await sql<
    Omit<SealKeyRow, 'sealsFrom'> & { seals_from: Date | null }
  >`select id, label, purpose, state, file, seals_from from seal_key where tenant = ${tx.tenant}
    order by state, coalesce(seals_from, created_at) desc`.execute(tx)
  return rows.map(({ seals_from, ...row }) => ({ ...row, ...(seals_from ? { sealsFrom: instant(seals_from)! } : {}) }))
}

/** How many credentials each key sealed; a key that sealed none is not in it. Goes over every credential. */
export async function countSealed(tx: TenantTransaction): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; sealed: string }>`select key, count(*) as sealed from credential
    where tenant = ${tx.tenant} and sealed_at is not null group by key`.execute(tx)
  return new Map(rows.map(({ key, sealed }) => [key, Number(sealed)]))
}

/** Says from when on a key seals; false when there is no active one of this id. */
export async function planKey(tx: TenantTransaction, id: string, sealsFrom: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update seal_key set seals_from = ${sealsFrom} where tenant = ${tx.tenant} and id = ${id} and state = 'active'`.execute(tx)
  return numAffectedRows === 1n
}

/** Retires a key; false when there is none of this id. */
export async function retireKey(tx: TenantTransaction, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update seal_key set state = 'retired' where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}
