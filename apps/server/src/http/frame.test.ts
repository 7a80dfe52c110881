/** The frame around the operations, over HTTP on a real PostgreSQL: who gets in, what is refused, and what every answer carries. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { keyMayCall, type OperationName, operations, type PageContext, type Scope, scopeNames } from '@cairn/api'
import { problems, roles, type StaffRole, staffRoles } from '@cairn/core'
import {
  type Database,
  type EmbeddedPostgres,
  insertInstitution,
  insertInvitation,
  migrate,
  openDatabase,
  putMember,
  startPostgres,
} from '@cairn/store'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Accounts, openAccounts } from '../auth/accounts.ts'
import { anonymous } from '../auth/session.ts'
import { signInFor } from '../auth/sign-in.ts'
import { type Config, readConfig } from '../config.ts'
import { createInstallation, type Installation, newId, newToken } from '../context.ts'
import { demoInstitutions } from '../demo/content.ts'
import { seedDemonstration } from '../demo/seed.ts'
import { createApp } from './app.ts'

const publicUrl = 'http://localhost:8080'
const links: { email: string; token: string }[] = []
const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-frame-'))
let server: EmbeddedPostgres
let database: Database
let config: Config
let installation: Installation
let accounts: Accounts
let app: FastifyInstance
let foreign = ''

/** A stand-in for a page: what it gets is what real pages get. */
async function page(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const context = (
    (globalThis as Record<symbol, unknown>)[Symbol.for('cairn.request')] as { getStore(): PageContext | undefined }
  ).getStore()
  if (request.url === '/broken') throw new Error('a page that breaks')
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ session: context?.session ?? null, origin: request.headers.origin ?? null }))
}

