/** The trust registry: what holds today, and every change that led to it, proposed by one person and decided by another. */
import { TrustRecord, type TrustRegistry } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { instant, json } from './rows.ts'

/** Where a change comes from: what was there before changes were recorded, a person's form, an institution's own key, a registry file, the demonstration. */
export type TrustSource = 'before' | 'person' | 'key' | 'file' | 'demonstration'

/** An entry as it holds today; `takenOutAt` when it no longer does. */
export interface TrustEntryRow {
  id: string
  record: TrustRecord
  demonstration: boolean
  takenOutAt?: string
}

/** Somebody who did something, and when. */
export interface TrustStep {
  at: string
  by: string
  name: string
}

/** A change; without a record the entry is to be taken out. `decided` is absent while it waits. */
export interface TrustChangeRow {
  id: string
  entry: string
  record?: TrustRecord
  demonstration: boolean
  source: TrustSource
  note?: string
  proposed: TrustStep
  decided?: TrustStep & { decision: 'approved' | 'refused'; alone: boolean; note?: string }
}

/** What {@link decideTrust} is given. */
export interface TrustDecision extends TrustStep {
  decision: 'approved' | 'refused'
  alone: boolean
  note?: string | undefined
}

/** Records what somebody wants changed. Nothing changes yet. */
export async function proposeTrust(tx: TenantTransaction, change: Omit<TrustChangeRow, 'decided'>): Promise<void> {
  const { id, entry, record, demonstration, source, note, proposed } = change
  await sql`insert into trust_change (id, entry, institution, record, demonstration, source, note, proposed_at, proposed_by, proposed_name)
    values (${id}, ${entry}, ${tx.tenant}, ${record ? json(record) : null}, ${demonstration}, ${source}, ${note ?? null},
      ${proposed.at}, ${proposed.by}, ${proposed.name})`.execute(tx)
}

