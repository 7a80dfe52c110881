/** Webhooks from the act to the receiver, on a real PostgreSQL and over real sockets (R-WH-1, R-SSRF-1, R-FLT-2). */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { StaffRole } from '@cairn/core'
import { appendEvent, insertInstitution } from '@cairn/store'
import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { createInstallation, type Installation, newId } from '../context.ts'
import { demoInstitutions } from '../demo/content.ts'
import { clientFor } from '../operations.ts'
import { signatureOf } from './sign-webhook.ts'
import { tellWebhooks } from './tell-webhooks.ts'

const got: { headers: IncomingHttpHeaders; text: string; path: string }[] = []
let status = 204
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    got.push({ headers: request.headers, text: Buffer.concat(chunks).toString(), path: request.url! })
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('a body that nobody reads')
  })
})
let store: TestDatabase
let installation: Installation
let origin: string
const tenant = newId()

beforeAll(async () => {
  store = await startTestDatabase()
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const config = readConfig({ CAIRN_DEMO: '1', CAIRN_SECRET: 'x'.repeat(40), DATABASE_URL: 'given', CAIRN_WEBHOOK_ORIGINS: origin })
  installation = createInstallation({ config, database: store.database, log: pino({ level: 'silent' }), wake: () => undefined })
  await store.database.tenant(tenant, (tx) => insertInstitution(tx, demoInstitutions.college, false, new Date().toISOString()))
})
afterAll(async () => {
  await installation.judge.close()
  await store.stop()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})
beforeEach(async () => {
  got.length = 0
  status = 204
  await store.database.pool.query('delete from cairn.webhook_delivery')
  await store.database.pool.query('delete from cairn.webhook')
})

const as = (role: StaffRole) =>
  clientFor(installation, { caller: { tenant, person: 'p', name: 'Somebody', roles: [role] }, confirmedAt: new Date() })
const owner = () => as('owner')
const make = (path = '/hook', events: ('batch.seal' | 'credential.revoke')[] = ['batch.seal']) =>
  owner()['webhook.create']({ url: origin + path, events })
const happens = (name: string, subject = newId()) =>
  store.database.tenant(tenant, (tx) => appendEvent(tx, { at: new Date().toISOString(), actor: 'somebody@people.example', name, subject }))
/** The hours pass that waits need. */
const later = () => store.database.pool.query('update cairn.webhook_delivery set next_at = now() where sent_at is null')
const tell = () => tellWebhooks(installation)

