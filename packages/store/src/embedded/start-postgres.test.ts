import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { startPostgres } from './start-postgres.ts'

const home = mkdtempSync(path.join(os.tmpdir(), 'cairn-embedded-'))
chmodSync(home, 0o755)
afterAll(() => rmSync(home, { recursive: true, force: true }))

async function query(connection: pg.PoolConfig, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('R-DUR-4: it starts durable, keeps what was committed over a stop, and refuses a second start within two seconds', async () => {
  const folder = path.join(home, 'durable')
  const first = await startPostgres(folder)
  expect(await query(first.connection, `select current_setting('fsync') as fsync, current_setting('data_checksums') as sums`)).toEqual([
    { fsync: 'on', sums: 'on' },
  ])
  await query(first.connection, 'create table kept as select 7 as n')
  const began = Date.now()
  await expect(startPostgres(folder)).rejects.toMatchObject({
    problem: { code: 'server.in-use', detail: expect.stringMatching(/process \d+/) },
  })
  expect(Date.now() - began).toBeLessThan(2000)
  if (root) expect([0, 65_534]).not.toContain(statSync(path.join(folder, 'postgres')).uid)
  await first.stop()
  const second = await startPostgres(folder)
  expect(await query(second.connection, 'select n from kept')).toEqual([{ n: 7 }])
  await second.stop()
})

const program = (folder: string) => `
  import { startPostgres } from ${JSON.stringify(path.join(import.meta.dirname, 'start-postgres.ts'))}
  const { connection } = await startPostgres(${JSON.stringify(folder)})
  console.log(JSON.stringify(connection))
  setInterval(() => {}, 1000)`

async function startElsewhere(folder: string, wrap: string[] = [], env = process.env) {
  const command = [...wrap, process.execPath, '--conditions=cairn-source', '--input-type=module', '-e', program(folder)]
  const child = spawn(command[0]!, command.slice(1), { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'pipe'], env })
  let said = ''
  child.stderr.on('data', (data) => {
    said += data
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data) => resolve(String(data)))
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${said}`)))
  })
  return { child, connection: JSON.parse(line) as pg.PoolConfig }
}

test('R-DUR-3: after kill -9 of its parent it is gone soon, and what was committed is there at the next start', async () => {
  const folder = path.join(home, 'killed')
  const { child, connection } = await startElsewhere(folder)
  await query(connection, 'create table kept as select 8 as n')
  child.kill('SIGKILL')
  await sleep(100)
  const again = await startPostgres(folder)
  expect(await query(again.connection, 'select n from kept')).toEqual([{ n: 8 }])
  await again.stop()
})

test('R-DUR-3: after kill -9 of everything it starts again, while the dead one may still be there', async () => {
  const folder = path.join(home, 'all-killed')
  const { child, connection } = await startElsewhere(folder)
  await query(connection, 'create table kept as select 9 as n')
  const [postmaster] = await query(connection, `select pg_read_file('postmaster.pid') as file`)
  child.kill('SIGKILL')
  process.kill(Number(String(postmaster!.file).split('\n')[0]), 'SIGKILL')
  const again = await startPostgres(folder)
  expect(await query(again.connection, 'select n from kept')).toEqual([{ n: 9 }])
  await again.stop()
})

test('R-FLT-2: a server that is killed runs again by itself, and a pool on it finds it', async () => {
  const folder = path.join(home, 'restarted')
  let restarted = () => {}
  const again = new Promise<void>((resolve) => {
    restarted = resolve
  })
  const server = await startPostgres(folder, { onRestart: () => restarted() })
  await query(server.connection, 'create table kept as select 10 as n')
  process.kill(Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
  await again
  expect(await query(server.connection, 'select n from kept')).toEqual([{ n: 10 }])
  await server.stop()
  expect(existsSync(String(server.connection.host))).toBe(false)
})

test('R-DUR-4: of two first starts at the same moment one runs and the other is refused, and nothing half-made stays', async () => {
  const folder = path.join(home, 'twice')
  const outcomes = await Promise.allSettled([startElsewhere(folder), startPostgres(folder)])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  if (outcomes[1].status === 'fulfilled') await outcomes[1].value.stop()
  else expect(outcomes[1].reason).toMatchObject({ problem: { code: 'server.in-use' } })
  expect(readdirSync(folder)).toEqual(['postgres'])
}, 60_000)

test('without setpriv a watchdog ends it with its parent; PGPORT and other variables of the environment do not count', async () => {
  const tools = path.join(home, 'tools')
  mkdirSync(tools)
  symlinkSync('/bin/sh', path.join(tools, 'sh'))
  const folder = path.join(home, 'watched')
  const { child, connection } = await startElsewhere(folder, [], { PATH: tools, PGPORT: '6543', PGSSLMODE: 'require', PGUSER: 'x' })
  await query(connection, 'create table kept as select 11 as n')
  child.kill('SIGKILL')
  const deadline = Date.now() + 5000
  while (existsSync(path.join(folder, 'postgres', 'postmaster.pid')) && Date.now() < deadline) await sleep(50)
  expect(Date.now()).toBeLessThan(deadline)
  const next = await startPostgres(folder)
  expect(await query(next.connection, 'select n from kept')).toEqual([{ n: 11 }])
  await next.stop()
})

const root = process.getuid?.() === 0

test.skipIf(!root)('it works in a folder that only root may enter (needs root)', async () => {
  const locked = path.join(home, 'locked')
  mkdirSync(locked, { mode: 0o700 })
  const server = await startPostgres(path.join(locked, 'data'))
  expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
})

/** A user that every Debian has; initdb wants one with a name. */
const somebody = ['setpriv', '--reuid=games', '--regid=games', '--clear-groups']
const readable =
  root && spawnSync(somebody[0]!, [...somebody.slice(1), 'test', '-r', path.join(import.meta.dirname, 'start-postgres.ts')]).status === 0

test.skipIf(!readable)(
  'it works for a user who is not root (needs root to become one, and a checkout that the user games can read)',
  async () => {
    const folder = path.join(home, 'user')
    mkdirSync(folder)
    spawnSync('chown', ['games:games', folder])
    const { child, connection } = await startElsewhere(path.join(folder, 'data'), somebody)
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
    child.kill('SIGKILL')
  },
)
