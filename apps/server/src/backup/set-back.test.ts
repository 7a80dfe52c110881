/** R-BAK-4 without a backup of ours: PostgreSQL keeps its log and is set back to a moment; who was revoked after it stays revoked, and no place is given out twice. */
import { appendFileSync, chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { listsToRenew, readRestoration, readSealed, startPostgres } from '@cairn/store'
import { standardPolicy, verify } from '@cairn/verifier'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { clientFor } from '../operations.ts'
import { evidenceFor } from '../registry.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { publishStatusList } from '../status-publishing.ts'
import { openHold } from './hold.ts'
import { settleInPlace } from './settle-in-place.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-set-back-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const place = (name: string) => path.join(folder, name)
const cluster = (name: string) => path.join(place(name), 'postgres')
const now = () => new Date().toISOString()
/** The journal stands apart from the data, as it should. */
const configOf = (data: string) =>
  readConfig({
    CAIRN_DATA: place(data),
    CAIRN_JOURNAL: place('journal.jsonl'),
    PORT: '0',
    CAIRN_PUBLIC_URL: 'http://localhost:9',
    CAIRN_DEMO: '1',
    CAIRN_SECRET: 's'.repeat(40),
    CAIRN_SEAL_LEVEL: 'B',
  })
const start = (data: string) => startServer(configOf(data), pino({ level: 'silent' }), { pages: false })

async function owner({ installation }: RunningServer) {
  const { rows } = await installation.database.pool.query(`select tenant, person from cairn.member where 'owner' = any(roles)`)
  const { tenant, person } = rows[0] as { tenant: string; person: string }
  return { tenant, api: clientFor(installation, { caller: { tenant, person, name: 'owner', roles: ['owner'] }, confirmedAt: new Date() }) }
}
async function verdict({ installation }: RunningServer, tenant: string, id: string) {
  const bytes = (await installation.database.tenant(tenant, (tx) => readSealed(tx, id)))!
  return (await verify(bytes, await evidenceFor(installation, bytes, now()), standardPolicy, now())).verdict
}
const listsOf = async ({ installation }: RunningServer) =>
  (
    await installation.database.pool.query(
      'select id, sequence, closed_at is not null as closed, signed is not null as published from cairn.status_list',
    )
  ).rows as { id: string; sequence: number; closed: boolean; published: boolean }[]
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.problem?.code ?? String(error),
  )

/** A cluster that keeps its log, and a copy of it to begin from. */
async function keepLog(): Promise<void> {
  mkdirSync(place('log'), { mode: 0o777 })
  chmodSync(place('log'), 0o777)
  chmodSync(folder, 0o755)
  const postgres = await startPostgres(place('first'))
  const client = new pg.Client({ ...postgres.connection })
  await client.connect()
  await client.query(`alter system set archive_mode = on`)
  await client.query(`alter system set archive_command = 'cp %p ${place('log')}/%f && chmod 644 ${place('log')}/%f'`)
  await client.end()
  await postgres.stop()
}

/** The copy, brought forward by the log to a moment, which takes a while. */
async function setBackTo(moment: string): Promise<void> {
  chmodSync(cluster('back'), 0o700)
  writeFileSync(path.join(cluster('back'), 'recovery.signal'), '')
  writeFileSync(
    path.join(cluster('back'), 'postgresql.auto.conf'),
    `restore_command = 'cp ${place('log')}/%f %p'\nrecovery_target_time = '${moment.replace('T', ' ').replace('Z', '+00')}'\nrecovery_target_action = 'promote'\n`,
  )
  const postgres = await startPostgres(place('back'))
  const client = new pg.Client({ ...postgres.connection })
  await client.connect()
  while ((await client.query('select pg_is_in_recovery() as still')).rows[0].still) await sleep(50)
  await client.end()
  await postgres.stop()
}

