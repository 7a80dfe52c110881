/** Everything that was ever sealed, for whoever goes over it. */
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { instant } from './rows.ts'

/** A sealed credential as it is stored: what was recorded before the seal, the first bytes, and the newest where there are any. */
export interface IssuedRow {
  tenant: string
  id: string
  /** The exact text, and what it was recorded under: a digest, that of its stencil, and what fills the gaps. */
  payload: string
  digest: Uint8Array
  stencil: Uint8Array
  fills: readonly string[]
  first: Uint8Array
  newest?: Uint8Array
  level: string
  statusList: string
  revokedAt?: string
}

/** The next sealed credentials of all institutions in the order of their ids, behind the one given. */
export async function nextIssued(
  database: Database,
  after: Pick<IssuedRow, 'tenant' | 'id'> | undefined,
  most: number,
): Promise<IssuedRow[]> {
  const nil = '00000000-0000-0000-0000-000000000000'
  return database.system(async (tx) => {
    const { rows } = await sql<{
      tenant: string
      id: string
      payload: string
      digest: Buffer
      stencil: Buffer
      fills: string[]
      sealed: Buffer
      bytes: Buffer | null
      level: string | null
      status_list: string
      revoked_at: Date | null
    }>`select c.tenant, c.id, exact_text(c) as payload, c.digest, c.stencil, c.fills, c.sealed, s.bytes, s.level, c.status_list, c.revoked_at from credential c
      left join credential_seal s on s.tenant = c.tenant and s.credential = c.id
      where c.sealed is not null and (c.tenant, c.id) > (${after?.tenant ?? nil}::uuid, ${after?.id ?? nil}::uuid) order by c.tenant, c.id limit ${most}`.execute(
      tx,
    )
    return rows.map((row) => ({
      tenant: row.tenant,
      id: row.id,
      payload: row.payload,
      digest: row.digest,
      stencil: row.stencil,
      fills: row.fills,
      first: row.sealed,
      ...(row.bytes === null ? {} : { newest: row.bytes }),
      level: row.level ?? 'B-B',
      statusList: row.status_list,
      ...(row.revoked_at === null ? {} : { revokedAt: instant(row.revoked_at)! }),
    }))
  })
}
