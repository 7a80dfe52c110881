/** Counts of batches: rows once the batch is confirmed, seals once it is done, and everything else when it is asked for. */
import { randomUUID } from 'node:crypto'
import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { approveBatch, type BatchState, confirmBatch, dropBatch, insertBatch, putRows, setBatchState } from './batch.ts'
import { type BatchCounts, countBatches } from './batch-counts.ts'
import { finishBatch, readProgress, takeBackBatch } from './batch-progress.ts'
import { markDelivered, storeSeals } from './credential.ts'
import type { TenantTransaction } from './database.ts'
import { migrate } from './migrate.ts'

let store: TestDatabase
const tenant = randomUUID()
const edition = randomUUID()
const now = '2026-06-01T10:00:00.000Z'
const someone = { person: 'ann', name: 'Ann', key: randomUUID() }

beforeAll(async () => {
  store = await startTestDatabase()
  const specification = randomUUID()
  const { pool } = store.database
  await pool.query(`insert into cairn.institution (tenant, organisation, created_at) values ($1, '{}', now())`, [tenant])
  await pool.query(`insert into cairn.specification (tenant, id, draft, saved_at) values ($1, $2, '{}', now())`, [tenant, specification])
  await pool.query(
    `insert into cairn.edition (tenant, id, specification, version, content, published_at) values ($1, $2, $3, 1, '{}', now())`,
    [tenant, edition, specification],
  )
  await pool.query(`insert into cairn.stencil (tenant, digest, pieces) values ($1, '', '{}')`, [tenant])
})
afterAll(() => store?.stop())

const as = <T>(work: (tx: TenantTransaction) => Promise<T>) => store.database.tenant(tenant, work)
const countsOf = async (id: string) => (await as((tx) => countBatches(tx, [id]))).get(id)!
const keptOf = async (id: string) =>
  (await store.database.pool.query('select counts is not null as rows, sealed is not null as seals from cairn.batch where id = $1', [id]))
    .rows[0]
const look = [{ code: 'sheet.name-split', detail: 'By guess.' }]
const wrong = [{ code: 'input.invalid', detail: 'No day.' }]

/** Seven rows: three that are ready, of which one is worth a look, two wrong, one awarded before, one left out. */
const rows = [
  ...[1, 2].map((n) => ({ n, problems: [], leftOut: false })),
  { n: 3, problems: [], warnings: look, leftOut: false },
  ...[4, 5].map((n) => ({ n, problems: wrong, warnings: look, leftOut: false })),
  { n: 6, problems: [], warnings: look, leftOut: false, duplicateOf: 'urn:uuid:1' },
  { n: 7, problems: wrong, leftOut: true },
].map((row) => ({ cells: ['a'], ...row }))
const counted = { rows: 6, ready: 3, wrong: 2, duplicate: 1, warned: 1, replacing: false, sealed: 0, delivered: 0 }

async function begin(): Promise<string> {
  const id = randomUUID()
  const batch = { id, edition, state: 'checked' as const, source: 'a.csv', createdAt: now, createdBy: 'ann', createdName: 'Ann' }
  await as((tx) => insertBatch(tx, { ...batch, header: [], mapping: [], problems: [] }))
  await as((tx) => putRows(tx, id, JSON.stringify(rows)))
  return id
}
/** Credentials of the rows that are ready, the first `sealed` of them sealed. */
async function award(batch: string, sealed: number): Promise<string[]> {
  const ids = [1, 2, 3].map(() => randomUUID())
  const list = randomUUID()
  const { pool } = store.database
  await pool.query(`insert into cairn.status_list (tenant, id, purpose, created_at) values ($1, $2, 'revocation', now())`, [tenant, list])
  for (const [at, id] of ids.entries())
    await pool.query(
      `insert into cairn.credential (tenant, id, edition, batch, row_number, state, title, learner, award_date, natural_key, digest, key, actor, status_list,
        status_index, intended_at, sealed_at, stencil, fills) values ($1, $2, $3, $4, $5, $6, 'T', 'L', '2026-06-01', 'k', '', $7, 'ann', $8, $5, now(), $9, '', '{}')`,
      [tenant, id, edition, batch, at + 1, at < sealed ? 'sealed' : 'intended', someone.key, list, at < sealed ? now : null],
    )
  return ids
}
/** Rows that are written behind the back of everybody: whoever counts anew sees them. */
const spoil = (id: string) => store.database.pool.query(`update cairn.batch_row set left_out = true where batch = $1 and n = 1`, [id])

test('rows that can change are counted whenever they are asked for, also while a batch waits for a second person', async () => {
  const id = await begin()
  expect(await countsOf(id)).toEqual(counted)
  await as((tx) => confirmBatch(tx, id, { ...someone, state: 'awaiting-approval' }))
  expect(await keptOf(id)).toEqual({ rows: false, seals: false })
  await spoil(id)
  expect(await countsOf(id)).toEqual({ ...counted, rows: 5, ready: 2 })
  await as((tx) => putRows(tx, id, JSON.stringify([{ n: 4, cells: ['b'], problems: [], leftOut: false, replaces: randomUUID() }])))
  expect(await countsOf(id)).toMatchObject({ rows: 5, ready: 3, wrong: 1 })
})

