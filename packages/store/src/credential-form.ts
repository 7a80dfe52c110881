/** Forms of a credential other than the sealed one: made once, kept byte for byte. */
import { AwardGiven } from '@cairn/core'
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'

/** The kept bytes of a form, if it was made. */
export async function readForm(tx: TenantTransaction, credential: string, form: string): Promise<Uint8Array | undefined> {
  const { rows } = await sql<{
    bytes: Buffer
  }>`select bytes from credential_form where tenant = ${tx.tenant} and credential = ${credential} and form = ${form}`.execute(tx)
  return rows[0]?.bytes
}

/** Keeps a form; when somebody made it at the same moment, theirs stands. Answers the bytes that are kept. */
export async function keepForm(
  tx: TenantTransaction,
  given: { credential: string; form: string; bytes: Uint8Array; key: string },
  now: string,
): Promise<Uint8Array> {
  await sql`insert into credential_form (tenant, credential, form, bytes, key, made_at)
    values (${tx.tenant}, ${given.credential}, ${given.form}, ${Buffer.from(given.bytes)}, ${given.key}, ${now}) on conflict do nothing`.execute(
    tx,
  )
  return (await readForm(tx, given.credential, given.form))!
}

/** What was awarded, as the row of the batch said it; undefined where the row is gone. */
export async function readAwardGiven(tx: TenantTransaction, credential: string): Promise<AwardGiven | undefined> {
  const { rows } = await sql<{ given: unknown }>`select r.given from credential c
    join batch_row r on r.tenant = c.tenant and r.batch = c.batch and r.n = c.row_number
    where c.tenant = ${tx.tenant} and c.id = ${credential}`.execute(tx)
  return rows[0]?.given ? AwardGiven.parse(rows[0].given) : undefined
}
