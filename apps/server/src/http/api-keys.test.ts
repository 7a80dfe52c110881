/** Keys for programs over HTTP on a real PostgreSQL: what opens, what is capped, and what one click undoes (R-KEY-5, R-KEY-6). */
import type { StaffRole } from '@cairn/core'
import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Accounts, openAccounts } from '../auth/accounts.ts'
import { readConfig } from '../config.ts'
import { createInstallation, type Installation, newToken } from '../context.ts'
import { seedDemonstration } from '../demo/seed.ts'
import { sealBatch } from '../jobs/seal-batch.ts'
import { clientFor } from '../operations.ts'
import { createApp } from './app.ts'

let store: TestDatabase
let installation: Installation
let accounts: Accounts
let app: FastifyInstance
let tenant: string
let edition: string

beforeAll(async () => {
  store = await startTestDatabase()
  const config = readConfig({
    CAIRN_DEMO: '1',
    CAIRN_SECRET: 'x'.repeat(40),
    CAIRN_LOG: 'silent',
    DATABASE_URL: 'given',
    CAIRN_SEAL_LEVEL: 'B',
  })
  installation = createInstallation({ config, database: store.database, log: pino({ level: 'silent' }), wake: () => undefined })
  accounts = await openAccounts(store.connection, config, { sendLink: async () => undefined, recordOwn: async () => undefined })
  await seedDemonstration(installation, accounts)
  app = await createApp({ installation, accounts })
  tenant = (await store.database.pool.query('select tenant from cairn.institution')).rows[0].tenant
  edition = (await as('owner')['edition.list']({}))[0]!.id
})
afterAll(async () => {
  await app?.close()
  await accounts?.close()
  await store?.stop()
})

const as = (role: StaffRole) =>
  clientFor(installation, { caller: { tenant, person: `a person: ${role}`, name: role, roles: [role] }, confirmedAt: new Date() })
const make = (given: object = {}) => as('owner')['apikey.create']({ label: 'the register', scopes: ['read', 'award'], ...given })
const ask = (secret: string, options: InjectOptions) =>
  app.inject({ ...options, headers: { authorization: `Bearer ${secret}`, ...options.headers } })
const codeOf = ({ payload }: { payload: string }) => JSON.parse(payload).code
/** A batch of `count` awards by a key, up to its confirmation; the answer to that. */
async function award(secret: string, count: number, name: string) {
  const lines = Array.from({ length: count }, (_, at) => `${name} ${at},1990-01-01,2026-05-12,${name}${at}@learners.example`)
  const base64 = Buffer.from(['fullName,dateOfBirth,awardDate,email', ...lines].join('\n')).toString('base64')
  const created = await ask(secret, { method: 'POST', url: '/api/v1/batches', payload: { edition, fileName: 'r.csv', base64 } })
  const { id } = JSON.parse(created.payload)
  return {
    id: id as string,
    answer: await ask(secret, { method: 'POST', url: `/api/v1/batches/${id}/confirm`, payload: { ready: count } }),
  }
}

test('R-KEY-6: a key is shown once, is kept as a hash, opens what its scopes name, and its end and its withdrawal are one to whoever tries it', async () => {
  const { key, secret } = await make({ days: 30 })
  expect(secret).toMatch(/^cairn_key_[\w-]{32}$/)
  expect(secret.startsWith(key.hint)).toBe(true)
  const { rows } = await store.database.pool.query('select k::text as row from cairn.api_key k')
  expect(rows.map(({ row }) => row).join()).not.toContain(secret.slice(14))
  const list = (headers: Record<string, string> = {}) => ask(secret, { url: '/api/v1/batches', headers })
  expect((await list()).statusCode).toBe(200)
  expect((await as('auditor')['apikey.list']({}))[0]).toMatchObject({ state: 'active', lastUsedAt: expect.any(String), usedHour: 0 })
  expect(JSON.parse((await ask(secret, { url: '/api/v1/session' })).payload)).toMatchObject({
    person: { id: `key:${key.id}`, name: 'the register' },
    roles: [],
  })

  const unknown = await app.inject({ url: '/api/v1/batches', headers: { authorization: `Bearer cairn_key_${newToken()}` } })
  expect([unknown.statusCode, codeOf(unknown)]).toEqual([401, 'request.sign-in'])
  await store.database.pool.query(`update cairn.api_key set expires_at = now() - interval '1 second' where id = $1`, [key.id])
  expect((await list()).payload).toBe(unknown.payload)
  expect((await as('owner')['apikey.list']({}))[0]).toMatchObject({ state: 'ended' })
  await store.database.pool.query(`update cairn.api_key set expires_at = now() + interval '1 day' where id = $1`, [key.id])
  expect((await list()).statusCode).toBe(200)
  await as('owner')['apikey.withdraw']({ id: key.id })
  expect((await list()).payload).toBe(unknown.payload)
  await expect(as('owner')['apikey.withdraw']({ id: key.id })).rejects.toMatchObject({ problem: { code: 'request.not-found' } })
  for (const authorization of ['Basic YTpi', 'Bearer ', 'Bearer x', `Bearer ${secret} more`])
    expect((await app.inject({ url: '/api/v1/batches', headers: { authorization } })).statusCode, authorization).toBe(401)
  await expect(make({ days: 366 })).rejects.toMatchObject({ problem: { code: 'input.invalid' } })
})