test.each<[string, (tx: TenantTransaction, id: string) => Promise<void>]>([
  ['confirmed', (tx, id) => confirmBatch(tx, id, { ...someone, state: 'confirmed' })],
  ['approved', (tx, id) => approveBatch(tx, id, someone)],
  ['cancelled before', (tx, id) => dropBatch(tx, id)],
])('rows of a batch that was %s are counted once', async (_, end) => {
  const id = await begin()
  await as((tx) => end(tx, id))
  await spoil(id)
  expect(await countsOf(id)).toEqual(counted)
  expect(await as((tx) => readProgress(tx, id))).toMatchObject({ ready: 3, replacing: false, prepared: 0, sealed: 0 })
})

test('seals are counted while they are made and kept when all are; what is taken and what is revoked goes on', async () => {
  const id = await begin()
  await as((tx) => confirmBatch(tx, id, { ...someone, state: 'confirmed' }))
  const ids = await award(id, 2)
  const progress = () => as((tx) => readProgress(tx, id))
  expect(await progress()).toMatchObject({ prepared: 3, sealed: 2, taken: 0, revoked: 0 })
  expect(await countsOf(id)).toEqual({ ...counted, sealed: 2 })
  await store.database.pool.query(`update cairn.credential set state = 'sealed', sealed_at = $2 where id = $1`, [ids[2], now])
  await as((tx) => finishBatch(tx, id, now))
  expect(await keptOf(id)).toEqual({ rows: true, seals: true })
  for (let times = 0; times < 2; times++) await as((tx) => markDelivered(tx, ids[0]!, now))
  expect(await countsOf(id)).toEqual({ ...counted, sealed: 3, delivered: 1 })
  expect(await as((tx) => takeBackBatch(tx, id, 'error', now))).toHaveLength(3)
  expect(await progress()).toMatchObject({ state: 'cancelled', prepared: 3, sealed: 3, taken: 1, revoked: 3 })
})

test('no index is written when a credential is sealed, as none names what sealing changes', async () => {
  const seals = (await award(await begin(), 0)).map((id) => ({ id, bytes: new Uint8Array(100) }))
  const written = await as(async (tx) => {
    const writings = async () => {
      const { rows } = await sql<{ all: number; inPlace: number }>`select n_tup_upd::int as all, n_tup_hot_upd::int as "inPlace"
        from pg_stat_xact_user_tables where schemaname = 'cairn' and relname = 'credential'`.execute(tx)
      return rows[0]!
    }
    // What this connection wrote before may be counted still.
    const before = await writings()
    await storeSeals(tx, seals, now)
    const after = await writings()
    return { all: after.all - before.all, inPlace: after.inPlace - before.inPlace }
  })
  expect(written).toEqual({ all: 3, inPlace: 3 })
})

test('a batch that is taken back in the middle counts the seals that it has', async () => {
  const id = await begin()
  await as((tx) => confirmBatch(tx, id, { ...someone, state: 'sealing' }))
  await award(id, 1)
  await as((tx) => takeBackBatch(tx, id, 'error', now))
  expect(await as((tx) => readProgress(tx, id))).toMatchObject({ state: 'cancelled', prepared: 1, sealed: 1, revoked: 1 })
  expect(await countsOf(id)).toMatchObject({ sealed: 1 })
})

test('R-DUR-5: batches from before are counted when the schema is brought up to date', async () => {
  const states: BatchState[] = ['checked', 'awaiting-approval', 'confirmed', 'sealing', 'done', 'failed', 'cancelled']
  const made = new Map<BatchState, string>()
  for (const state of states) {
    const id = await begin()
    await award(id, 3)
    await as((tx) => setBatchState(tx, id, state))
    made.set(state, id)
  }
  const { pool } = store.database
  await pool.query(`alter table cairn.batch drop counts, drop sealed`)
  await pool.query(`drop index cairn.credential_delivered, cairn.credential_revoked_of_batch`)
  await pool.query(`delete from cairn.migration where name = '102-batch-counts.sql'`)
  expect((await migrate(store.database)).applied).toEqual(['102-batch-counts.sql'])
  const kept = await Promise.all([...made].map(async ([state, id]) => [state, await keptOf(id)]))
  const open = { rows: false, seals: false }
  const running = { rows: true, seals: false }
  expect(Object.fromEntries(kept)).toEqual({
    checked: open,
    'awaiting-approval': open,
    confirmed: running,
    sealing: running,
    done: { rows: true, seals: true },
    failed: running,
    cancelled: running,
  })
  const expected: BatchCounts = { ...counted, sealed: 3 }
  // What was kept by then says nothing of a look.
  for (const [state, id] of made) expect(await countsOf(id), state).toEqual({ ...expected, warned: /checked|awaiting/.test(state) ? 1 : 0 })
})
