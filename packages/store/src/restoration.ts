/** After a restore: what the journal knows is done again, and nothing is published until it is sure that nobody is un-revoked (R-BAK-4). */
import { sql } from 'kysely'
import type pg from 'pg'
import type { Database, TenantTransaction } from './database.ts'
import { inTransaction } from './in-transaction.ts'
import { instant } from './rows.ts'

/** That this database came out of a backup, and whether everything since is known. */
export interface Restoration {
  backupAt: string
  restoredAt: string
  /** True when a journal told what was revoked and published between the backup and the loss. */
  complete: boolean
  confirmedAt?: string
}

/** A line of the journal that is done again. */
export type JournalEntry =
  | { kind: 'revoked'; at: string; tenant: string; credential: string; list: string; index: number; reason: string }
  | { kind: 'list'; at: string; tenant: string; list: string; sequence: number }

/**
 * What a restore does before it commits. No published list is kept: those of the backup may say less than what was published since. All are closed, so
 * that no place is given out twice. What the journal has is done again; a place of a credential that was sealed after the backup is kept by itself.
 */
export async function settleRestore(
  client: pg.ClientBase,
  given: { backupAt: string; restoredAt: string; complete: boolean; entries: readonly JournalEntry[] },
): Promise<{ revoked: number; places: number; lists: number }> {
  const { backupAt, restoredAt, complete, entries } = given
  await client.query(
    `update cairn.status_list set signed = null, token = null, published_at = null, valid_until = null, closed_at = coalesce(closed_at, $1)`,
    [restoredAt],
  )
  const done = await redo(client, entries, restoredAt)
  // Without a journal the number that was published last is not known either: a step that nobody publishes in the time between two backups.
  if (!complete) await client.query('update cairn.status_list set sequence = sequence + 1000000 where sequence > 0')
  await client.query(
    `insert into cairn.restoration (backup_at, restored_at, complete) values ($1, $2, $3)
     on conflict (one) do update set backup_at = excluded.backup_at, restored_at = excluded.restored_at, complete = excluded.complete,
       confirmed_at = null, confirmed_by = null`,
    [backupAt, restoredAt, complete],
  )
  return done
}

/** Does again what a journal has; what is so already stays as it is. */
async function redo(
  client: pg.ClientBase,
  entries: readonly JournalEntry[],
  restoredAt: string,
): Promise<{ revoked: number; places: number; lists: number }> {
  let [revoked, places, lists] = [0, 0, 0]
  const makeList = (tenant: string, list: string, sequence: number) =>
    client.query(
      `insert into cairn.status_list (tenant, id, purpose, sequence, created_at, closed_at) values ($1, $2, 'revocation', $3, $4, $4)
       on conflict (tenant, id) do update set sequence = greatest(status_list.sequence, excluded.sequence)`,
      [tenant, list, sequence, restoredAt],
    )
  for (const entry of entries) {
    if (entry.kind === 'list') {
      lists += (await makeList(entry.tenant, entry.list, entry.sequence)).rowCount ?? 0
      continue
    }
    const { at, tenant, credential, list, index, reason } = entry
    const { rowCount } = await client.query(
      `update cairn.credential set state = 'revoked', revoked_at = coalesce(revoked_at, $3), reason = coalesce(reason, $4)
       where tenant = $1 and id = $2 and sealed_at is not null returning 1`,
      [tenant, credential, at, reason],
    )
    if (rowCount) {
      revoked++
      continue
    }
    // Sealed after the backup, or never stored as sealed in it: the place stays revoked whatever becomes of the credential.
    await makeList(tenant, list, 0)
    await client.query(
      `insert into cairn.revoked_place (tenant, status_list, status_index, revoked_at) values ($1, $2, $3, $4) on conflict do nothing`,
      [tenant, list, index, at],
    )
    places++
  }
  return { revoked, places, lists }
}

/** A number under which a status list was published. */
export interface PublishedNumber {
  tenant: string
  list: string
  sequence: number
}

/**
 * By how many numbers this database is behind what was published, of the list that is furthest; 0 when it is behind in none. One may be a publication that was
 * broken off before it was committed; more mean that the database was set back to a moment before, by whatever means.
 */
export async function stepsBehind(database: Database, published: readonly PublishedNumber[]): Promise<number> {
  if (published.length === 0) return 0
  return database.system(async (tx) => {
    const { rows } = await sql<{ steps: number }>`select greatest(0, max(p.sequence - coalesce(l.sequence, 0))) as steps from
      unnest(${published.map(({ tenant }) => tenant)}::uuid[], ${published.map(({ list }) => list)}::uuid[], ${published.map(({ sequence }) => sequence)}::int[]) as p(tenant, list, sequence)
      left join status_list l on l.tenant = p.tenant and l.id = p.list`.execute(tx)
    return rows[0]!.steps
  })
}

/**
 * Carries out the revocations of a journal that this database does not have: they were broken off before they were committed, or lost with a standby that had not
 * everything. Their lists are due to be published, under numbers above those that `published` has. Answers how many there were.
 */
