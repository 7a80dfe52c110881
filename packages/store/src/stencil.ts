/** Stencils: what every credential of a batch says alike, kept once under its digest and never changed. */
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'

/** Keeps the pieces of a stencil under `digest`; one that is there already stays. */
export async function keepStencil(tx: TenantTransaction, digest: Uint8Array, pieces: readonly string[]): Promise<void> {
  await sql`insert into stencil (tenant, digest, pieces) values (${tx.tenant}, ${Buffer.from(digest)}, ${pieces as string[]}) on conflict do nothing`.execute(
    tx,
  )
}

/** The pieces of a stencil. */
export async function readStencil(tx: TenantTransaction, digest: Uint8Array): Promise<string[] | undefined> {
  const { rows } = await sql<{
    pieces: string[]
  }>`select pieces from stencil where tenant = ${tx.tenant} and digest = ${Buffer.from(digest)}`.execute(tx)
  return rows[0]?.pieces
}