test('set back to a moment before two revocations, the server is read-only by itself; with the journal it goes on, and nobody is un-revoked', async () => {
  await keepLog()
  const first = await start('first')
  const { tenant, api } = await owner(first)
  for (let tries = 0; tries < 300 && (await api['batch.list']({}))[0]?.state !== 'done'; tries++) await sleep(100)
  await first.stop()
  cpSync(place('first'), place('back'), { recursive: true })

  const second = await start('first')
  const again = (await owner(second)).api
  const [before, after, never] = (await again['credential.list']({})).items.map(({ id }) => id) as [string, string, string]
  await again['credential.revoke']({ id: before, reason: 'error' })
  await sleep(1100)
  const moment = now()
  await sleep(1100)
  await again['credential.revoke']({ id: after, reason: 'fraud' })
  const late = await again['award.make']({
    edition: (await again['edition.list']({}))[0]!.id,
    given: { learner: { givenName: 'Late', dateOfBirth: '1999-02-03' }, awardDate: '2026-05-12' },
  })
  await again['batch.confirm']({ id: late.id, ready: 1 })
  for (let tries = 0; tries < 300 && (await again['batch.read']({ id: late.id })).state !== 'done'; tries++) await sleep(50)
  await again['credential.revoke']({ id: (await again['batch.rows']({ id: late.id })).rows[0]!.credential!, reason: 'error' })
  const published = (await listsOf(second))[0]!
  await second.installation.database.pool.query('select pg_switch_wal()')
  await second.stop()

  await setBackTo(moment)
  const back = await start('back')
  const held = await owner(back)
  expect(await held.api['restoration.read']({})).toMatchObject({ held: true, restoration: { complete: false } })
  expect(await refusal(held.api['specification.create']({ kind: 'badge', title: { en: 'X' }, primaryLanguage: 'en' }))).toBe(
    'server.read-only',
  )
  const { rows } = await back.installation.database.pool.query('select id, state from cairn.credential where id = any($1) order by state', [
    [before, after, never],
  ])
  expect(
    rows
      .filter(({ state }) => state === 'revoked')
      .map(({ id }) => id)
      .sort(),
  ).toEqual([before, after].sort())
  // Its list is the one that says less: it is not shown.
  expect(await listsOf(back)).toEqual([expect.objectContaining({ id: published.id, closed: true, published: false })])
  expect(await verdict(back, tenant, after)).toBe('indeterminate')
  await back.stop()

  expect(await settleInPlace(configOf('back'), [place('journal.jsonl')], now())).toMatchObject({ complete: true, places: 1 })
  const settled = await start('back')
  for (let tries = 0; tries < 200 && !(await listsOf(settled)).every((list) => list.published); tries++) await sleep(50)
  expect((await listsOf(settled))[0]!.sequence).toBeGreaterThan(published.sequence)
  expect(await Promise.all([before, after, never].map((id) => verdict(settled, tenant, id)))).toEqual(['invalid', 'invalid', 'valid'])
  expect((await readRestoration(settled.installation.database))?.confirmedAt).toBeDefined()
  const { api: free } = await owner(settled)
  expect(await free['restoration.read']({})).toMatchObject({ held: false })
  await settled.stop()

  // Once settled, it is not found to be set back again; nor is one whose last publication was broken off before it was committed.
  const line = (sequence: number) =>
    appendFileSync(place('journal.jsonl'), `${JSON.stringify({ kind: 'list', at: now(), tenant, list: published.id, sequence })}\n`)
  const last = await start('back')
  const { database, log } = last.installation
  const hold = await openHold(database, log, now(), place('journal.jsonl'))
  const { sequence } = (await listsOf(last))[0]!
  line(sequence + 1)
  await hold.look(now())
  expect(await hold.isHeld()).toBe(false)
  // With it a revocation may have been broken off, or lost: it is carried out, and its list is due to be published above that number.
  const { rows: places } = await database.pool.query('select status_index as index from cairn.credential where id = $1', [never])
  const broken = { kind: 'revoked', at: now(), tenant, credential: never, list: published.id, index: places[0].index, reason: 'error' }
  appendFileSync(place('journal.jsonl'), `${JSON.stringify(broken)}\n`)
  const restarted = await openHold(database, log, now(), place('journal.jsonl'))
  expect(await restarted.isHeld()).toBe(false)
  restarted.close()
  // Whoever comes first, this test or the job.
  for (const { list } of await listsToRenew(database, now()))
    await database.tenant(tenant, (tx) => publishStatusList(last.installation, tx, list, now()))
  expect((await listsOf(last)).find(({ id }) => id === published.id)!.sequence).toBeGreaterThanOrEqual(sequence + 2)
  expect(await verdict(last, tenant, never)).toBe('invalid')
  // A node that runs finds out as well, as after a standby took over that had not everything.
  line(sequence + 9)
  await hold.look(now())
  expect(await hold.isHeld()).toBe(true)
  expect(await (await owner(last)).api['restoration.read']({})).toMatchObject({ held: true })
  hold.close()
  await last.stop()
}, 120_000)
