/** A body's recognition policies: a draft that changes, versions that never do. */
import type { JsonObject } from '@cairn/core'
import { Organisation } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { instant, json } from './rows.ts'

export interface PolicyVersionRow {
  id: string
  policy: string
  version: number
  content: JsonObject
  hash: string
  publishedAt: string
  retiredAt?: string
}
export interface PolicyRow {
  id: string
  draft: JsonObject
  revision: number
  savedAt: string
  /** Who asked for publication and waits for a second person. */
  proposed?: { by: string; name: string; at: string }
}

interface RawPolicy {
  id: string
  draft: JsonObject
  revision: number
  saved_at: Date
  proposed_by: string | null
  proposed_name: string | null
  proposed_at: Date | null
}
const policyOf = (row: RawPolicy): PolicyRow => ({
  id: row.id,
  draft: row.draft,
  revision: row.revision,
  savedAt: instant(row.saved_at)!,
  ...(row.proposed_by ? { proposed: { by: row.proposed_by, name: row.proposed_name ?? '', at: instant(row.proposed_at)! } } : {}),
})

interface RawVersion {
  id: string
  policy: string
  version: number
  content: JsonObject
  hash: string
  published_at: Date
  retired_at: Date | null
}
const versionOf = (row: RawVersion): PolicyVersionRow => ({
  id: row.id,
  policy: row.policy,
  version: row.version,
  content: row.content,
  hash: row.hash,
  publishedAt: instant(row.published_at)!,
  ...(row.retired_at ? { retiredAt: instant(row.retired_at)! } : {}),
})

export async function insertPolicy(tx: TenantTransaction, id: string, draft: JsonObject, now: string): Promise<void> {
  await sql`insert into policy (tenant, id, draft, saved_at) values (${tx.tenant}, ${id}, ${json(draft)}, ${now})`.execute(tx)
}

export async function listPolicies(tx: TenantTransaction): Promise<PolicyRow[]> {
  const { rows } = await sql<RawPolicy>`select * from policy where tenant = ${tx.tenant} order by saved_at desc limit 500`.execute(tx)
  return rows.map(policyOf)
}

export async function readPolicy(tx: TenantTransaction, id: string, lock = false): Promise<PolicyRow | undefined> {
  const { rows } =
    await sql<RawPolicy>`select * from policy where tenant = ${tx.tenant} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] && policyOf(rows[0])
}

/** Saves when the revision is still the one that was read; a change takes back what was proposed. */
export async function savePolicy(tx: TenantTransaction, id: string, draft: JsonObject, revision: number, now: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update policy set draft = ${json(draft)}, revision = revision + 1, saved_at = ${now},
      proposed_by = null, proposed_name = null, proposed_at = null
    where tenant = ${tx.tenant} and id = ${id} and revision = ${revision}`.execute(tx)
  return numAffectedRows === 1n
}

/** Records who wants it published; `undefined` takes it back. */
export async function proposePolicy(
  tx: TenantTransaction,
  id: string,
  given: { person: string; name: string; now: string } | undefined,
): Promise<void> {
  await sql`update policy set proposed_by = ${given?.person ?? null}, proposed_name = ${given?.name ?? null}, proposed_at = ${given?.now ?? null}
    where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

export async function insertPolicyVersion(
  tx: TenantTransaction,
  given: Omit<PolicyVersionRow, 'retiredAt'> & { publishedBy: string; approvedBy?: string },
): Promise<void> {
  await sql`insert into policy_version (tenant, id, policy, version, content, hash, published_at, published_by, approved_by)
    values (${tx.tenant}, ${given.id}, ${given.policy}, ${given.version}, ${json(given.content)}, ${given.hash}, ${given.publishedAt},
      ${given.publishedBy}, ${given.approvedBy ?? null})`.execute(tx)
}

/** Published versions, newest first; of one policy when named. */
export async function listPolicyVersions(tx: TenantTransaction, policy?: string): Promise<PolicyVersionRow[]> {
  const { rows } = await sql<RawVersion>`select v.*, r.at as retired_at from policy_version v
    left join policy_retirement r on r.tenant = v.tenant and r.version = v.id
    where v.tenant = ${tx.tenant} and (${policy ?? null}::uuid is null or v.policy = ${policy ?? null}) order by v.published_at desc, v.version desc limit 2000`.execute(
    tx,
  )
  return rows.map(versionOf)
}

export async function retirePolicyVersion(tx: TenantTransaction, version: string, now: string): Promise<void> {
  await sql`insert into policy_retirement (tenant, version, at) values (${tx.tenant}, ${version}, ${now}) on conflict do nothing`.execute(
    tx,
  )
}

/** Institutions that published rules which they still offer. */
export async function findBodies(database: Database): Promise<{ tenant: string; organisation: Organisation }[]> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{ tenant: string; organisation: unknown }>`select tenant, organisation from find_bodies()`.execute(tx)
    return rows.map((row) => ({ tenant: row.tenant, organisation: Organisation.parse(row.organisation) }))
  })
}