beforeAll(async () => {
  server = await startPostgres(folder, { durable: false })
  database = openDatabase(server.connection)
  await migrate(database)
  config = readConfig({
    CAIRN_DEMO: '1',
    CAIRN_SECRET: 'x'.repeat(40),
    CAIRN_LOG: 'silent',
    DATABASE_URL: 'given',
    CAIRN_PUBLIC_URL: publicUrl,
  })
  installation = createInstallation({ config, database, log: pino({ level: 'silent' }), wake: () => undefined })
  accounts = await openAccounts(server.connection, config, {
    sendLink: async (email, token) => {
      if (await accounts.find(email)) links.push({ email, token })
    },
    recordOwn: async () => undefined,
  })
  await seedDemonstration(installation, accounts)
  app = await createApp({
    installation,
    accounts,
    pages: async () => (request, response, next) => void page(request, response).catch(next),
  })
  // Another institution with an owner of its own.
  foreign = newId()
  const stranger = await accounts.create({ email: 'stranger@elsewhere.example', name: 'A stranger', password: 'a password of elsewhere' })
  await database.tenant(foreign, async (tx) => {
    const now = new Date().toISOString()
    await insertInstitution(tx, { ...demoInstitutions.college, id: `urn:uuid:${newId()}` }, false, now)
    await putMember(tx, {
      person: stranger.id,
      name: 'A stranger',
      email: 'stranger@elsewhere.example',
      roles: [...staffRoles],
      since: now,
    })
  })
})
afterAll(async () => {
  await app?.close()
  await accounts?.close()
  await database?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const visitor = (address = '203.0.113.1', cookie = '') => ({
  headers: new Headers(cookie ? { cookie } : {}),
  address,
  call: anonymous,
})
const cookieOf = (cookies: readonly string[]) => cookies.map((each) => each.split(';')[0]!).join('; ')
/** A session cookie of a role, through the door that only demonstrations have. */
async function signedInAs(role: StaffRole): Promise<string> {
  const answer = await signInFor(installation, accounts, visitor()).demonstration({ role })
  expect(answer.done).toBe(true)
  return cookieOf(answer.cookies)
}
async function signedInElsewhere(): Promise<string> {
  const given = { email: 'stranger@elsewhere.example', password: 'a password of elsewhere' }
  return cookieOf((await signInFor(installation, accounts, visitor('203.0.113.9')).password(given)).cookies)
}
const ask = (options: InjectOptions) => app.inject(options)
const codeOf = (answer: { payload: string }) => (JSON.parse(answer.payload) as { code?: string }).code

/** Something for each field, so that the path can be filled; nothing of it exists. */
const field = (name: string) => (name === 'token' ? 'B'.repeat(32) : name === 'n' ? '1' : '01900000-0000-7000-8000-000000000000')
const pathOf = (path: string) => `/api/v1${path.replace(/:([a-z]+)/gi, (_, name: string) => field(name))}`

test('R-AZ-1: over HTTP every operation refuses every role that the table does not name', async () => {
  const cookies = new Map<string, string>()
  for (const role of staffRoles) cookies.set(role, await signedInAs(role))
  for (const [name, { method, path, roles: allowed }] of Object.entries(operations))
    for (const role of roles) {
      // A learner and an operator have no session of an institution; they come as anybody does.
      const cookie = cookies.get(role)
      const answer = await ask({ method, url: pathOf(path), remoteAddress: '198.51.100.7', headers: cookie ? { cookie } : {} })
      const may = (allowed as readonly string[]).includes('anonymous') || (allowed as readonly string[]).includes(role)
      if (may && cookie) expect([401, 403], `${name} as ${role}`).not.toContain(answer.statusCode)
      else if (!may) expect(answer.statusCode, `${name} as ${role}`).toBe(cookie ? 403 : 401)
      expect(answer.statusCode, `${name} as ${role}: ${answer.payload}`).not.toBe(500)
    }
})

/** A key with these scopes, of the demonstration or of the other institution. */
async function keyFor(scopes: readonly Scope[], cookie: string): Promise<string> {
  const payload = { label: scopes.join(), scopes }
  const answer = await ask({ method: 'POST', url: '/api/v1/api-keys', headers: { cookie }, payload })
  return `Bearer ${JSON.parse(answer.payload).secret}`
}

test('R-AZ-1: over HTTP every operation refuses every key whose scopes do not name it, whatever session comes along', async () => {
  const owner = await signedInAs('owner')
  for (const scope of scopeNames) {
    const authorization = await keyFor([scope], owner)
    for (const [name, { method, path }] of Object.entries(operations)) {
      const answer = await ask({ method, url: pathOf(path), remoteAddress: randomAddress(), headers: { cookie: owner, authorization } })
      const where = `${name} with a key for ${scope}: ${answer.payload.slice(0, 200)}`
      if (keyMayCall(name as OperationName, [scope])) expect([401, 403, 500], where).not.toContain(answer.statusCode)
      else expect([answer.statusCode, codeOf(answer)], where).toEqual([403, 'request.not-allowed'])
    }
  }
})

test('R-AZ-2: what belongs to another institution answers exactly as what does not exist', async () => {
  const owner = await signedInAs('owner')
  const stranger = await signedInElsewhere()
  const authorization = await keyFor(scopeNames, stranger)
  const first = async (url: string) => (JSON.parse((await ask({ url, headers: { cookie: owner } })).payload) as { id: string }[])[0]!.id
  const specification = await first('/api/v1/specifications')
  const edition = await first('/api/v1/editions')
  const batch = await first('/api/v1/batches')
  const key = await first('/api/v1/keys')
  for (const [url, method] of [
    [`/api/v1/specifications/${specification}`, 'GET'],
    [`/api/v1/specifications/${specification}/copy`, 'POST'],
    [`/api/v1/editions/${edition}`, 'GET'],
    [`/api/v1/editions/${edition}/sample`, 'GET'],
    [`/api/v1/batches/${batch}`, 'GET'],
    [`/api/v1/batches/${batch}/cancel`, 'POST'],
    [`/api/v1/keys/${key}/retire`, 'POST'],
  ] as const) {
    for (const headers of [{ cookie: stranger }, { authorization }]) {
      const theirs = await ask({ method, url, headers })
      const nothing = await ask({ method, url: url.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '01900000-0000-7000-8000-000000000000'), headers })
      const refused = 'authorization' in headers && url.endsWith('/retire')
      expect([theirs.statusCode, theirs.payload], url).toEqual([refused ? 403 : 404, nothing.payload])
    }
  }
  // The same id in the hands of its owner is there, so that the comparison above means something.
  expect((await ask({ url: `/api/v1/batches/${batch}`, headers: { cookie: owner } })).statusCode).toBe(200)
})

test('R-HDR-1: every answer carries the security headers, errors and pages included', async () => {
  const asked: InjectOptions[] = [
    ...Object.values(operations).map(({ method, path }): InjectOptions => ({ method, url: pathOf(path) })),
    ...['/', '/broken', '/health', '/api/v1/openapi.json', '/api/v1/none', '/status/none', '/%zz', '/.well-known/security.txt'].map(
      (url) => ({ url }),
    ),
    { method: 'POST', url: '/api/v1/verify', headers: { 'content-type': 'application/json' }, payload: '{' },
    { method: 'POST', url: '/api/v1/verify', headers: { 'content-type': 'text/plain' }, payload: 'x' },
    { url: '/api/auth/passkey/generate-authenticate-options' },
  ]
  for (const options of asked) {
    const { headers, statusCode } = await ask({ ...options, remoteAddress: randomAddress() })
    const where = `${options.method ?? 'GET'} ${String(options.url)} ${statusCode}`
    expect(headers['content-security-policy'], where).toContain("default-src 'none'")
    expect(headers['x-content-type-options'], where).toBe('nosniff')
    expect(headers['referrer-policy'], where).toBe('no-referrer')
    expect(headers['cross-origin-opener-policy'], where).toBe('same-origin')
    expect(headers['cache-control'], where).toBeDefined()
  }
})

test('R-SES-2: of the account keeper only the ceremonies of passkeys are reachable, and adding one needs a session', async () => {
  const cookie = await signedInAs('owner')
  for (const [method, step] of [
    ['POST', 'delete-passkey'],
    ['POST', 'update-passkey'],
    ['GET', 'list-user-passkeys'],
  ] as const) {
    const answer = await ask({
      method,
      url: `/api/auth/passkey/${step}`,
      headers: { cookie },
      ...(method === 'POST' ? { payload: { id: 'x' } } : {}),
    })
    expect(answer.statusCode, step).toBe(404)
  }
  expect((await ask({ url: '/api/auth/passkey/generate-register-options' })).statusCode).toBe(401)
  const options = await ask({ url: '/api/auth/passkey/generate-register-options', headers: { cookie } })
  expect(JSON.parse(options.payload)).toMatchObject({ authenticatorSelection: { userVerification: 'required', residentKey: 'required' } })
})

test('R-SES-1: what changes something is refused to another site, and a plain form of our own gets through to its page', async () => {
  const cookie = await signedInAs('designer')
  const payload = { kind: 'badge', title: { en: 'A badge' }, primaryLanguage: 'en' }
  const post = (headers: Record<string, string>, url = '/api/v1/specifications') =>
    ask({ method: 'POST', url, headers: { cookie, ...headers }, payload })
  expect(codeOf(await post({ origin: 'https://elsewhere.example' }))).toBe('request.cross-origin')
  expect(codeOf(await post({ 'sec-fetch-site': 'cross-site', origin: publicUrl }))).toBe('request.cross-origin')
  expect(codeOf(await post({ 'sec-fetch-site': 'same-site' }))).toBe('request.cross-origin')
  expect(codeOf(await post({ origin: 'null' }))).toBe('request.cross-origin')
  expect((await post({ 'sec-fetch-site': 'same-origin', origin: publicUrl })).statusCode).toBe(200)
  expect((await post({ origin: publicUrl })).statusCode).toBe(200)
  expect((await post({ origin: 'https://elsewhere.example' }, '/some/page')).statusCode).toBe(403)
  const form = await post({ 'sec-fetch-site': 'same-origin', origin: 'null' }, '/some/page')
  expect(JSON.parse(form.payload)).toMatchObject({ origin: publicUrl, session: { signedIn: true, roles: ['designer'] } })
})

test('R-IDEM-1: the same key and request give the same bytes, once; another request with the key is refused', async () => {
  const cookie = await signedInAs('designer')
  const send = (key: string, title: string) =>
    ask({
      method: 'POST',
      url: '/api/v1/specifications',
      headers: { cookie, 'idempotency-key': key },
      payload: { kind: 'badge', title: { en: title }, primaryLanguage: 'en' },
    })
  const count = async () => Number((await database.pool.query('select count(*) from cairn.specification')).rows[0].count)
  const before = await count()
  const key = newToken()
  const first = await send(key, 'Once')
  const again = await send(key, 'Once')
  expect([first.statusCode, again.statusCode, again.payload]).toEqual([200, 200, first.payload])
  expect(await count()).toBe(before + 1)
  expect(codeOf(await send(key, 'Another'))).toBe('request.key-reused')
  // Ten at the same moment: one does the work, the others wait their turn or are told so, and nothing is made twice.
  const crowd = await Promise.all(Array.from({ length: 10 }, () => send(`${key}-crowd`, 'Crowd')))
  expect(await count()).toBe(before + 2)
  for (const { statusCode } of crowd) expect([200, 409]).toContain(statusCode)
  expect(crowd.some(({ statusCode }) => statusCode === 200)).toBe(true)
  // What was refused changed nothing and may be tried again.
  expect((await send(`${key}-wrong`, '')).statusCode).toBe(422)
  expect((await send(`${key}-wrong`, 'Now right')).statusCode).toBe(200)
})

test('R-JSON-1, R-AZ-3: bodies are read strictly, and nothing unknown is accepted', async () => {
  const cookie = await signedInAs('owner')
  const put = (payload: string) =>
    ask({ method: 'PUT', url: `/api/v1/people/nobody`, headers: { cookie, 'content-type': 'application/json' }, payload })
  for (const [payload, code] of [
    ['{"roles":["auditor"],"roles":["owner"]}', 'json.duplicate-member'],
    ['{"roles":["auditor"],"__proto__":{}}', 'json.forbidden-member'],
    ['{"roles":["auditor"],"more":1}', 'input.invalid'],
    ['{"roles":["auditor"],"id":"somebody"}', 'input.invalid'],
    ['{"roles":["king"]}', 'input.invalid'],
    ['[]', 'input.invalid'],
    ['{', 'json.syntax'],
    [`${'['.repeat(65)}${']'.repeat(65)}`, 'json.too-deep'],
    ['\ufeff{}', 'json.byte-order-mark'],
    ['{"roles":["auditor"]}', 'request.not-found'],
  ] as const)
    expect(codeOf(await put(payload)), payload).toBe(code)
  const large = await ask({
    method: 'POST',
    url: '/api/v1/people',
    headers: { cookie, 'content-type': 'application/json' },
    payload: `"${'x'.repeat(1024 * 1024)}"`,
  })
  expect([large.statusCode, codeOf(large)]).toEqual([413, 'input.too-large'])
  const document = JSON.parse((await put('{')).payload)
  expect(document).toMatchObject({ type: 'https://cairn.example/problems/json.syntax', status: 422, title: problems['json.syntax'].title })
})

test('R-SES-1: signing in by password; wrong and unknown answer alike, and five failures lock an account for everybody who tries it', async () => {
  await accounts.create({ email: 'locked@people.example', name: 'Locked', password: 'the right password' })
  const way = (address: string) => signInFor(installation, accounts, visitor(address)).password
  const wrong = await way('203.0.113.20')({ email: 'locked@people.example', password: 'not the right one' })
  const unknown = await way('203.0.113.20')({ email: 'unknown@people.example', password: 'not the right one' })
  expect(wrong).toEqual(unknown)
  expect(wrong).toMatchObject({ done: false, cookies: [], problem: { code: 'sign-in.refused' } })
  const right = await way('203.0.113.21')({ email: 'Locked@people.example', password: 'the right password' })
  expect(right.done).toBe(true)
  expect(right.cookies[0]).toMatch(/^cairn\.session_token=[^;]+;.*HttpOnly; SameSite=Lax/)
  expect(right.cookies[0]).not.toContain('Domain')
  for (let at = 0; at < 5; at++) await way(`203.0.113.${30 + at}`)({ email: 'locked@people.example', password: 'guess' })
  expect(await way('203.0.113.50')({ email: 'locked@people.example', password: 'the right password' })).toMatchObject({
    done: false,
    problem: { code: 'request.too-many' },
  })
})

test('signing in by a mailed link: once, never for an unknown address, and the answer does not tell', async () => {
  const ways = signInFor(installation, accounts, visitor('203.0.113.60'))
  expect(await ways.link({ email: 'auditor@demo.example' })).toEqual(await ways.link({ email: 'nobody@demo.example' }))
  expect(links.map(({ email }) => email)).toEqual(['auditor@demo.example'])
  const { rows } = await database.pool.query('select identifier from auth.verification')
  expect(rows.map((row) => row.identifier)).not.toContain(links[0]!.token)
  const token = links[0]!.token
  const opened = await ways.token({ token })
  expect(opened.done).toBe(true)
  const session = await ask({ url: '/api/v1/session', headers: { cookie: cookieOf(opened.cookies) } })
  expect(JSON.parse(session.payload)).toMatchObject({ signedIn: true, roles: ['auditor'], person: { email: 'auditor@demo.example' } })
  expect(await ways.token({ token })).toMatchObject({ done: false, problem: { code: 'sign-in.refused' } })
})

test('an invitation makes an account once, for its own address only, and is not used up by a password that is too short', async () => {
  const { rows } = await database.pool.query('select tenant from cairn.member where email = $1', ['owner@demo.example'])
  const invite = async (email: string) => {
    const token = newToken()
    const given = {
      id: newId(),
      email,
      roles: ['awarder' as const],
      createdAt: new Date().toISOString(),
      expiresAt: '2999-01-01T00:00:00Z',
      token,
    }
    await database.tenant(rows[0].tenant, (tx) => insertInvitation(tx, given))
    return token
  }
  const token = await invite('new@people.example')
  const ways = signInFor(installation, accounts, visitor('203.0.113.70'))
  expect(await ways.invitation({ token, name: 'New', password: 'short' })).toMatchObject({ problem: { code: 'input.invalid' } })
  const joined = await ways.invitation({ token, name: 'New Person', password: 'long enough, surely' })
  expect(joined.done).toBe(true)
  const session = await ask({ url: '/api/v1/session', headers: { cookie: cookieOf(joined.cookies) } })
  expect(JSON.parse(session.payload)).toMatchObject({ roles: ['awarder'], person: { name: 'New Person' } })
  expect(await ways.invitation({ token, name: 'Again', password: 'long enough, surely' })).toMatchObject({
    problem: { code: 'sign-in.refused' },
  })
  expect((await ways.password({ email: 'new@people.example', password: 'long enough, surely' })).done).toBe(true)

  const other = await invite('somebody-else@people.example')
  const signedIn = signInFor(installation, accounts, {
    ...visitor('203.0.113.71'),
    call: { caller: { person: 'p', email: 'new@people.example', roles: ['awarder'] } },
  })
  expect(await signedIn.invitation({ token: other })).toMatchObject({ problem: { code: 'request.not-allowed' } })
})

test('only a demonstration has the one-click door', async () => {
  const real = { ...installation, config: { ...config, demo: false } }
  expect(await signInFor(real, accounts, visitor()).demonstration({ role: 'owner' })).toMatchObject({
    done: false,
    cookies: [],
    problem: { code: 'request.not-allowed' },
  })
  expect((await ask({ method: 'POST', url: '/api/auth/sign-in-as', payload: { email: 'owner@demo.example' } })).statusCode).toBe(404)
  expect((await ask({ method: 'POST', url: '/api/auth/sign-up/email', payload: {} })).statusCode).toBe(404)
})

test('R-SES-2: a risky act asks again after five minutes, a session is over after half an hour without use', async () => {
  const cookie = await signedInAs('owner')
  const save = (within: Installation) =>
    import('../operations.ts').then(({ callOperation }) =>
      callOperation(
        within,
        'people.remove',
        { id: 'nobody' },
        {
          caller: { tenant: foreign, person: 'p', roles: ['owner'] },
          confirmedAt: new Date(Date.now() - 6 * 60_000),
        },
      ),
    )
  await expect(save({ ...installation, config: { ...config, demo: false } })).rejects.toMatchObject({
    problem: { code: 'request.confirm-again' },
  })
  const read = async () => JSON.parse((await ask({ url: '/api/v1/session', headers: { cookie } })).payload).signedIn
  expect(await read()).toBe(true)
  await database.pool.query(`update auth.session set "updatedAt" = now() - interval '31 minutes'`)
  expect(await read()).toBe(false)
})

test('R-LINK-1: unknown and impossible tokens look the same, and after thirty misses a minute a place has to wait', async () => {
  const look = (token: string, remoteAddress: string) => ask({ url: `/api/v1/shared/${token}`, remoteAddress })
  const unknown = await look(randomBytes(24).toString('base64url'), '192.0.2.1')
  const impossible = await look('x', '192.0.2.1')
  expect([unknown.statusCode, unknown.payload]).toEqual([404, impossible.payload])
  for (let at = 0; at < 28; at++) expect((await look(newToken(), '192.0.2.1')).statusCode).toBe(404)
  const late = await look(newToken(), '192.0.2.1')
  expect([late.statusCode, codeOf(late), late.headers['retry-after']]).toEqual([429, 'request.too-many', '60'])
  expect((await look(newToken(), '192.0.2.2')).statusCode).toBe(404)
})

test('R-ERR-1: a surprise tells nothing of our inside, and a database that is away is said to be away', async () => {
  const broken = await ask({ url: '/broken' })
  expect([broken.statusCode, broken.payload]).toEqual([500, 'Something went wrong on our side. It was recorded.\n'])
  const away = { ...database, tenant: () => Promise.reject(new TypeError('secret of the inside')) }
  const elsewhere = await createApp({ installation: { ...installation, database: away as never }, accounts })
  const answer = await elsewhere.inject({ url: '/api/v1/home', headers: { cookie: await signedInAs('owner') } })
  expect([answer.statusCode, codeOf(answer)]).toEqual([500, 'server.internal'])
  expect(answer.payload).not.toContain('secret')
  await elsewhere.close()
})

test('R-LOG-2: a record changed behind our back is found', async () => {
  const cookie = await signedInAs('auditor')
  const intact = async () => JSON.parse((await ask({ url: '/api/v1/events', headers: { cookie } })).payload).intact
  expect(await intact()).toBe(true)
  await expect(database.pool.query(`update cairn.event set actor = 'nobody' where seq = 2`)).rejects.toThrow(/immutable/)
  await database.pool.query('alter table cairn.event disable trigger event_immutable')
  await database.pool.query(`update cairn.event set actor = 'nobody' where seq = 2`)
  expect(await intact()).toBe(false)
})

test('R-FLT-2: with the database gone, what needs it says so; when it is back, everything goes on where it was', async () => {
  const cookie = await signedInAs('owner')
  await server.stop()
  const health = await ask({ url: '/health' })
  expect([health.statusCode, JSON.parse(health.payload)]).toEqual([503, { status: 'failing', database: 'away' }])
  const home = await ask({ url: '/api/v1/home', headers: { cookie } })
  expect([home.statusCode, codeOf(home), home.headers['retry-after']]).toEqual([503, 'server.unavailable', '5'])
  const read = await ask({ url: '/some/page', headers: { cookie } })
  expect([read.statusCode, read.payload]).toEqual([503, 'The database does not answer. Please try again in a moment.\n'])
  expect((await ask({ url: '/api/v1/session' })).statusCode).toBe(200)
  await expect(signInFor(installation, accounts, visitor()).password({ email: 'a@b.example', password: 'whatever' })).rejects.toMatchObject(
    {
      problem: { code: 'server.unavailable' },
    },
  )

  server = await startPostgres(folder, { durable: false })
  expect((await ask({ url: '/health' })).statusCode).toBe(200)
  expect((await ask({ url: '/api/v1/home', headers: { cookie } })).statusCode).toBe(200)
})

let places = 0
const randomAddress = () => `10.0.${Math.floor(++places / 200)}.${places % 200}`
