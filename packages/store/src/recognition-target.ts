/** What a body recognises for: modules, posts, modules of vocational training, jobs. */
import type { JsonObject, LangString } from '@cairn/core'
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'
import { json } from './rows.ts'

export interface TargetRow {
  id: string
  title: LangString
  content: JsonObject
  archived: boolean
}

export async function listTargets(tx: TenantTransaction): Promise<TargetRow[]> {
  const { rows } = await sql<TargetRow>`select id, title, content, archived from recognition_target where tenant = ${tx.tenant}
    order by archived, saved_at desc limit 1000`.execute(tx)
  return rows
}

export async function readTargetRow(tx: TenantTransaction, id: string): Promise<TargetRow | undefined> {
  const { rows } =
    await sql<TargetRow>`select id, title, content, archived from recognition_target where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  return rows[0]
}

export async function putTarget(tx: TenantTransaction, { id, title, content, archived }: TargetRow, now: string): Promise<void> {
  await sql`insert into recognition_target (tenant, id, title, content, archived, saved_at)
    values (${tx.tenant}, ${id}, ${json(title)}, ${json(content)}, ${archived}, ${now})
    on conflict (tenant, id) do update set title = excluded.title, content = excluded.content, archived = excluded.archived, saved_at = excluded.saved_at`.execute(
    tx,
  )
}
