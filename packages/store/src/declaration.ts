/** Declarations as they were sealed: by kind and by what they are about, the newest last. */
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'
import { instant } from './rows.ts'

export interface DeclarationRow {
  id: string
  /** Counts up with each declaration on the same subject: a decision is declared anew after an appeal. */
  number: number
  sealed: Uint8Array
  sealedAt: string
}

/** Keeps a sealed declaration. */
export async function insertDeclaration(
  tx: TenantTransaction,
  given: { id: string; kind: string; subject: string; number: number; sealed: Uint8Array; key: string; now: string },
): Promise<void> {
  await sql`insert into declaration (tenant, id, kind, subject, number, sealed, key, sealed_at) values (${tx.tenant}, ${given.id}, ${given.kind},
    ${given.subject}, ${given.number}, ${Buffer.from(given.sealed)}, ${given.key}, ${given.now})`.execute(tx)
}

/** The last declaration on a subject. */
export async function readDeclarationRow(tx: TenantTransaction, kind: string, subject: string): Promise<DeclarationRow | undefined> {
  const { rows } = await sql<{
    id: string
    number: number
    sealed: Buffer
    sealed_at: Date
  }>`select id, number, sealed, sealed_at from declaration
    where tenant = ${tx.tenant} and kind = ${kind} and subject = ${subject} order by number desc limit 1`.execute(tx)
  const row = rows[0]
  return row && { id: row.id, number: row.number, sealed: new Uint8Array(row.sealed), sealedAt: instant(row.sealed_at)! }
}
