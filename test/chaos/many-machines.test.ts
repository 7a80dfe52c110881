/** Two nodes and two workers on one PostgreSQL that none of them started: killed, restarted, and rolled (issue "Nothing lost", R-DUR-1, R-FLT-3). */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '@cairn/store'
import { freePort, startMailServer } from '@cairn/testkit'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Balancer, startBalancer } from './balancer.ts'
import { countLetters } from './count-letters.ts'
import { countWhatIs } from './count-what-is.ts'
import { findingsOf } from './findings.ts'
import { prepareBatch } from './prepare.ts'
import { startVictim, type Victim } from './victim.ts'

/** Three chunks, of which two are sealed at once. */
const credentials = 600
const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-many-'))
const undo: (() => Promise<unknown>)[] = []
const parts = { nodes: [] as Victim[], workers: [] as Victim[] }
let env: Record<string, string>
let ports: { nodes: number[]; workers: number[] }
let pool: pg.Pool
let balancer: Balancer
let mail: Awaited<ReturnType<typeof startMailServer>>

const one = async <T>(text: string, values: unknown[] = []) => (await pool.query(text, values)).rows[0] as T
const envOf = (name: string, others: Record<string, string>) => ({ ...env, CAIRN_DATA: path.join(folder, name), ...others })
const startNode = (n: number) =>
  startVictim(envOf(`node-${n}`, { PORT: String(ports.nodes[n]), CAIRN_JOBS: '0', CAIRN_DRAIN_SECONDS: '1' }))
const startWorker = (n: number, failAt?: string) =>
  startVictim(
    envOf(`worker-${n}`, { CAIRN_METRICS_PORT: String(ports.workers[n]), ...(failAt === undefined ? {} : { CAIRN_FAIL_AT: failAt }) }),
    'work',
  )
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await isSo()); await sleep(20))
    if (Date.now() > end) throw new Error('It did not come to pass within a minute.')
}

beforeAll(async () => {
  const listen = await freePort()
  // Durable: its first process is killed as in a power cut.
  const postgres = await startPostgres(path.join(folder, 'database'), { listen })
  undo.push(postgres.stop)
  mail = await startMailServer()
  undo.push(mail.close)
  const front = await freePort()
  ports = { nodes: [await freePort(), await freePort()], workers: [await freePort(), await freePort()] }
  env = {
    DATABASE_URL: `postgres://cairn@127.0.0.1:${listen}/cairn`,
    CAIRN_PUBLIC_URL: `http://localhost:${front}`,
    CAIRN_SECRET: 'the same secret on every machine, all of it',
    CAIRN_DEMO: '1',
    CAIRN_SEAL_LEVEL: 'B',
    CAIRN_LOG: 'error',
    SMTP_URL: mail.url,
  }
  pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 2 })
  pool.on('error', () => undefined)
  undo.push(() => pool.end())
  balancer = await startBalancer(front, ports.nodes)
  undo.push(balancer.close)
}, 120_000)
afterAll(async () => {
  await Promise.all([...parts.nodes, ...parts.workers].map((each) => each.kill()))
  for (const step of undo.reverse()) await step()
  rmSync(folder, { recursive: true, force: true })
})

test('R-DUR-1: a batch goes through the kill of a worker at an arrow, of another worker, of a node and of the database: every credential and letter once', async () => {
  const batch = await prepareBatch(envOf('first', { PORT: String(await freePort()), CAIRN_JOBS: '0' }), credentials)
  const sealed = async () =>
    (await one<{ n: number }>('select count(*)::int as n from cairn.credential where batch = $1 and sealed is not null', [batch.batch])).n
  parts.nodes = await Promise.all([startNode(0), startNode(1)])
  await until(async () => balancer.ready() === 2)
  await sleep(500)
  expect(await sealed(), 'nodes that were told to run no jobs seal nothing').toBe(0)

  // The first is gone before its seals are committed; the second with a part of the batch done, and a node with it.
  const { others } = await one<{ others: number }>(`select count(*)::int - 1 as others from cairn.batch where state = 'confirmed'`)
  const first = await startWorker(0, `seals-written:${others + 1}`)
  expect(await first.ended).toBe('SIGKILL')
  expect(await sealed()).toBe(0)
  const second = await startWorker(1, 'seals-kept:1')
  await Promise.all([second.ended, parts.nodes[0]!.kill()])
  const found = await sealed()
  expect(found, 'the kill came in the middle').toBeGreaterThan(0)
  expect(found, 'the kill came in the middle').toBeLessThan(credentials)
  // Nobody lives who could hold a lease: its five minutes pass.
  await pool.query('update cairn.outbox set next_at = now() where sent_at is null')

  const again = startNode(0)
  parts.workers = await Promise.all([startWorker(0), startWorker(1)])
  parts.nodes[0] = await again
  const { pid } = await one<{ pid: number }>(`select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid`)
  process.kill(pid, 'SIGKILL')
  await until(async () => {
    const left = await one<{ n: number }>(
      `select (select count(*) from cairn.outbox where sent_at is null)::int + (select count(*) from cairn.batch where state <> 'done')::int as n`,
    ).catch(() => undefined)
    return left?.n === 0
  })
  const what = await countWhatIs(envOf('first', { PORT: String(await freePort()), CAIRN_JOBS: '0' }), batch)
  const result = { what, ...countLetters(mail), appKills: 3, databaseKills: 1, lastEnd: '0' }
  expect(findingsOf(result, credentials).filter(({ good }) => !good)).toEqual([])
}, 300_000)

test('R-FLT-3: node after node and worker after worker is stopped and started again under load, and no request fails', async () => {
  const { list } = await one<{ list: string }>('select id as list from cairn.status_list limit 1')
  const failed: string[] = []
  let answered = 0
  let rolling = true
  const visit = async (path: string, init?: RequestInit) => {
    while (rolling) {
      const answer = await fetch(`${balancer.address}${path}`, init).catch((error: unknown) => ({
        status: String(error),
        text: async () => '',
      }))
      await answer.text()
      if (answer.status === 200) answered++
      else failed.push(`${path} ${answer.status}`)
      await sleep(5)
    }
  }

  const load = [`/status/${list}`, '/health', `/status/${list}/token`, '/api/v1/session'].map((path) => visit(path))

  for (const n of [0, 1]) {
    expect(await Promise.all([parts.nodes[n]!.stop(), parts.workers[n]!.stop()])).toEqual(['0', '0'])
    ;[parts.nodes[n], parts.workers[n]] = await Promise.all([startNode(n), startWorker(n)])
    await until(async () => balancer.ready() === 2)
  }
  rolling = false
  await Promise.all(load)
  expect(failed).toEqual([])
  expect(answered).toBeGreaterThan(200)
}, 240_000)
