/** Drafts and their immutable editions. */
import { AchievementSpecification, Edition } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { instant, json, onPage, type Page } from './rows.ts'

export interface SpecificationRow {
  id: string
  draft: AchievementSpecification
  revision: number
  archived: boolean
  savedAt: string
  editions: { id: string; version: number; publishedAt: string }[]
}
export interface EditionRow {
  edition: Edition
  specification: string
}
/** How many credentials of an edition were sealed, and how many of them revoked. */
export interface AwardCounts {
  awarded: number
  revoked: number
}

interface RawSpecification {
  id: string
  draft: unknown
  revision: number
  archived: boolean
  saved_at: Date
  editions: { id: string; version: number; publishedAt: string }[] | null
}

const specificationOf = (row: RawSpecification): SpecificationRow => ({
  id: row.id,
  draft: AchievementSpecification.parse(row.draft),
  revision: row.revision,
  archived: row.archived,
  savedAt: instant(row.saved_at)!,
  editions: row.editions ?? [],
})

const selectSpecifications = (tenant: string) => sql`select s.id, s.draft, s.revision, s.archived, s.saved_at,
  (select json_agg(json_build_object('id', e.id, 'version', e.version, 'publishedAt', e.published_at) order by e.version desc) from edition e
    where e.tenant = s.tenant and e.specification = s.id) as editions
  from specification s where s.tenant = ${tenant}`

export async function listSpecifications(
  tx: TenantTransaction,
  archived: boolean,
  page: Page = { page: 1, size: 1000 },
): Promise<SpecificationRow[]> {
  const { rows } =
    await sql<RawSpecification>`${selectSpecifications(tx.tenant)} and s.archived = ${archived} order by s.saved_at desc, s.id ${onPage(page)}`.execute(
      tx,
    )
  return rows.map(specificationOf)
}

export async function readSpecification(tx: TenantTransaction, id: string): Promise<SpecificationRow | undefined> {
  const { rows } = await sql<RawSpecification>`${selectSpecifications(tx.tenant)} and s.id = ${id}`.execute(tx)
  return rows[0] && specificationOf(rows[0])
}

export async function insertSpecification(tx: TenantTransaction, id: string, draft: AchievementSpecification, now: string): Promise<void> {
  await sql`insert into specification (tenant, id, draft, saved_at) values (${tx.tenant}, ${id}, ${json(draft)}, ${now})`.execute(tx)
}

/** Saves when the revision is still the one that was read; false when somebody was faster. */
export async function saveSpecification(
  tx: TenantTransaction,
  id: string,
  draft: AchievementSpecification,
  revision: number,
  now: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update specification set draft = ${json(draft)}, revision = revision + 1, saved_at = ${now}
    where tenant = ${tx.tenant} and id = ${id} and revision = ${revision}`.execute(tx)
  return numAffectedRows === 1n
}

export async function archiveSpecification(tx: TenantTransaction, id: string, archived: boolean): Promise<boolean> {
  const { numAffectedRows } = await sql`update specification set archived = ${archived} where tenant = ${tx.tenant} and id = ${id}`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

/** How the columns of this specification's files were read last time, by their header. */
export async function rememberedColumns(tx: TenantTransaction, specification: string): Promise<Record<string, string | null> | undefined> {
  const { rows } = await sql<{
    mapping: Record<string, string | null> | null
  }>`select mapping from specification where tenant = ${tx.tenant} and id = ${specification}`.execute(tx)
  return rows[0]?.mapping ?? undefined
}

export async function rememberColumns(tx: TenantTransaction, specification: string, mapping: Record<string, string | null>): Promise<void> {
  await sql`update specification set mapping = ${json(mapping)} where tenant = ${tx.tenant} and id = ${specification}`.execute(tx)
}

export async function insertEdition(tx: TenantTransaction, edition: Edition, specification: string): Promise<void> {
  await sql`insert into edition (tenant, id, specification, version, content, published_at)
    values (${tx.tenant}, ${edition.id}, ${specification}, ${edition.version}, ${json(edition)}, ${edition.publishedAt})`.execute(tx)
}

interface RawEdition {
  content: unknown
  specification: string
}
const editionOf = (row: RawEdition): EditionRow => ({
  edition: Edition.parse(row.content),
  specification: row.specification,
})
const selectEditions = (tenant: string) => sql`select e.content, e.specification from edition e where e.tenant = ${tenant}`

export async function listEditions(tx: TenantTransaction): Promise<EditionRow[]> {
  const { rows } = await sql<RawEdition>`${selectEditions(tx.tenant)} order by e.published_at desc limit 1000`.execute(tx)
  return rows.map(editionOf)
}

export async function readEdition(tx: TenantTransaction, id: string): Promise<EditionRow | undefined> {
  const { rows } = await sql<RawEdition>`${selectEditions(tx.tenant)} and e.id = ${id}`.execute(tx)
  return rows[0] && editionOf(rows[0])
}

/** What was awarded, by edition. Goes over every credential once, so it is asked only where the numbers are shown. */
export async function countAwards(tx: TenantTransaction): Promise<(edition: string) => AwardCounts> {
  const { rows } = await sql<{
    edition: string
    awarded: string
    revoked: string
  }>`select edition, count(sealed_at) as awarded, count(revoked_at) as revoked
    from credential where tenant = ${tx.tenant} group by edition`.execute(tx)
  const counts = new Map(rows.map(({ edition, awarded, revoked }) => [edition, { awarded: Number(awarded), revoked: Number(revoked) }]))
  return (edition) => counts.get(edition) ?? { awarded: 0, revoked: 0 }
}

/** The tenant of a published edition; editions are public. */
export async function findEdition(database: Database, id: string): Promise<string | undefined> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{ tenant: string }>`select tenant from find_edition(${id})`.execute(tx)
    return rows[0]?.tenant
  })
}

/** The newest editions that are on offer in the whole installation, at most so many, and how many there are. */
export async function listOffered(database: Database, most: number): Promise<{ editions: Edition[]; total: number }> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{ content: unknown; total: string }>`select content, total from offered_editions(${most})`.execute(tx)
    return { editions: rows.map(({ content }) => Edition.parse(content)), total: Number(rows[0]?.total ?? 0) }
  })
}