export async function carryOutRevocations(
  { pool }: Database,
  { now, entries, published }: { now: string; entries: readonly JournalEntry[]; published: readonly PublishedNumber[] },
): Promise<number> {
  const revoked = entries.filter((entry) => entry.kind === 'revoked')
  return inOne(pool, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      `select e.n::int - 1 as n from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[]) with ordinality as e(tenant, credential, list, place, n)
       left join cairn.credential c on c.tenant = e.tenant and c.id = e.credential
       left join cairn.revoked_place p on p.tenant = e.tenant and p.status_list = e.list and p.status_index = e.place
       where c.revoked_at is null and p.tenant is null`,
      [
        revoked.map(({ tenant }) => tenant),
        revoked.map(({ credential }) => credential),
        revoked.map(({ list }) => list),
        revoked.map(({ index }) => index),
      ],
    )
    if (rows.length === 0) return 0
    const missing = rows.map(({ n }) => revoked[n]!)
    await redo(client, [...missing, ...published.map((each) => ({ ...each, kind: 'list' as const, at: now }))], now)
    await client.query(
      `update cairn.status_list l set valid_until = least(l.valid_until, $3) from unnest($1::uuid[], $2::uuid[]) as m(tenant, list)
       where l.tenant = m.tenant and l.id = m.list`,
      [missing.map(({ tenant }) => tenant), missing.map(({ list }) => list), now],
    )
    return missing.length
  })
}

/** Work on what is settled, one at a time. Raises what {@link inTransaction} raises. */
const inOne = <T>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> =>
  inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(724110314)')
    return work(client)
  })

/**
 * Settles a database that was set back without a backup of ours, as {@link settleRestore} settles one that came out of it. Its moment is that of the newest
 * line of its record. What waits for a confirmation already stays as it is, and what the journals have is done again.
 */
export async function settleSetBack(
  { pool }: Database,
  { restoredAt, begun, entries }: { restoredAt: string; begun: string | undefined; entries: readonly JournalEntry[] },
): Promise<{ at: string; complete: boolean; revoked: number; places: number }> {
  return inOne(pool, async (client) => {
    const { rows } = await client.query<{ at: Date; waits: boolean }>(
      `select coalesce((select max(at) from cairn.event), now()) as at,
         exists (select from cairn.restoration where confirmed_at is null and not complete) as waits`,
    )
    const at = instant(rows[0]!.at)!
    const complete = begun !== undefined && begun <= at
    const { revoked, places } =
      rows[0]!.waits && !complete
        ? await redo(client, entries, restoredAt)
        : await settleRestore(client, { backupAt: at, restoredAt, complete, entries })
    return { at, complete, revoked, places }
  })
}

/** The restoration that this database came out of; undefined for one that never was restored. */
export async function readRestoration(database: Database): Promise<Restoration | undefined> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{
      backup_at: Date
      restored_at: Date
      complete: boolean
      confirmed_at: Date | null
    }>`select backup_at, restored_at, complete, confirmed_at from cairn.restoration`.execute(tx)
    const row = rows[0]
    return (
      row && {
        backupAt: instant(row.backup_at)!,
        restoredAt: instant(row.restored_at)!,
        complete: row.complete,
        ...(row.confirmed_at ? { confirmedAt: instant(row.confirmed_at)! } : {}),
      }
    )
  })
}

/** Says that what was revoked since the backup is known; false when somebody said so before. */
export async function confirmRestoration(tx: TenantTransaction, by: string, now: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update restoration set confirmed_at = ${now}, confirmed_by = ${by} where confirmed_at is null`.execute(tx)
  return numAffectedRows === 1n
}

/** The same by the platform itself, when the journal was complete. */
export async function confirmCompleteRestoration(database: Database, now: string): Promise<void> {
  await database.system((tx) =>
    sql`update cairn.restoration set confirmed_at = ${now}, confirmed_by = 'journal' where confirmed_at is null and complete`.execute(tx),
  )
}

/** Lists that were published before a restore and are not yet again, of every tenant. */
export async function listsToPublish(database: Database): Promise<{ tenant: string; list: string }[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<{ tenant: string; list: string }>`select tenant, id as list from cairn.status_list
      where signed is null and closed_at is not null order by created_at`.execute(tx)
    return rows
  })
}

/** Everything that is revoked, and the number of every list: what a journal begins with, so that it is enough by itself. */
export async function readJournalStart(database: Database): Promise<JournalEntry[]> {
  return database.system(async (tx) => {
    const { rows: revoked } = await sql<{
      revoked_at: Date
      tenant: string
      id: string
      status_list: string
      status_index: number
      reason: string
    }>`
      select revoked_at, tenant, id, status_list, status_index, coalesce(reason, 'error') as reason from cairn.credential where revoked_at is not null order by revoked_at`.execute(
      tx,
    )
    const { rows: lists } = await sql<{ tenant: string; id: string; sequence: number; at: Date }>`
      select tenant, id, sequence, coalesce(published_at, created_at) as at from cairn.status_list where sequence > 0`.execute(tx)
    return [
      ...revoked.map(
        (row): JournalEntry => ({
          kind: 'revoked',
          at: instant(row.revoked_at)!,
          tenant: row.tenant,
          credential: row.id,
          list: row.status_list,
          index: row.status_index,
          reason: row.reason,
        }),
      ),
      ...lists.map(
        (row): JournalEntry => ({ kind: 'list', at: instant(row.at)!, tenant: row.tenant, list: row.id, sequence: row.sequence }),
      ),
    ]
  })
}
