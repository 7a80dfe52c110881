/** An institution's own words for its mails. */
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'

export interface MailTemplateRow {
  kind: string
  language: string
  subject: string
  text: string
}

/** Every template of the institution; there are never many. */
export async function readMailTemplates(tx: TenantTransaction): Promise<MailTemplateRow[]> {
  const { rows } =
    await sql<MailTemplateRow>`select kind, language, subject, body as text from mail_template where tenant = ${tx.tenant}`.execute(tx)
  return rows
}

/** Writes one in place of the one before. */
export async function saveMailTemplate(tx: TenantTransaction, row: MailTemplateRow, by: string, now: string): Promise<void> {
  await sql`insert into mail_template (tenant, kind, language, subject, body, changed_at, changed_by)
    values (${tx.tenant}, ${row.kind}, ${row.language}, ${row.subject}, ${row.text}, ${now}, ${by})
    on conflict (tenant, kind, language) do update set subject = excluded.subject, body = excluded.body, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(
    tx,
  )
}

/** Takes one away; false when there was none. */
export async function removeMailTemplate(tx: TenantTransaction, kind: string, language: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from mail_template where tenant = ${tx.tenant} and kind = ${kind} and language = ${language}`.execute(tx)
  return numAffectedRows === 1n
}
