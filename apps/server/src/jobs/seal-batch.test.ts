/** R-DUR-1, R-DUR-2: stopped between intention and seal, a batch goes on from the recorded bytes and seals each once. */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readJades } from '@cairn/seals'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { startServer } from '../start-server.ts'
import { ownerOf } from '../vectors/owner-of.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-sealing-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const start = () =>
  startServer(readConfig({ CAIRN_DATA: folder, PORT: '0', CAIRN_LOG: 'silent', CAIRN_DEMO: '1' }), pino({ level: 'silent' }), {
    pages: false,
  })

const readIfThere = (file: string) => (existsSync(file) ? readFileSync(file, 'latin1') : '')

test('R-ST-3: a server stopped in the middle of 1,500 awards finishes them at its next start: each sealed once, with the bytes that were recorded', async () => {
  const first = await start()
  const { api } = await ownerOf(first.installation)
  const [edition] = await api['edition.list']({})
  const lines = Array.from(
    { length: 1500 },
    (_, at) => `Learner ${at},${1950 + (at % 50)}-0${1 + (at % 9)}-11,2026-05-12,l${at}@learners.example`,
  )
  const table = ['fullName,dateOfBirth,awardDate,email', ...lines].join('\n')
  const batch = await api['batch.create']({ edition: edition!.id, fileName: 'many.csv', base64: Buffer.from(table).toString('base64') })
  await api['batch.confirm']({ id: batch.id, ready: 1500 })
  const count = async (pool: typeof first.installation.database.pool, state: string) =>
    (await pool.query('select count(*)::int as n from cairn.credential where batch = $1 and state = $2', [batch.id, state])).rows[0]
      .n as number
  while ((await count(first.installation.database.pool, 'sealed')) === 0) await sleep(5)
  if (process.platform === 'linux') {
    const standBack = (stats: string[]) => stats.filter((file) => /^.*\)( \S+){16} 10 /.test(readIfThere(file))).length
    const connections = await first.installation.database.pool.query('select pid from pg_stat_activity')
    expect(standBack(readdirSync('/proc/self/task').map((id) => `/proc/self/task/${id}/stat`)), 'the thread that seals').toBe(1)
    expect(standBack(connections.rows.map(({ pid }) => `/proc/${pid}/stat`)), 'its connections').toBeGreaterThan(0)
  }
  // A few of the last alone: whoever reads them all is overtaken by the job.
  const recorded = new Map(
    (
      await first.installation.database.pool.query(
        'select id, cairn.exact_text(c) as payload from cairn.credential c where batch = $1 order by row_number desc limit 50',
        [batch.id],
      )
    ).rows.map((row) => [row.id, row.payload]),
  )
  await first.stop()

  const restarted = new Date()
  const second = await start()
  const { pool } = second.installation.database
  for (let tries = 0; tries < 400 && (await count(pool, 'sealed')) < 1500; tries++) await sleep(50)
  const { rows: sealed } = await pool.query(
    'select id, cairn.exact_text(c) as payload, digest, stencil, fills, sealed, sealed_at, status_index, reference_number from cairn.credential c where batch = $1',
    [batch.id],
  )
  expect(sealed).toHaveLength(1500)
  expect(sealed.filter((row) => row.sealed_at > restarted).length, 'it was stopped before the end').toBeGreaterThan(0)
  for (const row of sealed) {
    expect(
      createHash('sha256')
        .update(row.stencil)
        .update([row.id, ...row.fills].join('\0'))
        .digest()
        .equals(row.digest),
    ).toBe(true)
    expect(readJades(row.sealed).payloadText).toBe(row.payload)
    if (recorded.has(row.id)) expect(row.payload).toBe(recorded.get(row.id))
  }
  for (const column of ['status_index', 'reference_number']) expect(new Set(sealed.map((row) => row[column])).size, column).toBe(1500)
  const { rows: messages } = await pool.query(
    `select count(*)::int as n, count(distinct credential)::int as credentials from cairn.outbox where kind = 'claim' and credential in (select id from cairn.credential where batch = $1)`,
    [batch.id],
  )
  expect(messages[0]).toEqual({ n: 1500, credentials: 1500 })
  await second.stop()
}, 150_000)