test('the signature is that of the published example of the convention', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  expect(signatureOf(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', '{"test": 2432232314}')).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
})

test('R-WH-1: what an institution wants to know of is told once, signed, with ids alone; what it does not want to know of is not', async () => {
  const { webhook, secret } = await make()
  const subject = newId()
  await happens('batch.seal', subject)
  await happens('credential.revoke')
  // Two workers at once: each telling goes out once.
  await Promise.all([tell(), tell()])
  expect(got).toHaveLength(1)
  const [{ headers, text }] = got as [(typeof got)[0]]
  const { event, ...data } = JSON.parse(text).data
  expect(JSON.parse(text)).toEqual({ type: 'batch.seal', timestamp: expect.any(String), data: { institution: tenant, id: subject, event } })
  expect(data).not.toHaveProperty('actor')
  expect(text).not.toContain('somebody')
  const { 'webhook-id': id, 'webhook-timestamp': seconds } = headers as Record<string, string>
  expect(headers['webhook-signature']).toBe(signatureOf(secret, id!, seconds!, text))
  expect(Math.abs(Date.now() / 1000 - Number(seconds))).toBeLessThan(60)
  expect(id).toBe(`msg_${webhook.id.replaceAll('-', '')}_${event}`)
  expect((await make()).secret).not.toBe(secret)
  expect((await as('auditor')['webhook.list']({})).at(-1)).toMatchObject({ waiting: 0, givenUp: 0, lastSentAt: expect.any(String) })
})

test('an act that did not come to be tells nobody', async () => {
  await make()
  await store.database
    .tenant(tenant, async (tx) => {
      await appendEvent(tx, { at: new Date().toISOString(), actor: 'p', name: 'batch.seal', subject: newId() })
      throw new Error('undone')
    })
    .catch(() => undefined)
  await tell()
  expect(got).toEqual([])
})

test('R-FLT-2: a receiver that fails is asked later each time, one try a wait, in the order of events; given up it is seen, and sent again by hand', async () => {
  const { webhook } = await make()
  status = 500
  for (let n = 0; n < 3; n++) await happens('batch.seal')
  for (let tries = 1; tries <= 10; tries++) {
    await tell()
    await tell()
    expect(got, 'one try a wait').toHaveLength(tries)
    await later()
  }
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  const read = () => owner()['webhook.deliveries']({ id: webhook.id })
  const dead = (await read()).items.at(-1)!
  expect(dead).toMatchObject({ attempts: 10, givenUp: true, status: 500, problem: 'The receiver answered with status 500.' })
  status = 200
  await tell()
  expect((await read()).items.map(({ sentAt }) => sentAt !== undefined)).toEqual([true, true, false])
  expect((await read()).webhook).toMatchObject({ waiting: 0, givenUp: 1 })
  await owner()['webhook.resend']({ id: webhook.id, event: dead.event })
  await tell()
  expect((await read()).webhook).toMatchObject({ waiting: 0, givenUp: 0 })
  expect(got.at(-1)!.headers['webhook-id']).toBe(got[0]!.headers['webhook-id'])
  await expect(owner()['webhook.resend']({ id: webhook.id, event: 999_999 })).rejects.toMatchObject({
    problem: { code: 'request.not-found' },
  })
})

test('a receiver that is away delays its own tellings and nobody else’s; one that is gone for good is asked no more', async () => {
  const away = await make('/away')
  const { webhook: gone } = await make('/gone')
  await store.database.pool.query(`update cairn.webhook set url = 'http://127.0.0.1:1/' where id = $1`, [away.webhook.id])
  installation.config.webhookOrigins.push('http://127.0.0.1:1')
  status = 410
  await happens('batch.seal')
  await tell()
  await later()
  await happens('batch.seal')
  await tell()
  expect(got.map(({ path }) => path)).toEqual(['/gone'])
  const list = await owner()['webhook.list']({})
  expect(list.find(({ id }) => id === gone.id)).toMatchObject({ state: 'ended' })
  expect(list.find(({ id }) => id === away.webhook.id)).toMatchObject({ state: 'active', waiting: 2 })
})

test('a trial goes to its webhook alone; a removed one is told nothing more', async () => {
  const { webhook } = await make('/one')
  await make('/two')
  await owner()['webhook.try']({ id: webhook.id })
  await tell()
  expect(got.map(({ path, text }) => [path, JSON.parse(text).type])).toEqual([['/one', 'webhook.try']])
  await owner()['webhook.remove']({ id: webhook.id })
  await happens('batch.seal')
  await tell()
  expect(got.map(({ path }) => path)).toEqual(['/one', '/two'])
})

test('R-SSRF-1, R-SSRF-2: no inner address is told anything, by its form, by its name or by a redirect', async () => {
  for (const url of [
    origin.replace('http:', 'https:'),
    'http://example.org/',
    'https://user:secret@example.org/',
    'https://example.org:8443/',
    'file:///etc/passwd',
    'https://127.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://169.254.169.254/latest',
    'https://10.0.0.1/',
  ])
    await expect(owner()['webhook.create']({ url, events: ['batch.seal'] }), url).rejects.toMatchObject({ problem: { pointer: '/url' } })
  await owner()['webhook.create']({ url: 'https://localhost/', events: ['batch.seal'] })
  const { webhook } = await make('/redirects')
  status = 302
  await happens('batch.seal')
  await tell()
  expect(got.map(({ path }) => path)).toEqual(['/redirects'])
  for (const { id } of (await owner()['webhook.list']({})).filter((each) => each.id !== webhook.id))
    expect((await owner()['webhook.deliveries']({ id })).items[0]).toMatchObject({ problem: 'The address is not one of a public server.' })
})

test('webhooks of another institution look like those that do not exist', async () => {
  const { webhook } = await make()
  const stranger = clientFor(installation, { caller: { tenant: newId(), person: 's', roles: ['owner'] }, confirmedAt: new Date() })
  for (const call of [
    () => stranger['webhook.deliveries']({ id: webhook.id }),
    () => stranger['webhook.remove']({ id: webhook.id }),
    () => stranger['webhook.try']({ id: webhook.id }),
  ])
    await expect(call()).rejects.toMatchObject({ problem: { code: 'request.not-found' } })
})
