/** Batches of awards on their way from a file to the seal, and their rows. */
import { AwardGiven, type Problem } from '@cairn/core'
import { sql } from 'kysely'
import { keepRowCounts, warned } from './batch-counts.ts'
import type { Database, TenantTransaction } from './database.ts'
import { holds, instant, json, onPage, type Page, totalOf } from './rows.ts'

export type BatchState = 'draft' | 'checked' | 'awaiting-approval' | 'confirmed' | 'sealing' | 'done' | 'failed' | 'cancelled'

export interface BatchRecord {
  id: string
  edition: string
  state: BatchState
  source: string
  createdAt: string
  createdBy: string
  createdName: string
  confirmedBy?: string
  confirmedName?: string
  approvedName?: string
  encoding?: string
  separator?: string
  header: string[]
  mapping: (string | null)[]
  awardDate?: string
  problems: Problem[]
  key?: string
  /** Sealing begins not before. */
  sealAt?: string
  /** Notices wait so many minutes after the last seal, and not before a moment. */
  noticeMinutes?: number
  noticeAfter?: string
  /** Language of the mail that says that it is done. */
  confirmedLanguage?: string
}
export interface BatchRowRecord {
  n: number
  cells: string[]
  problems: Problem[]
  /** What somebody should look at, and what stops nothing. */
  warnings?: Problem[]
  duplicateOf?: string
  leftOut: boolean
  given?: AwardGiven
  credential?: string
  /** The credential that this one is to take the place of. */
  replaces?: string
  /** The id that the credential will have, where something sealed names it already. */
  promised?: string
}

interface RawBatch {
  id: string
  edition: string
  state: BatchState
  source: string
  created_at: Date
  created_by: string
  created_name: string
  confirmed_by: string | null
  confirmed_name: string | null
  approved_name: string | null
  encoding: string | null
  separator: string | null
  header: string[]
  mapping: (string | null)[]
  award_date: string | null
  problems: Problem[]
  key: string | null
  seal_at: Date | null
  notice_minutes: number
  notice_after: Date | null
  confirmed_language: string | null
}

const optional = <K extends string, V>(name: K, value: V | null): { [P in K]?: V } =>
  value === null ? {} : ({ [name]: value } as { [P in K]: V })

const batchOf = (row: RawBatch): BatchRecord => ({
  id: row.id,
  edition: row.edition,
  state: row.state,
  source: row.source,
  createdAt: instant(row.created_at)!,
  createdBy: row.created_by,
  createdName: row.created_name,
  header: row.header,
  mapping: row.mapping,
  problems: row.problems,
  ...optional('confirmedBy', row.confirmed_by),
  ...optional('confirmedName', row.confirmed_name),
  ...optional('approvedName', row.approved_name),
  ...optional('encoding', row.encoding),
  ...optional('separator', row.separator),
  ...optional('awardDate', row.award_date),
  ...optional('key', row.key),
  ...(row.seal_at === null ? {} : { sealAt: instant(row.seal_at)! }),
  ...(row.notice_minutes === 0 ? {} : { noticeMinutes: row.notice_minutes }),
  ...(row.notice_after === null ? {} : { noticeAfter: instant(row.notice_after)! }),
  ...optional('confirmedLanguage', row.confirmed_language),
})

export async function insertBatch(tx: TenantTransaction, batch: BatchRecord): Promise<void> {
  await sql`insert into batch (tenant, id, edition, state, source, created_at, created_by, created_name, encoding, separator, header, mapping, award_date, problems)
    values (${tx.tenant}, ${batch.id}, ${batch.edition}, ${batch.state}, ${batch.source}, ${batch.createdAt}, ${batch.createdBy}, ${batch.createdName},
      ${batch.encoding ?? null}, ${batch.separator ?? null}, ${batch.header}, ${json(batch.mapping)}, ${batch.awardDate ?? null}, ${json(batch.problems)})`.execute(
    tx,
  )
}

/** A page of batches, newest first. */
export async function listBatches(tx: TenantTransaction, page: Page): Promise<BatchRecord[]> {
  const { rows } = await sql<RawBatch>`select * from batch where tenant = ${tx.tenant}
    order by created_at desc, id desc ${onPage(page)}`.execute(tx)
  return rows.map(batchOf)
}

/** Batches that wait for somebody: to be put right, confirmed or approved; the newest two hundred. */
export async function listOpenBatches(tx: TenantTransaction): Promise<BatchRecord[]> {
  const { rows } = await sql<RawBatch>`select * from batch where tenant = ${tx.tenant} and state in ('checked', 'awaiting-approval')
    order by created_at desc limit 200`.execute(tx)
  return rows.map(batchOf)
}

