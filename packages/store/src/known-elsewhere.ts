/** What was read elsewhere: states of trusted lists with their proof, and snapshots of registries of accreditations. Nothing of it is ever changed. */
import { AccreditationSnapshot, type Problem } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { instant, json } from './rows.ts'

/** A state of a list as it is kept; `content` is what was read of it, and what was known before and is no longer named. */
export interface TrustedListRow<Content> {
  kind: string
  territory: string
  digest: string
  sequence: number
  address: string
  retrievedAt: string
  content: Content
}

/** A list that could not be had or not be believed. */
export interface TrustedListProblem {
  address: string
  territory?: string
  problem: Problem
}

/** The newest state of every list, and how the last asking went. `Content` is what the caller stored. */
export async function readTrustedLists<Content>(
  database: Database,
): Promise<{ lists: TrustedListRow<Content>[]; checkedAt?: string; problems: TrustedListProblem[] }> {
  return database.platform(async (tx) => {
    const { rows } = await sql<
      Omit<TrustedListRow<Content>, 'retrievedAt'> & { retrieved_at: Date }
    >`select distinct on (kind, territory) kind, territory, digest, sequence, address, retrieved_at, content from trusted_list
      order by kind, territory, sequence desc, retrieved_at desc`.execute(tx)
    const { rows: checks } = await sql<{ at: Date; problems: TrustedListProblem[] }>`select at, problems from trusted_list_check`.execute(
      tx,
    )
    const at = checks[0]?.at
    return {
      lists: rows.map(({ retrieved_at, ...row }) => ({ ...row, retrievedAt: instant(retrieved_at)! })),
      ...(at ? { checkedAt: instant(at)! } : {}),
      problems: checks[0]?.problems ?? [],
    }
  })
}

/**
 * Takes the turn to ask for the lists, when the last asking was before `due`, or before `dueAgain` where it had problems; false when another node was
 * quicker or it is too early.
 */
export async function takeListTurn(
  database: Database,
  now: string,
  { due, dueAgain }: { due: string; dueAgain: string },
): Promise<boolean> {
  return database.system(async (tx) => {
    const { numAffectedRows } = await sql`insert into cairn.trusted_list_check as c (at) values (${now})
      on conflict (one) do update set at = excluded.at
      where c.at < case when c.problems = '[]' then ${due}::timestamptz else ${dueAgain}::timestamptz end`.execute(tx)
    return numAffectedRows === 1n
  })
}

/** Keeps states that are new, each with the bytes that prove it, and how the asking went. */
export async function keepTrustedLists<Content>(
  database: Database,
  lists: readonly (TrustedListRow<Content> & { bytes: Uint8Array })[],
  { at, problems }: { at: string; problems: readonly TrustedListProblem[] },
): Promise<void> {
  await database.system(async (tx) => {
    for (const { kind, territory, digest, sequence, address, retrievedAt, content, bytes } of lists)
      await sql`insert into cairn.trusted_list (kind, territory, digest, sequence, address, retrieved_at, bytes, content)
        values (${kind}, ${territory}, ${digest}, ${sequence}, ${address}, ${retrievedAt}, ${Buffer.from(bytes)}, ${json(content)}) on conflict do nothing`.execute(
        tx,
      )
    await sql`insert into cairn.trusted_list_check (at, problems) values (${at}, ${json(problems)})
      on conflict (one) do update set at = excluded.at, problems = excluded.problems`.execute(tx)
  })
}

/** A snapshot as a line: where it is from, when it was read there, and who brought it. */
export interface AccreditationLine {
  id: string
  source: string
  retrievedAt: string
  bodies: number
  records: number
  takenAt: string
  takenName: string
}

/** Keeps a snapshot. */
export async function insertAccreditations(
  tx: TenantTransaction,
  given: { id: string; snapshot: AccreditationSnapshot; at: string; by: string; name: string },
): Promise<void> {
  const { id, snapshot, at, by, name } = given
  await sql`insert into accreditation_snapshot (id, institution, source, retrieved_at, content, taken_at, taken_by, taken_name)
    values (${id}, ${tx.tenant}, ${snapshot.source}, ${snapshot.retrievedAt}, ${json(snapshot)}, ${at}, ${by}, ${name})`.execute(tx)
}

/** Every snapshot that was ever brought, newest first. */
export async function listAccreditations(tx: TenantTransaction): Promise<AccreditationLine[]> {
  const { rows } = await sql<{
    id: string
    source: string
    retrieved_at: Date
    bodies: number
    records: number
    taken_at: Date
    taken_name: string
  }>`select id, source, retrieved_at, jsonb_array_length(content -> 'bodies') as bodies, jsonb_array_length(content -> 'records') as records, taken_at, taken_name
    from accreditation_snapshot order by taken_at desc, id desc`.execute(tx)
  return rows.map(({ retrieved_at, taken_at, taken_name, ...row }) => ({
    ...row,
    retrievedAt: instant(retrieved_at)!,
    takenAt: instant(taken_at)!,
    takenName: taken_name,
  }))
}

/** The newest snapshot of every source. */
export async function readAccreditations(database: Database): Promise<AccreditationSnapshot[]> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{
      content: unknown
    }>`select distinct on (source) content from accreditation_snapshot order by source, retrieved_at desc, taken_at desc`.execute(tx)
    return rows.map(({ content }) => AccreditationSnapshot.parse(content))
  })
}