/** Decides a change for good, and brings the entry to what was approved; false when somebody decided before. */
export async function decideTrust(tx: TenantTransaction, change: TrustChangeRow, decided: TrustDecision): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into trust_decision (change, decision, note, decided_at, decided_by, decided_name, alone)
    values (${change.id}, ${decided.decision}, ${decided.note ?? null}, ${decided.at}, ${decided.by}, ${decided.name}, ${decided.alone})
    on conflict do nothing`.execute(tx)
  if (numAffectedRows === 0n) return false
  if (decided.decision === 'refused') return true
  if (!change.record) {
    await sql`update trust_entry set taken_out_at = ${decided.at} where id = ${change.entry}`.execute(tx)
    return true
  }
  const { kind, entry, anchors } = change.record
  await sql`insert into trust_entry (id, tenant, kind, entry, anchors, demonstration, created_at)
    values (${change.entry}, ${tx.tenant}, ${kind}, ${json(entry)}, ${anchors}, ${change.demonstration}, ${decided.at})
    on conflict (id) do update set kind = excluded.kind, entry = excluded.entry, anchors = excluded.anchors, demonstration = excluded.demonstration,
      taken_out_at = null`.execute(tx)
  return true
}

interface RawEntry {
  id: string
  kind: string
  entry: unknown
  anchors: string[]
  demonstration: boolean
  taken_out_at: Date | null
}
const entryOf = ({ id, kind, entry, anchors, demonstration, taken_out_at }: RawEntry): TrustEntryRow => ({
  id,
  record: TrustRecord.parse({ kind, entry, anchors }),
  demonstration,
  ...(taken_out_at ? { takenOutAt: instant(taken_out_at)! } : {}),
})

/** Every entry, also those that were taken out, by name. */
export async function listTrust(tx: TenantTransaction): Promise<TrustEntryRow[]> {
  const { rows } = await sql<RawEntry>`select id, kind, entry, anchors, demonstration, taken_out_at from trust_entry
    order by taken_out_at is not null, entry ->> 'legalName', created_at`.execute(tx)
  return rows.map(entryOf)
}

interface RawChange {
  id: string
  entry: string
  record: unknown
  demonstration: boolean
  source: TrustSource
  note: string | null
  proposed_at: Date
  proposed_by: string
  proposed_name: string
  decision: 'approved' | 'refused' | null
  decision_note: string | null
  decided_at: Date | null
  decided_by: string | null
  decided_name: string | null
  alone: boolean | null
}
const changeOf = (row: RawChange): TrustChangeRow => ({
  id: row.id,
  entry: row.entry,
  ...(row.record ? { record: TrustRecord.parse(row.record) } : {}),
  demonstration: row.demonstration,
  source: row.source,
  ...(row.note ? { note: row.note } : {}),
  proposed: { at: instant(row.proposed_at)!, by: row.proposed_by, name: row.proposed_name },
  ...(row.decision
    ? {
        decided: {
          decision: row.decision,
          at: instant(row.decided_at)!,
          by: row.decided_by!,
          name: row.decided_name!,
          alone: row.alone!,
          ...(row.decision_note ? { note: row.decision_note } : {}),
        },
      }
    : {}),
})
const changes = sql`select c.id, c.entry, c.record, c.demonstration, c.source, c.note, c.proposed_at, c.proposed_by, c.proposed_name,
    d.decision, d.note as decision_note, d.decided_at, d.decided_by, d.decided_name, d.alone
  from trust_change c left join trust_decision d on d.change = c.id`

/** Changes of one entry, newest first. */
export async function listTrustChanges(tx: TenantTransaction, entry: string): Promise<TrustChangeRow[]> {
  const { rows } = await sql<RawChange>`${changes} where c.entry = ${entry} order by c.proposed_at desc, c.id desc`.execute(tx)
  return rows.map(changeOf)
}

/** Changes that wait for a decision, oldest first; those of `ids` alone when given. */
export async function listWaitingTrust(tx: TenantTransaction, ids?: readonly string[]): Promise<TrustChangeRow[]> {
  const { rows } =
    await sql<RawChange>`${changes} where d.change is null and (${ids ?? null}::uuid[] is null or c.id = any(${ids ?? null}::uuid[]))
    order by c.proposed_at, c.id`.execute(tx)
  return rows.map(changeOf)
}

/** How many institutions this installation has. */
export async function countInstitutions(tx: TenantTransaction): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count_institutions() as count`.execute(tx)
  return Number(rows[0]!.count)
}

/** The registry as everybody may read it, as of a day (`2026-05-12`); demonstration entries only where they are wanted. */
export async function readRegistry(
  database: Database,
  demonstration: boolean,
  day: string,
): Promise<Pick<TrustRegistry, 'anchors' | 'timeStampAnchors' | 'issuers'>> {
  return database.platform(async (tx) => {
    const { rows } = await sql<RawEntry>`select id, kind, entry, anchors, demonstration, taken_out_at from trust_entry
      where (${demonstration} or not demonstration) and taken_out_at is null order by created_at`.execute(tx)
    const records = rows.map((row) => entryOf(row).record)
    const anchors = (wanted: (record: TrustRecord) => boolean) => [...new Set(records.filter(wanted).flatMap((record) => record.anchors))]
    // An authority vouches while its entry holds; an issuer's entry carries its days with it, for seals of its time rest on it.
    const holds = ({ kind, entry: { from, to } }: TrustRecord) => kind === 'issuer' || ((!from || from <= day) && (!to || day <= to))
    const timeStampAnchors = anchors((record) => record.kind === 'time-stamps' && holds(record))
    return {
      anchors: anchors((record) => record.kind !== 'time-stamps' && holds(record)),
      ...(timeStampAnchors.length > 0 ? { timeStampAnchors } : {}),
      issuers: records.filter(({ kind }) => kind === 'issuer').map(({ entry }) => entry),
    }
  })
}
