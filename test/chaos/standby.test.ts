/** A primary dies in the middle of a batch, and its standby takes over behind the same address: what was committed stands there, and nothing is made twice (R-DUR-1). */
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmbeddedPostgres, startPostgres } from '@cairn/store'
import { freePort, startMailServer } from '@cairn/testkit'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { countLetters } from './count-letters.ts'
import { countWhatIs } from './count-what-is.ts'
import { findingsOf } from './findings.ts'
import { prepareBatch } from './prepare.ts'
import { startVictim } from './victim.ts'

/** Four chunks, of which two are sealed at once. */
const credentials = 1000
const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-standby-'))
const undo: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of undo.reverse()) await step()
  rmSync(folder, { recursive: true, force: true })
})

/** The one address of a database whose primary changes, as a virtual address or a proxy gives it: whoever is connected when it changes is cut off. */
async function startAddress(first: number) {
  let target: number | undefined = first
  const open = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined).on('close', () => open.delete(socket))
    open.add(socket)
    if (target === undefined) return void socket.destroy()
    const onward = net.connect(target, '127.0.0.1')
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy())
    socket.on('close', () => onward.destroy())
    socket.pipe(onward).pipe(socket)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port,
    turnTo(next: number | undefined) {
      target = next
      for (const socket of open) socket.destroy()
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

const within = (name: string) => path.join(folder, name)

/** Two servers with the same content: what the first commits waits until the second has it on its disk. */
async function startPair(): Promise<{ primary: number; standby: number; onPrimary: pg.Pool; onStandby: pg.Pool }> {
  const [primary, standby] = [await freePort(), await freePort()]
  const alone = await startPostgres(within('primary'), { listen: primary })
  const make = new pg.Client({ ...alone.connection })
  await make.connect()
  await make.query(`alter system set synchronous_standby_names = 'standby'`)
  await make.end()
  await alone.stop()
  cpSync(within('primary'), within('standby'), { recursive: true, preserveTimestamps: true })
  const settings = path.join(within('standby'), 'postgres')
  chmodSync(settings, 0o700)
  writeFileSync(path.join(settings, 'standby.signal'), '')
  writeFileSync(
    path.join(settings, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=127.0.0.1 port=${primary} user=cairn application_name=standby'\n`,
  )
  const running = (postgres: EmbeddedPostgres, port: number) => {
    undo.push(postgres.stop)
    const pool = new pg.Pool({ connectionString: `postgres://cairn@127.0.0.1:${port}/cairn`, max: 1 })
    pool.on('error', () => undefined)
    undo.push(() => pool.end())
    return pool
  }
  return {
    primary,
    standby,
    onPrimary: running(await startPostgres(within('primary'), { listen: primary }), primary),
    onStandby: running(await startPostgres(within('standby'), { listen: standby }), standby),
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 90_000; !(await isSo().catch(() => false)); await sleep(20))
    if (Date.now() > end) throw new Error('It did not come to pass.')
}

test('R-DUR-1: a standby takes over in the middle of a batch: every credential and letter once, and no process ends', async () => {
  const { primary, standby, onPrimary, onStandby } = await startPair()
  const one = async <T>(pool: pg.Pool, text: string, values: unknown[] = []) => (await pool.query(text, values)).rows[0] as T
  await until(
    async () => (await one<{ sync_state: string }>(onPrimary, 'select sync_state from pg_stat_replication')).sync_state === 'sync',
  )
  const address = await startAddress(primary)
  undo.push(address.close)
  const mail = await startMailServer()
  undo.push(mail.close)
  const [port, metrics] = [await freePort(), await freePort()]
  const env = {
    DATABASE_URL: `postgres://cairn@127.0.0.1:${address.port}/cairn`,
    CAIRN_PUBLIC_URL: `http://localhost:${port}`,
    CAIRN_SECRET: 'the same secret on every machine, all of it',
    CAIRN_DEMO: '1',
    CAIRN_SEAL_LEVEL: 'B',
    CAIRN_LOG: 'error',
    SMTP_URL: mail.url,
  }
  const envOf = (name: string, others: Record<string, string>) => ({ ...env, CAIRN_DATA: within(name), CAIRN_JOBS: '0', ...others })
  const batch = await prepareBatch(envOf('first', { PORT: String(await freePort()) }), credentials)
  const node = await startVictim(envOf('node', { PORT: String(port) }))
  const worker = await startVictim(envOf('worker', { CAIRN_METRICS_PORT: String(metrics) }), 'work')
  undo.push(node.kill, worker.kill)
  const sealed = async (pool: pg.Pool) =>
    (
      await one<{ n: number }>(pool, 'select count(*)::int as n from cairn.credential where batch = $1 and sealed is not null', [
        batch.batch,
      ])
    ).n
  await until(async () => (await sealed(onStandby)) > 0)

  const { pid } = await one<{ pid: number }>(onPrimary, `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid`)
  address.turnTo(undefined)
  process.kill(pid, 'SIGKILL')
  // What is on its disk is not all read yet.
  const read = 'select pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() as read'
  await until(async () => (await one<{ read: boolean }>(onStandby, read)).read)
  const found = await sealed(onStandby)
  expect(found, 'the primary died in the middle').toBeGreaterThan(0)
  expect(found, 'the primary died in the middle').toBeLessThan(credentials)

  // For a moment the address leads to a standby that nobody has promoted yet: it answers what is asked, and writes nothing.
  address.turnTo(standby)
  const { list } = await one<{ list: string }>(onStandby, 'select id as list from cairn.status_list limit 1')
  await until(async () => (await fetch(`http://127.0.0.1:${port}/status/${list}`)).ok)
  await sleep(1000)
  expect(await sealed(onStandby)).toBe(found)
  expect([node.hasEnded(), worker.hasEnded()]).toEqual([false, false])

  await onStandby.query('select pg_promote()')
  let [sent, since] = [0, Date.now()]
  await until(async () => {
    const now = await one<{ left: number; sent: number }>(
      onStandby,
      `select (select count(*) from cairn.outbox where sent_at is null)::int + (select count(*) from cairn.batch where state <> 'done')::int as left,
         (select count(sent_at) from cairn.outbox)::int as sent`,
    )
    if (now.sent !== sent) [sent, since] = [now.sent, Date.now()]
    // The answer to a lease may be lost with the primary. Then nobody holds it, and its five minutes pass.
    else if (Date.now() - since > 15_000) await onStandby.query('update cairn.outbox set next_at = now() where sent_at is null')
    return now.left === 0
  })
  expect([node.hasEnded(), worker.hasEnded()]).toEqual([false, false])
  expect([await node.stop(), await worker.stop()]).toEqual(['0', '0'])
  const what = await countWhatIs(envOf('first', { PORT: String(await freePort()) }), batch)
  const result = { what, ...countLetters(mail), appKills: 0, databaseKills: 1, lastEnd: '0' }
  expect(findingsOf(result, credentials).filter(({ good }) => !good)).toEqual([])
}, 240_000)