test('whoever tries keys that are none has to wait after thirty of them', async () => {
  const attempt = () =>
    app.inject({ url: '/api/v1/home', remoteAddress: '192.0.2.77', headers: { authorization: `Bearer cairn_key_${newToken()}` } })
  for (let at = 0; at < 30; at++) expect((await attempt()).statusCode).toBe(401)
  expect((await attempt()).statusCode).toBe(429)
})

test('R-KEY-5: a key confirms what its caps allow and no more, also when it asks several times at once; what a person confirms does not count', async () => {
  const { key, secret } = await make({ perHour: 5, perDay: 7 })
  expect((await award(secret, 6, 'six')).answer.statusCode).toBe(429)
  const first = await award(secret, 4, 'four')
  expect(first.answer.statusCode).toBe(200)
  const over = (await award(secret, 2, 'two')).answer
  expect([over.statusCode, codeOf(over)]).toEqual([429, 'request.over-cap'])
  // An hour later the day still counts.
  await store.database.pool.query(`update cairn.api_key_use set at = at - interval '61 minutes'`)
  const crowd = await Promise.all(Array.from({ length: 4 }, (_, at) => award(secret, 1, `one${at}`)))
  expect(crowd.filter(({ answer }) => answer.statusCode === 200)).toHaveLength(3)
  expect((await as('owner')['apikey.list']({})).find(({ id }) => id === key.id)).toMatchObject({ usedHour: 3, usedDay: 7 })

  const lines = Array.from({ length: 9 }, (_, at) => `N ${at},1990-01-01,2026-05-12`)
  const base64 = Buffer.from(['fullName,dateOfBirth,awardDate', ...lines].join('\n')).toString('base64')
  const created = JSON.parse(
    (await ask(secret, { method: 'POST', url: '/api/v1/batches', payload: { edition, fileName: 'n.csv', base64 } })).payload,
  )
  expect(await as('awarder')['batch.confirm']({ id: created.id, ready: 9 })).toMatchObject({ state: 'confirmed' })
  const approve = await ask(secret, { method: 'POST', url: `/api/v1/batches/${created.id}/approve`, payload: { ready: 9 } })
  expect([approve.statusCode, codeOf(approve)]).toEqual([403, 'request.not-allowed'])
})

test('R-KEY-5: what a key confirms and a person approves is outside its cap, and whoever made the key is no second person', async () => {
  const { secret, key } = await make({ perHour: 1 })
  const institution = await as('owner')['institution.read']({})
  const fourEyes = async (on: boolean) => {
    const { organisation, revision } = await as('owner')['institution.read']({})
    await as('owner')['institution.save']({ organisation, fourEyes: on, revision })
  }
  expect(institution.fourEyes).toBe(false)
  await fourEyes(true)
  const { id, answer } = await award(secret, 3, 'eyes')
  expect(JSON.parse(answer.payload)).toMatchObject({ state: 'awaiting-approval' })
  await expect(as('owner')['batch.approve']({ id, ready: 3 })).rejects.toMatchObject({ problem: { code: 'batch.same-person' } })
  expect(await as('approver')['batch.approve']({ id, ready: 3 })).toMatchObject({ state: 'confirmed' })
  await fourEyes(false)
  expect((await as('owner')['apikey.list']({})).find((each) => each.id === key.id)).toMatchObject({ usedHour: 0 })
})

