/** R-BAK-4 without a backup of ours: PostgreSQL keeps its log and is set back to a moment; who was revoked after it stays revoked, and no place is given out twice. */
import { appendFileSync, chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { listsToRenew, readRestoration, startPostgres } from '@cairn/store'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { startServer } from '../start-server.ts'
import { publishStatusList } from '../status-publishing.ts'
import { listsOf, refusalOf, verdictOf } from '../vectors/after-restore.ts'
import { ownerOf } from '../vectors/owner-of.ts'
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

/** A cluster that keeps its log, and a copy of it to begin from. */
async function keepLog(): Promise<void> {
  mkdirSync(place('log'))
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
  const { tenant, api } = await ownerOf(first.installation)
  for (let tries = 0; tries < 300 && (await api['batch.list']({}))[0]?.state !== 'done'; tries++) await sleep(100)
  await first.stop()
  cpSync(place('first'), place('back'), { recursive: true })

  const second = await start('first')
  const again = (await ownerOf(second.installation)).api
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
  const published = (await listsOf(second.installation))[0]!
  await second.installation.database.pool.query('select pg_switch_wal()')
  await second.stop()

  await setBackTo(moment)
  const back = await start('back')
  const held = await ownerOf(back.installation)
  expect(await held.api['restoration.read']({})).toMatchObject({ held: true, restoration: { complete: false } })
  expect(await refusalOf(held.api['specification.create']({ kind: 'badge', title: { en: 'X' }, primaryLanguage: 'en' }))).toBe(
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
  expect(await listsOf(back.installation)).toEqual([expect.objectContaining({ id: published.id, closed: true, published: false })])
  expect(await verdictOf(back.installation, tenant, after)).toBe('indeterminate')
  await back.stop()

  expect(await settleInPlace(configOf('back'), [place('journal.jsonl')], now())).toMatchObject({ complete: true, places: 1 })
  const settled = await start('back')
  for (let tries = 0; tries < 200 && !(await listsOf(settled.installation)).every((list) => list.published); tries++) await sleep(50)
  expect((await listsOf(settled.installation))[0]!.sequence).toBeGreaterThan(published.sequence)
  expect(await Promise.all([before, after, never].map((id) => verdictOf(settled.installation, tenant, id)))).toEqual([
    'invalid',
    'invalid',
    'valid',
  ])
  expect((await readRestoration(settled.installation.database))?.confirmedAt).toBeDefined()
  const { api: free } = await ownerOf(settled.installation)
  expect(await free['restoration.read']({})).toMatchObject({ held: false })
  await settled.stop()

  // Once settled, it is not found to be set back again; nor is one whose last publication was broken off before it was committed.
  const line = (sequence: number) =>
    appendFileSync(place('journal.jsonl'), `${JSON.stringify({ kind: 'list', at: now(), tenant, list: published.id, sequence })}\n`)
  const last = await start('back')
  const { database, log } = last.installation
  const hold = await openHold(database, log, now(), place('journal.jsonl'))
  const { sequence } = (await listsOf(last.installation))[0]!
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
  expect((await listsOf(last.installation)).find(({ id }) => id === published.id)!.sequence).toBeGreaterThanOrEqual(sequence + 2)
  expect(await verdictOf(last.installation, tenant, never)).toBe('invalid')
  // A node that runs finds out as well, as after a standby took over that had not everything.
  line(sequence + 9)
  await hold.look(now())
  expect(await hold.isHeld()).toBe(true)
  expect(await (await ownerOf(last.installation)).api['restoration.read']({})).toMatchObject({ held: true })
  hold.close()
  await last.stop()
}, 120_000)
