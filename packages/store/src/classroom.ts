/** Claiming in a classroom: opened with a short code, claimed by learners, confirmed by who teaches. */
import { Learner } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { findPlace, hashToken, instant, json } from './rows.ts'

export interface ClassroomRow {
  id: string
  edition: string
  code: string
  openedAt: string
  openedName: string
  closesAt: string
  /** The batch of those who were there; from then on nobody claims any more. */
  batch?: string
}
export interface ClassroomClaimRow {
  id: string
  classroom: string
  learner: Learner
  claimedAt: string
  /** The row of the batch, for who was there. */
  row?: number
}

interface RawClassroom {
  id: string
  edition: string
  code: string
  opened_at: Date
  opened_name: string
  closes_at: Date
  batch: string | null
}
const classroomOf = (row: RawClassroom): ClassroomRow => ({
  id: row.id,
  edition: row.edition,
  code: row.code,
  openedAt: instant(row.opened_at)!,
  openedName: row.opened_name,
  closesAt: instant(row.closes_at)!,
  ...(row.batch === null ? {} : { batch: row.batch }),
})

/** Opens a classroom; false when the code is taken. */
export async function insertClassroom(
  tx: TenantTransaction,
  room: { id: string; edition: string; code: string; person: string; name: string; closesAt: string },
  now: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into classroom (tenant, id, edition, code, opened_at, opened_by, opened_name, closes_at)
    values (${tx.tenant}, ${room.id}, ${room.edition}, ${room.code}, ${now}, ${room.person}, ${room.name}, ${room.closesAt}) on conflict do nothing`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

export async function readClassroom(tx: TenantTransaction, id: string, lock = false): Promise<ClassroomRow | undefined> {
  const { rows } =
    await sql<RawClassroom>`select * from classroom where tenant = ${tx.tenant} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    )
  return rows[0] && classroomOf(rows[0])
}

export async function listClassrooms(tx: TenantTransaction): Promise<(ClassroomRow & { claims: number })[]> {
  const { rows } = await sql<RawClassroom & { claims: string }>`select *,
    (select count(*) from classroom_claim l where l.tenant = c.tenant and l.classroom = c.id) as claims
    from classroom c where tenant = ${tx.tenant} order by opened_at desc limit 100`.execute(tx)
  return rows.map((row) => ({ ...classroomOf(row), claims: +row.claims }))
}

export async function closeClassroom(tx: TenantTransaction, id: string, now: string): Promise<void> {
  await sql`update classroom set closes_at = least(closes_at, ${now}::timestamptz) where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

/** Ties a classroom to the batch of those who were there, in the order of its rows. */
export async function confirmPresence(tx: TenantTransaction, id: string, batch: string, present: readonly string[]): Promise<void> {
  await sql`update classroom set batch = ${batch} where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  await sql`update classroom_claim c set row_number = p.n from unnest(${present as string[]}::uuid[]) with ordinality as p(id, n)
    where c.tenant = ${tx.tenant} and c.classroom = ${id} and c.id = p.id`.execute(tx)
}

interface RawClaim {
  id: string
  classroom: string
  learner: unknown
  claimed_at: Date
  row_number: number | null
}
const claimOf = (row: RawClaim): ClassroomClaimRow => ({
  id: row.id,
  classroom: row.classroom,
  learner: Learner.parse(row.learner),
  claimedAt: instant(row.claimed_at)!,
  ...(row.row_number === null ? {} : { row: row.row_number }),
})

export async function insertClassroomClaim(
  tx: TenantTransaction,
  claim: { id: string; classroom: string; token: string; learner: Learner },
  now: string,
): Promise<void> {
  await sql`insert into classroom_claim (tenant, id, classroom, token_hash, learner, claimed_at)
    values (${tx.tenant}, ${claim.id}, ${claim.classroom}, ${hashToken(claim.token)}, ${json(claim.learner)}, ${now})`.execute(tx)
}

/** Who claimed, in the order in which they did. */
export async function listClassroomClaims(tx: TenantTransaction, classroom: string): Promise<ClassroomClaimRow[]> {
  const { rows } = await sql<RawClaim>`select * from classroom_claim where tenant = ${tx.tenant} and classroom = ${classroom}
    order by claimed_at, id`.execute(tx)
  return rows.map(claimOf)
}

/** How many claimed. */
export async function countClassroomClaims(tx: TenantTransaction, classroom: string): Promise<number> {
  const { rows } = await sql<{
    count: string
  }>`select count(*) as count from classroom_claim where tenant = ${tx.tenant} and classroom = ${classroom}`.execute(tx)
  return Number(rows[0]!.count)
}

/** One claim, and the credential that came of it, once that is sealed. */
export async function readClassroomClaim(
  tx: TenantTransaction,
  id: string,
): Promise<(ClassroomClaimRow & { credential?: string }) | undefined> {
  const { rows } = await sql<RawClaim & { credential: string | null }>`select l.*, c.id as credential from classroom_claim l
    join classroom r on r.tenant = l.tenant and r.id = l.classroom
    left join batch_row b on b.tenant = l.tenant and b.batch = r.batch and b.n = l.row_number
    left join credential c on c.tenant = l.tenant and c.id = b.credential and c.sealed_at is not null
    where l.tenant = ${tx.tenant} and l.id = ${id}`.execute(tx)
  const row = rows[0]
  return row && { ...claimOf(row), ...(row.credential === null ? {} : { credential: row.credential }) }
}

/** The open classroom of a code. */
export const findClassroom = (database: Database, code: string) => findPlace(database, 'find_classroom', code)

/** The claim of a learner's own link. */
export const findClassroomClaim = (database: Database, token: string) => findPlace(database, 'find_classroom_claim', hashToken(token))