test('R-KEY-5: when a cap is reached, owners are told once an hour: by mail, at home, in the record; also by a refusal that was undone', async () => {
  const capsOf = async (id: string) =>
    (await as('owner')['event.list']({ size: 200 })).items.filter(({ name, subject }) => name === 'apikey.cap' && subject === id).length
  const letters = async (label: string) =>
    (await as('owner')['outbox.list']({ size: 200 })).items
      .filter(({ subject }) => subject.includes(label))
      .map(({ to, link }) => [to, link])
  const owner = (await as('owner')['people.list']({})).find(({ roles }) => roles.includes('owner'))!.email
  const atHome = async (role: StaffRole) => (await as(role)['home.read']({})).tasks.some(({ kind }) => kind === 'key-at-cap')
  const exact = await make({ label: 'exact', perHour: 2 })
  await award(exact.secret, 1, 'ex')
  expect(await letters('exact')).toEqual([])
  await award(exact.secret, 1, 'ey')
  await award(exact.secret, 1, 'ez')
  expect([await letters('exact'), await capsOf(exact.key.id)]).toEqual([[[owner, `${installation.config.publicUrl}/api-keys`]], 1])
  expect([await atHome('owner'), await atHome('awarder')]).toEqual([true, false])
  const refused = await make({ label: 'refused', perHour: 1 })
  const { id } = await award(refused.secret, 2, 'rf')
  expect([(await letters('refused')).length, await capsOf(refused.key.id)]).toEqual([1, 1])
  await store.database.pool.query(`update cairn.api_key set capped_at = capped_at - interval '1 hour' where id = $1`, [refused.key.id])
  // With an Idempotency-Key the whole call is one transaction, that the refusal undoes.
  const again = {
    method: 'POST',
    url: `/api/v1/batches/${id}/confirm`,
    payload: { ready: 2 },
    headers: { 'idempotency-key': 'c' },
  } as const
  expect((await ask(refused.secret, again)).statusCode).toBe(429)
  expect([(await letters('refused')).length, await capsOf(refused.key.id)]).toEqual([2, 2])
  expect((await as('auditor')['apikey.list']({})).find((each) => each.id === refused.key.id)?.cappedAt).toBeDefined()
})

test('R-KEY-5: one click takes a key back, stops what it confirmed, and revokes what it had sealed since then', async () => {
  const { key, secret } = await make()
  const early = await award(secret, 2, 'early')
  await sealBatch(installation, tenant, early.id)
  const since = new Date().toISOString()
  const late = await award(secret, 3, 'late')
  await sealBatch(installation, tenant, late.id)
  const waiting = await award(secret, 2, 'waiting')
  expect(await as('owner')['apikey.undo']({ id: key.id, since, reason: 'fraud' })).toEqual({ revoked: 3 })
  expect((await ask(secret, { url: '/api/v1/batches' })).statusCode).toBe(401)
  await sealBatch(installation, tenant, waiting.id)
  const count = async (batch: string, what: string) =>
    (await store.database.pool.query(`select count(*)::int as n from cairn.credential where batch = $1 and ${what}`, [batch])).rows[0].n
  expect([await count(early.id, 'revoked_at is null'), await count(late.id, `reason = 'fraud'`), await count(waiting.id, 'true')]).toEqual([
    2, 3, 0,
  ])
  expect(await as('owner')['batch.read']({ id: waiting.id })).toMatchObject({ state: 'cancelled' })
  expect(await as('auditor')['event.list']({})).toMatchObject({ intact: true })
})

test('R-IDEM-1: a program that repeats itself with the same Idempotency-Key makes one batch', async () => {
  const { secret } = await make()
  const base64 = Buffer.from('fullName,dateOfBirth,awardDate\nA B,1990-01-01,2026-05-12').toString('base64')
  const send = () =>
    ask(secret, {
      method: 'POST',
      url: '/api/v1/batches',
      headers: { 'idempotency-key': 'the-same' },
      payload: { edition, fileName: 'i.csv', base64 },
    })
  const [first, second] = [await send(), await send()]
  expect([first.statusCode, second.payload]).toEqual([200, first.payload])
})
