/** What those who run a server see of it: figures with bounded labels, and logs in which nobody is named (R-PRIV-1, R-ERR-1). */
import { Writable } from 'node:stream'
import { readWork } from '@cairn/store'
import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Accounts, openAccounts } from '../auth/accounts.ts'
import { readConfig } from '../config.ts'
import { createInstallation, newToken } from '../context.ts'
import { seedDemonstration } from '../demo/seed.ts'
import { sayError } from '../say-error.ts'
import { createApp } from './app.ts'
import { createMetrics, type Metrics } from './metrics.ts'

let store: TestDatabase
let accounts: Accounts
let app: FastifyInstance
let metrics: Metrics
let isAway = false
const lines: string[] = []
const log = pino(
  { level: 'debug' },
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  }),
)

beforeAll(async () => {
  store = await startTestDatabase()
  const config = readConfig({ CAIRN_DEMO: '1', CAIRN_SECRET: 'x'.repeat(40), DATABASE_URL: 'given' })
  const installation = createInstallation({ config, database: store.database, log, wake: () => undefined })
  accounts = await openAccounts(store.connection, config, { sendLink: async () => undefined, recordOwn: async () => undefined })
  await seedDemonstration(installation, accounts)
  metrics = createMetrics({
    free: () => 123_456_789,
    readWork: async () => (isAway ? undefined : readWork(store.database, new Date().toISOString())),
    pool: () => ({ total: 1, idle: 1, waiting: 0 }),
  })
  // A page that breaks over what somebody wrote.
  app = await createApp({
    installation,
    accounts,
    metrics,
    pages: async () => (request) => JSON.parse(decodeURIComponent(request.url!.slice(1))),
  })
})
afterAll(async () => {
  await metrics.close()
  await app.close()
  await accounts.close()
  await store.stop()
})

test('R-PRIV-1: neither addresses, tokens, keys nor what broke a request are in the log, and what broke where is', async () => {
  const secrets = ['jana.novakova@people.example', newToken(), `cairn_key_${newToken()}`, 'a-cookie-of-somebody', '203.0.113.99']
  const [email, token, key, cookie, address] = secrets as [string, string, string, string, string]
  const headers = { authorization: `Bearer ${key}`, cookie: `cairn.session_token=${cookie}` }
  for (const url of [
    `/api/v1/shared/${token}`,
    `/api/v1/credentials?q=${email}`,
    `/${encodeURIComponent(email)}`,
    `/claim/${token}?from=${email}`,
  ])
    await app.inject({ url, headers, remoteAddress: address })
  await app.inject({ method: 'POST', url: '/api/v1/people', headers, payload: { email, roles: ['owner'] }, remoteAddress: address })
  const all = lines.join('')
  for (const secret of secrets) expect(all).not.toContain(secret)
  expect(all).not.toMatch(/novakova/i)
  expect(lines.length).toBeGreaterThan(4)
  expect(all).toContain('"route":"/api/v1/shared/:token"')
  expect(lines.find((line) => line.includes('a page failed'))).toContain('"kind":"SyntaxError"')
})

test('R-PRIV-1: of an error of the database its code and its constraint are said, and not the row', async () => {
  const twice = `insert into cairn.member (tenant, person, name, email, roles, since) select tenant, person, 'Jana Nováková', 'jana@people.example', roles, since from cairn.member limit 1`
  const error = await store.database.pool.query(twice).catch((caught: unknown) => caught)
  expect(JSON.stringify(error)).toContain('already exists')
  expect(sayError(error)).toMatchObject({ kind: 'DatabaseError', code: '23505', constraint: 'member_pkey' })
  expect(JSON.stringify(sayError(error))).not.toMatch(/Jana|person|already/)
})

test('figures have routes, jobs and counts, whatever is asked, and say when the database is away', async () => {
  for (let at = 0; at < 50; at++) await app.inject({ url: `/api/v1/shared/${newToken()}`, remoteAddress: `198.51.100.${at}` })
  for (let at = 0; at < 20; at++) await app.inject({ url: `/anything/${newToken()}` })
  metrics.countJob('mail', 'failed', 0.5)
  const text = await metrics.text()
  const labels = new Set([...text.matchAll(/route="([^"]*)"/g)].map(([, route]) => route))
  for (const route of labels) expect(route).toMatch(/^(unmatched|\/\*|\/[a-z0-9/:.-]*)$/i)
  expect(labels.size).toBeLessThan(20)
  expect(text).toMatch(/cairn_requests_total\{route="\/api\/v1\/shared\/:token",status="404"\} 5\d/)
  expect(text).toMatch(/cairn_request_duration_seconds_bucket\{route="\/api\/v1\/shared\/:token",le="\+Inf"\} 5\d/)
  expect(text).toContain('cairn_job_runs_total{job="mail",outcome="failed"} 1')
  expect(text).toContain('cairn_work{what="batchesWaiting"} 1')
  expect(text).toContain('cairn_database_up 1')
  for (const line of text.trim().split('\n'))
    expect(line).toMatch(/^(# TYPE [a-z_0-9]+ (counter|gauge|histogram)|[a-z_0-9]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+)$/)
  isAway = true
  expect(await metrics.text()).toContain('cairn_database_up 0')
})
