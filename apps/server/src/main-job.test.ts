/** The main job through the operations, on a real PostgreSQL with real keys: design, award 200 by spreadsheet, seal, verify, share, revoke. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BatchAnswer, Client } from '@cairn/api'
import { roles, type StaffRole } from '@cairn/core'
import { findMemberships, readSealed } from '@cairn/store'
import { standardPolicy, verify } from '@cairn/verifier'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoAddress } from './auth/sign-in.ts'
import { readConfig } from './config.ts'
import { clientFor } from './operations.ts'
import { evidenceFor } from './registry.ts'
import { type RunningServer, startServer } from './start-server.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-main-job-'))
const port = 20_000 + (process.pid % 20_000)
let server: RunningServer
let tenant = ''
const people = new Map<string, string>()

beforeAll(async () => {
  const config = readConfig({ CAIRN_DATA: folder, PORT: String(port), CAIRN_LOG: 'silent', CAIRN_DEMO: '1' })
  server = await startServer(config, pino({ level: 'silent' }), { pages: false })
  const { rows } = await server.installation.database.pool.query('select person, email, tenant from cairn.member')
  for (const row of rows) people.set(row.email, row.person)
  tenant = rows[0].tenant
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const as = (role: StaffRole, elsewhere?: string): Client =>
  clientFor(server.installation, {
    caller: { tenant: elsewhere ?? tenant, person: people.get(demoAddress(role))!, name: role, roles: [role] },
    confirmedAt: new Date(),
  })

async function sealed(api: Client, id: string): Promise<BatchAnswer> {
  for (let tries = 0; tries < 300; tries++) {
    const batch = await api['batch.read']({ id })
    if (batch.state === 'done' || batch.state === 'failed') return batch
    await sleep(200)
  }
  throw new Error('The batch was not sealed in time.')
}

const hard = [
  'Žofie Ďáblíková-Nováková',
  "Seán O'Connor",
  'يوسف الخطيب',
  'Suharto',
  'Nguyễn Thị Ánh',
  'Zoë́ Ålander',
  '=cmd|calc',
  'Δημήτρης Παπαδόπουλος',
  'שרה לוי',
  'X'.repeat(120),
]

function table(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, at) =>
      `"${hard[at % hard.length]!.replaceAll('"', '""')} ${at}",learner${at}@learners.example,${1960 + (at % 40)}-03-0${1 + (at % 9)},2026-05-12,A`,
  )
  return ['fullName,email,dateOfBirth,awardDate,grade', ...lines].join('\n')
}
const base64 = (text: string) => Buffer.from(text).toString('base64')

test('200 recipients with hard names are sealed, every one verifies, and one that is revoked says so', async () => {
  const awarder = as('awarder')
  const [edition] = await awarder['edition.list']({})
  const batch = await awarder['batch.create']({ edition: edition!.id, fileName: 'graduates.csv', base64: base64(table(200)) })
  expect(batch.problems).toEqual([])
  expect(batch.counts).toMatchObject({ rows: 200, ready: 200, wrong: 0, duplicate: 0, sealed: 0 })
  await awarder['batch.confirm']({ id: batch.id, ready: 200 })
  const done = await sealed(awarder, batch.id)
  expect(done).toMatchObject({ state: 'done', counts: { sealed: 200 } })

  const { total, items } = await awarder['credential.list']({ batch: batch.id, size: 200 })
  expect(total).toBe(200)
  const now = new Date().toISOString()
  const references = new Set<string>()
  for (const { id, referenceNumber, learner } of items) {
    const bytes = (await server.installation.database.tenant(tenant, (tx) => readSealed(tx, id)))!
    const report = await verify(bytes, await evidenceFor(server.installation, bytes, now), standardPolicy, now)
    expect(report.verdict, JSON.stringify(report.findings)).toBe('valid')
    expect(report.view?.learner).toBe(learner)
    references.add(referenceNumber!)
  }
  expect(references.size).toBe(200)

  const other = items[1]!.id
  const forms = ['elm', 'pdf', 'open-badge', 'open-badge-png', 'open-badge-svg', 'sd-jwt-vc'] as const
  const reportOf = async (form: (typeof forms)[number]) => {
    const file = await as('owner')['credential.download']({ id: other, form })
    const bytes = new Uint8Array(Buffer.from(file.base64, 'base64'))
    const at = new Date().toISOString()
    return { file, report: await verify(bytes, await evidenceFor(server.installation, bytes, at), standardPolicy, at) }
  }
  const first = new Map<string, string>()
  for (const form of forms) {
    const { file, report } = await reportOf(form)
    expect(report.verdict, `${form}: ${JSON.stringify(report.findings.filter(({ outcome }) => outcome !== 'passed'))}`).toBe('valid')
    expect(report.view).toMatchObject({ id: `urn:uuid:${other}`, title: items[1]!.title })
    first.set(form, file.base64)
  }
  // What was signed once is given again byte for byte.
  for (const form of ['open-badge', 'sd-jwt-vc'] as const) expect((await reportOf(form)).file.base64).toBe(first.get(form))
  await as('sealer')['credential.revoke']({ id: other, reason: 'error' })
  for (const form of forms) expect((await reportOf(form)).report, form).toMatchObject({ verdict: 'invalid', results: { status: 'failed' } })

  const lost = items[0]!.id
  const { url } = await awarder['credential.share']({ id: lost })
  const anybody = clientFor(server.installation, { caller: { roles: ['anonymous'] } })
  const token = url.split('/').at(-1)!
  expect((await anybody['shared.read']({ token })).report).toMatchObject({ verdict: 'valid' })
  await as('sealer')['credential.revoke']({ id: lost, reason: 'error' })
  expect((await anybody['shared.read']({ token })).report).toMatchObject({
    verdict: 'invalid',
    results: { seal: 'passed', status: 'failed' },
  })
  await expect(as('sealer')['credential.revoke']({ id: lost, reason: 'error' })).rejects.toMatchObject({
    problem: { code: 'request.conflict' },
  })
})

test('R-IDEM-2: the same learners again are named as duplicates, and nothing can be confirmed', async () => {
  const awarder = as('awarder')
  const [edition] = await awarder['edition.list']({})
  const again = await awarder['batch.create']({ edition: edition!.id, fileName: 'again.csv', base64: base64(table(20)) })
  // One of the first twenty was revoked by the test before, so it may be awarded anew.
  expect(again.counts).toMatchObject({ rows: 20, ready: expect.any(Number), wrong: 0 })
  expect(again.counts.ready + again.counts.duplicate).toBe(20)
  expect(again.counts.duplicate).toBeGreaterThanOrEqual(19)
})

test('rows that are wrong are put right in place, and nothing is sealed before', async () => {
  const awarder = as('awarder')
  const [edition] = await awarder['edition.list']({})
  const text = 'givenName;familyName;dateOfBirth;awardDate\nEva;Malá;2001-02-30;2026-05-12\nJan;Velký;2001-02-03;2026-05-12'
  const batch = await awarder['batch.create']({ edition: edition!.id, fileName: 'two.csv', base64: base64(text) })
  expect(batch).toMatchObject({ separator: ';', counts: { ready: 1, wrong: 1 } })
  await expect(awarder['batch.confirm']({ id: batch.id, ready: 1 })).rejects.toMatchObject({ problem: { code: 'batch.rows-wrong' } })
  const { rows } = await awarder['batch.rows']({ id: batch.id, only: 'wrong' })
  expect(rows[0]!.problems[0]!.pointer).toBe('/rows/1/dateOfBirth')
  const fixed = await awarder['batch.fix']({ id: batch.id, n: 1, cells: ['Eva', 'Malá', '2001-02-28', '2026-05-12'] })
  expect(fixed.batch.counts).toMatchObject({ ready: 2, wrong: 0 })
  await awarder['batch.cancel']({ id: batch.id })
  await expect(awarder['batch.confirm']({ id: batch.id, ready: 2 })).rejects.toMatchObject({ problem: { code: 'request.conflict' } })
})

test('what is worth a look is counted and found, stops nothing, and is gone once the row says it itself', async () => {
  const awarder = as('awarder')
  const [edition] = await awarder['edition.list']({})
  const text = 'fullName;dateOfBirth;awardDate\nAna Nová;2001-02-28;2026-05-12\nAna María de la Cruz;2001-02-03;2026-05-12'
  const batch = await awarder['batch.create']({ edition: edition!.id, fileName: 'names.csv', base64: base64(text) })
  expect(batch.counts).toMatchObject({ rows: 2, ready: 2, wrong: 0, warned: 1 })
  const { total, rows } = await awarder['batch.rows']({ id: batch.id, only: 'warned' })
  expect([total, rows[0]]).toMatchObject([1, { n: 2, problems: [], warnings: [{ code: 'sheet.name-split', pointer: '/rows/2/fullName' }] }])
  expect((await awarder['batch.rows']({ id: batch.id, only: 'wrong' })).total).toBe(0)
  const template = await awarder['batch.template']({ id: batch.id, only: 'warned' })
  expect(Buffer.from(template.base64, 'base64').toString().trim().split('\r\n').slice(1)).toMatchObject([
    expect.stringMatching(/^2,Ana María de la Cruz,2001-02-03,2026-05-12,"?fullName: /),
  ])
  const fix = (name: string) => awarder['batch.fix']({ id: batch.id, n: 2, cells: [name, '2001-02-03', '2026-05-12'] })
  expect((await fix('李, 小明')).row).toMatchObject({
    problems: [],
    warnings: [{ code: 'sheet.letter-unset', detail: expect.stringContaining('小 by its number, U+5C0F') }],
  })
  expect((await fix('de la Cruz, Ana María')).batch.counts).toMatchObject({ ready: 2, warned: 0 })
  await awarder['batch.cancel']({ id: batch.id })
})

test('wrong rows are downloaded with what is wrong, corrected in a spreadsheet, and taken back by their numbers', async () => {
  const awarder = as('awarder')
  const [edition] = await awarder['edition.list']({})
  const text =
    'givenName,familyName,dateOfBirth,awardDate\nIda,Prvá,2001-02-30,2026-05-12\nJan,Druhý,2001-02-03,2026-05-12\n"=Kim",,nonsense,2026-05-12'
  const { id } = await awarder['batch.create']({ edition: edition!.id, fileName: 'three.csv', base64: base64(text) })
  const file = await awarder['batch.template']({ id })
  const lines = Buffer.from(file.base64, 'base64').toString().slice(1).trim().split('\r\n')
  expect(file.name).toBe('to-correct-three.csv')
  expect(lines[0]).toBe('#row,givenName,familyName,dateOfBirth,awardDate,#problems')
  expect(lines[1]).toMatch(/^1,Ida,Prvá,2001-02-30,2026-05-12,.*dateOfBirth: /)
  expect(lines[2]).toMatch(/^3,'=Kim,,nonsense,/)
  expect(lines).toHaveLength(3)
  const corrected = lines.join('\n').replace('2001-02-30', '2001-02-28').replace('nonsense', '2002-01-01')
  const give = (csv: string) => awarder['batch.correct']({ id, fileName: 'back.csv', base64: base64(csv) })
  expect(await give(corrected)).toMatchObject({ rows: 2, batch: { counts: { ready: 3, wrong: 0 } } })
  const { rows } = await awarder['batch.rows']({ id })
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['Ida', 'Prvá', '2001-02-28', '2026-05-12'],
    ['Jan', 'Druhý', '2001-02-03', '2026-05-12'],
    ['=Kim', '', '2002-01-01', '2026-05-12'],
  ])
  await expect(give('givenName\nIda')).rejects.toMatchObject({ problem: { code: 'sheet.column-missing' } })
  await expect(give(`${lines[0]}\n1,a,b,c,d,\n1,a,b,c,d,`)).rejects.toMatchObject({ problem: { code: 'sheet.unreadable' } })
  await expect(give(`${lines[0]}\n7,a,b,c,d,`)).rejects.toMatchObject({ problem: { code: 'request.not-found' } })
  await awarder['batch.cancel']({ id })
})

test('four eyes: the one who confirmed cannot approve', async () => {
  const owner = as('owner')
  const before = await owner['institution.read']({})
  await owner['institution.save']({ organisation: before.organisation, fourEyes: true, revision: before.revision })
  const [edition] = await owner['edition.list']({})
  const batch = await owner['batch.create']({
    edition: edition!.id,
    fileName: 'one.csv',
    base64: base64('givenName,familyName,dateOfBirth,awardDate\nIva,Nová,1990-01-01,2026-05-12'),
  })
  expect(await owner['batch.confirm']({ id: batch.id, ready: 1 })).toMatchObject({ state: 'awaiting-approval' })
  await expect(owner['batch.approve']({ id: batch.id, ready: 1 })).rejects.toMatchObject({ problem: { code: 'batch.same-person' } })
  await as('approver')['batch.approve']({ id: batch.id, ready: 1 })
  expect(await sealed(owner, batch.id)).toMatchObject({ state: 'done', counts: { sealed: 1 } })
  await owner['institution.save']({ organisation: before.organisation, fourEyes: false, revision: before.revision + 1 })
})

test('a specification that is not complete is not published as a micro-credential, and says what is missing where', async () => {
  const designer = as('designer')
  const begun = await designer['specification.create']({ kind: 'micro-credential', title: { en: 'Half an idea' }, primaryLanguage: 'en' })
  expect(begun.findings.filter(({ severity }) => severity === 'B').map(({ rule }) => rule)).toEqual(['A6', 'A7', 'A9', 'A10', 'A11'])
  await expect(designer['specification.publish']({ id: begun.id, revision: begun.revision })).rejects.toMatchObject({
    problem: { code: 'specification.not-complete', pointer: expect.stringMatching(/^\//) },
  })
  await designer['specification.save']({ id: begun.id, revision: 0, draft: begun.draft })
  await expect(designer['specification.save']({ id: begun.id, revision: 0, draft: begun.draft })).rejects.toMatchObject({
    problem: { code: 'request.conflict' },
  })
})

test('a claim link opens what is the learner’s; a share link is made and taken back; R-LINK-1: unknown tokens look the same', async () => {
  const pages = await Promise.all([1, 2].map((page) => as('awarder')['outbox.list']({ page, size: 200 })))
  const items = pages.flatMap((page) => page.items)
  const link = items.find((item) => item.to === 'learner3@learners.example')!.link!
  const token = link.split('/').at(-1)!
  const learner = clientFor(server.installation, { caller: { roles: ['anonymous'] } })
  const claim = await learner['claim.accept']({ token })
  const [credential] = claim.credentials
  expect(credential!.state).toBe('delivered')
  const { url } = await learner['claim.share']({ token, id: credential!.id, days: 7 })
  const shared = url.split('/').at(-1)!
  await learner['shared.read']({ token: shared })
  const { credentials } = await learner['claim.read']({ token })
  await learner['claim.withdraw']({ token, share: credentials[0]!.shares[0]!.id })
  const gone = await learner['shared.read']({ token: shared }).catch((error) => error.problem)
  const never = await learner['shared.read']({ token: 'A'.repeat(32) }).catch((error) => error.problem)
  expect(gone).toEqual(never)
})

test('R-AZ-1, R-AZ-2: every operation refuses every role that the table does not name, and a foreign tenant finds nothing', async () => {
  const { operations } = await import('@cairn/api')
  const ids = { id: '01900000-0000-7000-8000-000000000000', n: 1, edition: '01900000-0000-7000-8000-000000000000', token: 'B'.repeat(32) }
  for (const [name, operation] of Object.entries(operations))
    for (const role of roles) {
      const caller = role === 'anonymous' ? { roles: [role] } : { tenant, person: 'somebody', roles: [role] }
      const allowed = operation.roles.includes('anonymous' as never) || operation.roles.includes(role as never)
      const call = clientFor(server.installation, { caller, confirmedAt: new Date() })[name as keyof Client] as (
        input: unknown,
      ) => Promise<unknown>
      const answer = await call(ids).then(
        () => 'answered',
        (error) => error.problem?.code ?? String(error),
      )
      if (!allowed) expect(['request.not-allowed', 'request.sign-in'], `${name} as ${role}`).toContain(answer)
      else expect(['request.not-allowed', 'request.sign-in', 'server.internal'], `${name} as ${role}`).not.toContain(answer)
    }
  const { items } = await as('awarder')['credential.list']({ size: 1 })
  const foreign = as('owner', '01900000-0000-7000-8000-00000000ffff')
  await expect(foreign['credential.read']({ id: items[0]!.id })).rejects.toMatchObject({ problem: { code: 'request.not-found' } })
  expect(await foreign['credential.list']({})).toMatchObject({ total: 0 })
})

test('the second wall: under one tenant SQL sees nothing of another, and the record of events cannot be changed', async () => {
  const { sql } = await import('kysely')
  const { database } = server.installation
  const seen = await database.tenant(
    '01900000-0000-7000-8000-00000000ffff',
    async (tx) => (await sql<{ n: number }>`select count(*)::int as n from credential`.execute(tx)).rows[0]!.n,
  )
  expect(seen).toBe(0)
  await expect(database.tenant(tenant, (tx) => sql`update event set name = 'nothing' where seq = 1`.execute(tx))).rejects.toThrow()
  await expect(
    database.tenant(tenant, (tx) =>
      sql`insert into claim (tenant, id, credential, token_hash, created_at) select gen_random_uuid(), id, id, '\\x00', now() from credential limit 1`.execute(
        tx,
      ),
    ),
  ).rejects.toThrow()
  expect(await as('auditor')['event.list']({})).toMatchObject({ intact: true })
  expect(await findMemberships(database, 'nobody')).toEqual([])
})

test('over HTTP: headers on every answer, problems as documents, no foreign site, strict bodies, status lists with an ETag', async () => {
  const base = `http://127.0.0.1:${port}`
  for (const where of [
    '/health',
    '/api/v1/session',
    '/api/v1/nothing',
    '/nothing',
    '/status/x',
    '/api/v1/home',
    '/.well-known/security.txt',
  ]) {
    const answer = await fetch(base + where)
    expect(answer.headers.get('x-content-type-options'), where).toBe('nosniff')
    expect(answer.headers.get('content-security-policy'), where).toContain("default-src 'none'")
    expect(answer.headers.get('referrer-policy'), where).toBe('no-referrer')
  }
  const refused = await fetch(`${base}/api/v1/home`)
  expect([refused.status, refused.headers.get('content-type')?.split(';')[0], ((await refused.json()) as { code: string }).code]).toEqual([
    401,
    'application/problem+json',
    'request.sign-in',
  ])
  const foreign = await fetch(`${base}/api/v1/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
    body: '{"base64":"e30="}',
  })
  expect(foreign.status).toBe(403)
  const twice = await fetch(`${base}/api/v1/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"base64":"e30=","base64":"e30="}',
  })
  expect(((await twice.json()) as { code: string }).code).toBe('json.duplicate-member')
  const more = await fetch(`${base}/api/v1/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"base64":"e30=","more":1}',
  })
  expect(more.status).toBe(422)
  const { rows } = await server.installation.database.pool.query('select id from cairn.status_list limit 1')
  const list = await fetch(`${base}/status/${rows[0].id}`)
  expect([list.status, list.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'application/vc+jwt'])
  expect((await fetch(`${base}/status/${rows[0].id}`, { headers: { 'if-none-match': list.headers.get('etag')! } })).status).toBe(304)
})

test('a second start on the same data is refused in words', async () => {
  const config = readConfig({ CAIRN_DATA: folder, PORT: '0', CAIRN_LOG: 'silent', CAIRN_DEMO: '1' })
  await expect(startServer(config, pino({ level: 'silent' }), { pages: false })).rejects.toMatchObject({
    problem: { code: 'server.in-use' },
  })
})