/** Reads a batch; `lock` keeps others from changing it until the transaction ends. */
export async function readBatch(tx: TenantTransaction, id: string, lock = false): Promise<BatchRecord | undefined> {
  const { rows } =
    await sql<RawBatch>`select * from batch where tenant = ${tx.tenant} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] && batchOf(rows[0])
}

export async function setBatchState(tx: TenantTransaction, id: string, state: BatchState): Promise<void> {
  await sql`update batch set state = ${state} where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

export async function setBatchColumns(
  tx: TenantTransaction,
  id: string,
  mapping: readonly (string | null)[],
  awardDate: string | undefined,
  problems: readonly Problem[],
): Promise<void> {
  await sql`update batch set mapping = ${json(mapping)}, award_date = ${awardDate ?? null}, problems = ${json(problems)}, state = 'checked'
    where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

/** When a batch is sealed and its notices go out, as the one who confirms wishes. */
export interface BatchPlan {
  sealAt?: string | undefined
  noticeMinutes?: number | undefined
  noticeAfter?: string | undefined
  language?: string | undefined
}

export async function confirmBatch(
  tx: TenantTransaction,
  id: string,
  given: { person: string; name: string; key: string; state: BatchState } & BatchPlan,
): Promise<void> {
  await sql`update batch set confirmed_by = ${given.person}, confirmed_name = ${given.name}, key = ${given.key}, state = ${given.state},
      seal_at = ${given.sealAt ?? null}, notice_minutes = ${given.noticeMinutes ?? 0}, notice_after = ${given.noticeAfter ?? null},
      confirmed_language = ${given.language ?? null}
    where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  if (given.state === 'confirmed') await keepRowCounts(tx, id)
}

export async function approveBatch(tx: TenantTransaction, id: string, given: { person: string; name: string; key: string }): Promise<void> {
  await sql`update batch set approved_by = ${given.person}, approved_name = ${given.name}, key = ${given.key}, state = 'confirmed'
    where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  await keepRowCounts(tx, id)
}

/** Cancels a batch that nobody has confirmed to its end. */
export async function dropBatch(tx: TenantTransaction, id: string): Promise<void> {
  await setBatchState(tx, id, 'cancelled')
  await keepRowCounts(tx, id)
}

/**
 * Writes rows, new or checked again, given as JSON of some thousand {@link BatchRowRecord}: whoever checked them elsewhere has them as text. What a row
 * replaces, and the id it was promised, stay as they were first written.
 */
export async function putRows(tx: TenantTransaction, batch: string, rows: string): Promise<void> {
  await sql`insert into batch_row (tenant, batch, n, cells, problems, warnings, duplicate_of, left_out, given, replaces, promised)
    select ${tx.tenant}, ${batch}, n, cells, problems, warnings, "duplicateOf", "leftOut", given, replaces, promised
    from jsonb_to_recordset(${rows}::jsonb) as l(n int, cells jsonb, problems jsonb, warnings jsonb, "duplicateOf" text, "leftOut" boolean, given jsonb, replaces uuid,
      promised uuid)
    on conflict (tenant, batch, n) do update set cells = excluded.cells, problems = excluded.problems, warnings = excluded.warnings, duplicate_of = excluded.duplicate_of,
      left_out = excluded.left_out, given = excluded.given`.execute(tx)
}

interface RawRow {
  n: number
  cells: string[]
  problems: Problem[]
  warnings: Problem[] | null
  duplicate_of: string | null
  left_out: boolean
  given: unknown
  credential: string | null
  replaces: string | null
  promised: string | null
}
const rowOf = (row: RawRow): BatchRowRecord => ({
  n: row.n,
  cells: row.cells,
  problems: row.problems,
  leftOut: row.left_out,
  ...optional('warnings', row.warnings),
  ...optional('duplicateOf', row.duplicate_of),
  ...(row.given === null ? {} : { given: AwardGiven.parse(row.given) }),
  ...optional('credential', row.credential),
  ...optional('replaces', row.replaces),
  ...optional('promised', row.promised),
})

/** A page of rows, in the order of the file; `wrong` gives those that need attention, `warned` those that are ready and worth a look, `q` those with these words in their cells, or in the credential that came of them. */
export async function listRows(
  tx: TenantTransaction,
  batch: string,
  { only, q, ...page }: Page & { only: 'all' | 'wrong' | 'warned'; q?: string | undefined },
): Promise<{ total: number; rows: BatchRowRecord[] }> {
  const which = {
    all: sql``,
    wrong: sql`and not left_out and (problems <> '[]' or duplicate_of is not null)`,
    warned: sql`and not left_out and ${warned}`,
  }[only]
  const found = q ? sql`and (${holds(q)} or credential in (select id from credential where tenant = ${tx.tenant} and ${holds(q)}))` : sql``
  const listed = sql`from batch_row where tenant = ${tx.tenant} and batch = ${batch} ${which} ${found}`
  const { rows } = await sql<RawRow>`select * ${listed} order by n ${onPage(page)}`.execute(tx)
  return { total: await totalOf(tx, page, rows.length, listed), rows: rows.map(rowOf) }
}

/** True when a batch has a row of this number or a higher one. */
export async function hasRow(tx: TenantTransaction, batch: string, n: number): Promise<boolean> {
  const { rows } = await sql`select 1 from batch_row where tenant = ${tx.tenant} and batch = ${batch} and n >= ${n} limit 1`.execute(tx)
  return rows.length > 0
}

/** Every row in order, for checking the whole file again: JSON of a thousand {@link BatchRowRecord} each, handed on as it is. */
export async function rowTexts(tx: TenantTransaction, batch: string): Promise<string[]> {
  const { rows } = await sql<{
    text: string
  }>`select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('n', n, 'cells', cells, 'problems', problems,
        'warnings', warnings, 'duplicateOf', duplicate_of, 'leftOut', left_out, 'given', given, 'replaces', replaces)) order by n)::text as text
    from batch_row where tenant = ${tx.tenant} and batch = ${batch} group by n / 1000 order by n / 1000`.execute(tx)
  return rows.map(({ text }) => text)
}

/** Rows with problems of their own, or those that are ready and worth a look, in order; those left out have none. */
export async function rowsToCorrect(tx: TenantTransaction, batch: string, only: 'wrong' | 'warned'): Promise<BatchRowRecord[]> {
  const which = only === 'wrong' ? sql`problems <> '[]'` : warned
  const { rows } = await sql<RawRow>`select * from batch_row where tenant = ${tx.tenant} and batch = ${batch} and not left_out and ${which}
    order by n`.execute(tx)
  return rows.map(rowOf)
}

/** One row. */
export async function readRow(tx: TenantTransaction, batch: string, n: number): Promise<BatchRowRecord | undefined> {
  const { rows } = await sql<RawRow>`select * from batch_row where tenant = ${tx.tenant} and batch = ${batch} and n = ${n}`.execute(tx)
  return rows[0] && rowOf(rows[0])
}

/** The credentials that rows of a batch are to replace. */
export async function replacedBy(tx: TenantTransaction, batch: string): Promise<string[]> {
  const { rows } = await sql<{
    replaces: string
  }>`select replaces from batch_row where tenant = ${tx.tenant} and batch = ${batch} and replaces is not null and not left_out`.execute(tx)
  return rows.map(({ replaces }) => replaces)
}

/** A row that is ready: what it awards, what it replaces, and the id it was promised. */
export type ReadyRow = Pick<BatchRowRecord, 'n' | 'replaces' | 'promised'> & { given: AwardGiven }

/** The next rows that are ready and have no credential yet; locked, so that two workers never take the same. */
export async function nextReadyRows(tx: TenantTransaction, batch: string, after: number, most: number): Promise<ReadyRow[]> {
  const { rows } = await sql<
    Pick<RawRow, 'n' | 'given' | 'replaces' | 'promised'>
  >`select n, given, replaces, promised from batch_row where tenant = ${tx.tenant} and batch = ${batch} and n > ${after} and credential is null and not left_out
    and problems = '[]' and duplicate_of is null order by n limit ${most} for update`.execute(tx)
  return rows.map(({ n, given, replaces, promised }) => ({
    n,
    given: AwardGiven.parse(given),
    ...optional('replaces', replaces),
    ...optional('promised', promised),
  }))
}

/** Batches that wait for the sealing job, of every tenant: the platform's own look, after a restart. */
export async function batchesToSeal(database: Database, now: string): Promise<{ tenant: string; batch: string }[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<{
      tenant: string
      batch: string
    }>`select tenant, id as batch from batch where state in ('confirmed', 'sealing') and (seal_at is null or seal_at <= ${now}) order by created_at limit 100`.execute(
      tx,
    )
    return rows
  })
}
