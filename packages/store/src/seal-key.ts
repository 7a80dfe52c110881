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
  sealed: number
  createdAt: string
  /** From when on it seals; at once when absent. */
  sealsFrom?: string
}

export async function insertKey(tx: TenantTransaction, key: Omit<SealKeyRow, 'sealed' | 'createdAt'>, now: string): Promise<void> {
  await sql`insert into seal_key (tenant, id, label, purpose, state, file, created_at, seals_from)
    values (${tx.tenant}, ${key.id}, ${key.label}, ${key.purpose}, ${key.state}, ${json(key.file)}, ${now}, ${key.sealsFrom ?? null})`.execute(
    tx,
  )
}

export async function listKeys(tx: TenantTransaction): Promise<SealKeyRow[]> {
  const { rows } = await sql<
    Omit<SealKeyRow, 'sealed' | 'createdAt' | 'sealsFrom'> & { sealed: string; created_at: Date; seals_from: Date | null }
  >`select k.id, k.label, k.purpose, k.state, k.file, k.created_at, k.seals_from,
      (select count(*) from credential c where c.tenant = k.tenant and c.key = k.id and c.sealed_at is not null) as sealed
    from seal_key k where k.tenant = ${tx.tenant} order by k.state, coalesce(k.seals_from, k.created_at) desc`.execute(tx)
  return rows.map(({ created_at, seals_from, sealed, ...row }) => ({
    ...row,
    sealed: Number(sealed),
    createdAt: instant(created_at)!,
    ...(seals_from ? { sealsFrom: instant(seals_from)! } : {}),
  }))
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
