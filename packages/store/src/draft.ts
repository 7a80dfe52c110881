/** What an institution drafts and publishes in versions, policies and pathways alike: a draft that changes, versions that never do. */
import type { JsonObject } from '@cairn/core'
import { Organisation } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { instant, json } from './rows.ts'

/** Which of them: also the name of the table of drafts. */
export type DraftKind = 'policy' | 'pathway'

export interface VersionRow {
  id: string
  /** The draft that it is a version of. */
  draft: string
  version: number
  content: JsonObject
  hash: string
  publishedAt: string
  retiredAt?: string
}
export interface DraftRow {
  id: string
  draft: JsonObject
  revision: number
  savedAt: string
  /** Who asked for publication and waits for a second person. */
  proposed?: { by: string; name: string; at: string }
}

interface RawDraft {
  id: string
  draft: JsonObject
  revision: number
  saved_at: Date
  proposed_by: string | null
  proposed_name: string | null
  proposed_at: Date | null
}
const draftOf = (row: RawDraft): DraftRow => ({
  id: row.id,
  draft: row.draft,
  revision: row.revision,
  savedAt: instant(row.saved_at)!,
  ...(row.proposed_by ? { proposed: { by: row.proposed_by, name: row.proposed_name ?? '', at: instant(row.proposed_at)! } } : {}),
})

interface RawVersion {
  id: string
  draft: string
  version: number
  content: JsonObject
  hash: string
  published_at: Date
  retired_at: Date | null
}
const versionOf = (row: RawVersion): VersionRow => ({
  id: row.id,
  draft: row.draft,
  version: row.version,
  content: row.content,
  hash: row.hash,
  publishedAt: instant(row.published_at)!,
  ...(row.retired_at ? { retiredAt: instant(row.retired_at)! } : {}),
})

const tablesOf = (kind: DraftKind) => ({
  drafts: sql.table(kind),
  versions: sql.table(`${kind}_version`),
  retirements: sql.table(`${kind}_retirement`),
  column: sql.ref(kind),
})

export async function insertDraft(tx: TenantTransaction, kind: DraftKind, id: string, draft: JsonObject, now: string): Promise<void> {
  await sql`insert into ${tablesOf(kind).drafts} (tenant, id, draft, saved_at) values (${tx.tenant}, ${id}, ${json(draft)}, ${now})`.execute(
    tx,
  )
}

export async function listDrafts(tx: TenantTransaction, kind: DraftKind): Promise<DraftRow[]> {
  const { rows } =
    await sql<RawDraft>`select * from ${tablesOf(kind).drafts} where tenant = ${tx.tenant} order by saved_at desc limit 500`.execute(tx)
  return rows.map(draftOf)
}

export async function readDraft(tx: TenantTransaction, kind: DraftKind, id: string, lock = false): Promise<DraftRow | undefined> {
  const { rows } =
    await sql<RawDraft>`select * from ${tablesOf(kind).drafts} where tenant = ${tx.tenant} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    )
  return rows[0] && draftOf(rows[0])
}

/** Saves when the revision is still the one that was read; a change takes back what was proposed. */
export async function saveDraft(
  tx: TenantTransaction,
  kind: DraftKind,
  id: string,
  draft: JsonObject,
  revision: number,
  now: string,
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update ${tablesOf(kind).drafts} set draft = ${json(draft)}, revision = revision + 1, saved_at = ${now},
      proposed_by = null, proposed_name = null, proposed_at = null
    where tenant = ${tx.tenant} and id = ${id} and revision = ${revision}`.execute(tx)
  return numAffectedRows === 1n
}

/** Records who wants it published; `undefined` takes it back. */
export async function proposeDraft(
  tx: TenantTransaction,
  kind: DraftKind,
  id: string,
  given: { person: string; name: string; now: string } | undefined,
): Promise<void> {
  await sql`update ${tablesOf(kind).drafts} set proposed_by = ${given?.person ?? null}, proposed_name = ${given?.name ?? null},
    proposed_at = ${given?.now ?? null} where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

export async function insertVersion(
  tx: TenantTransaction,
  kind: DraftKind,
  given: Omit<VersionRow, 'retiredAt'> & { publishedBy: string; approvedBy?: string },
): Promise<void> {
  const { versions, column } = tablesOf(kind)
  await sql`insert into ${versions} (tenant, id, ${column}, version, content, hash, published_at, published_by, approved_by)
    values (${tx.tenant}, ${given.id}, ${given.draft}, ${given.version}, ${json(given.content)}, ${given.hash}, ${given.publishedAt},
      ${given.publishedBy}, ${given.approvedBy ?? null})`.execute(tx)
}

const selectVersions = (tx: TenantTransaction, kind: DraftKind) => {
  const { versions, retirements, column } = tablesOf(kind)
  return sql`select v.*, v.${column} as draft, r.at as retired_at from ${versions} v
    left join ${retirements} r on r.tenant = v.tenant and r.version = v.id where v.tenant = ${tx.tenant}`
}

/** One published version, offered or not any more. */
export async function readVersion(tx: TenantTransaction, kind: DraftKind, id: string): Promise<VersionRow | undefined> {
  const { rows } = await sql<RawVersion>`${selectVersions(tx, kind)} and v.id = ${id}`.execute(tx)
  return rows[0] && versionOf(rows[0])
}

/** Published versions, newest first; of one draft when named. */
export async function listVersions(tx: TenantTransaction, kind: DraftKind, draft?: string): Promise<VersionRow[]> {
  const { column } = tablesOf(kind)
  const { rows } =
    await sql<RawVersion>`${selectVersions(tx, kind)} and (${draft ?? null}::uuid is null or v.${column} = ${draft ?? null}) order by v.published_at desc, v.version desc`.execute(
      tx,
    )
  return rows.map(versionOf)
}

export async function retireVersion(tx: TenantTransaction, kind: DraftKind, version: string, now: string): Promise<void> {
  await sql`insert into ${tablesOf(kind).retirements} (tenant, version, at) values (${tx.tenant}, ${version}, ${now}) on conflict do nothing`.execute(
    tx,
  )
}

/** Institutions that published something of the kind which they still offer; of one alone when its id (urn) is given. */
export async function findBodies(
  database: Database,
  kind: DraftKind,
  id?: string,
): Promise<{ tenant: string; organisation: Organisation }[]> {
  const find = kind === 'policy' ? sql`find_bodies()` : sql`find_pathway_bodies()`
  const which = id === undefined ? sql`` : sql`where organisation->>'id' = ${id}`
  return database.platform(async (tx) => {
    const { rows } = await sql<{ tenant: string; organisation: unknown }>`select tenant, organisation from ${find} ${which}`.execute(tx)
    return rows.map((row) => ({ tenant: row.tenant, organisation: Organisation.parse(row.organisation) }))
  })
}

/** The tenant that published a version of a pathway, retired ones too. */
export async function findPathway(database: Database, version: string): Promise<string | undefined> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{ tenant: string }>`select tenant from find_pathway(${version}::uuid)`.execute(tx)
    return rows[0]?.tenant
  })
}
