/** The trust registry through the operations, on a real PostgreSQL: proposed by one, decided by another, never forgotten; files in and out. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Client } from '@cairn/api'
import { type StaffRole, TrustRegistry } from '@cairn/core'
import { certificateFacts } from '@cairn/keys'
import { isChainIntact, listEvents } from '@cairn/store'
import { createAuthority, createCertificate } from '@cairn/testkit'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { clientFor } from './operations.ts'
import { type RunningServer, startServer } from './start-server.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-registry-'))
const port = 20_000 + ((process.pid + 9000) % 20_000)
let server: RunningServer
let tenant = ''
beforeAll(async () => {
  const config = readConfig({ CAIRN_DATA: folder, PORT: String(port), CAIRN_LOG: 'silent', CAIRN_DEMO: '1' })
  server = await startServer(config, pino({ level: 'silent' }), { pages: false })
  tenant = (await server.installation.database.pool.query('select tenant from cairn.member')).rows[0].tenant
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const as = (person: string, role: StaffRole = 'owner'): Client =>
  clientFor(server.installation, {
    caller: { tenant, person, name: `Name of ${person}`, email: `${person}@college.example`, roles: [role] },
    confirmedAt: new Date(),
  })
const addOwner = (person: string) =>
  server.installation.database.pool.query(
    `insert into cairn.member (tenant, person, name, email, roles, since) values ($1, $2, $2, $2, '{owner}', now())`,
    [tenant, person],
  )

const authority = createAuthority('Authority of Lakes')
const certificate = Buffer.from(authority.root.certificate).toString('base64')
const record = (change: object = {}) => ({
  kind: 'issuer' as const,
  anchors: [certificate],
  entry: {
    id: 'https://small-college.example',
    legalName: 'Small College',
    organizationIdentifier: 'VATCZ-12345678',
    keys: [],
    types: ['*'],
    logRequired: false,
    ...change,
  },
})

test('R-ISS-2: an only keeper decides alone, which is said and recorded', async () => {
  const owner = as('ada')
  expect(await owner['registry.list']({})).toMatchObject({ keeper: true, alone: true, waiting: [] })
  const change = await owner['registry.propose']({ record: record(), note: 'They asked by letter.' })
  expect(change).toMatchObject({ legalName: 'Small College', own: true, source: 'person' })
  expect((await owner['registry.read']({})).issuers.map(({ legalName }) => legalName)).not.toContain('Small College')
  const [decided] = await owner['registry.decide']({ changes: [change.id], decision: 'approved' })
  expect(decided).toMatchObject({ decided: { decision: 'approved', alone: true } })
  const read = await owner['registry.read']({})
  expect(read.issuers.map(({ legalName }) => legalName)).toContain('Small College')
  expect(read.anchors).toContain(certificate)
})

test('R-ISS-2: with two keepers nobody decides on their own proposal; another does, once; anybody may take back their own', async () => {
  await addOwner('ada')
  await addOwner('bo')
  const [ada, bo] = [as('ada'), as('bo')]
  const entry = (await ada['registry.list']({})).entries.find(({ record }) => record.entry.legalName === 'Small College')!
  const change = await ada['registry.propose']({ entry: entry.id, record: record({ levels: [5], to: '2026-12-31' }) })
  await expect(ada['registry.propose']({ entry: entry.id })).rejects.toMatchObject({ problem: { code: 'request.conflict' } })
  await expect(ada['registry.decide']({ changes: [change.id], decision: 'approved' })).rejects.toMatchObject({
    problem: { code: 'trust.own-proposal' },
  })
  const [decided] = await bo['registry.decide']({ changes: [change.id], decision: 'approved', note: 'Checked by telephone.' })
  expect(decided).toMatchObject({ decided: { decision: 'approved', alone: false, note: 'Checked by telephone.', name: 'Name of bo' } })
  await expect(bo['registry.decide']({ changes: [change.id], decision: 'refused' })).rejects.toMatchObject({
    problem: { code: 'request.conflict' },
  })
  expect((await ada['registry.read']({})).issuers.find(({ legalName }) => legalName === 'Small College')).toMatchObject({
    levels: [5],
    to: '2026-12-31',
  })
  const out = await bo['registry.propose']({ entry: entry.id, note: 'Closed.' })
  await bo['registry.decide']({ changes: [out.id], decision: 'refused' })
  const again = await bo['registry.propose']({ entry: entry.id })
  await ada['registry.decide']({ changes: [again.id], decision: 'approved' })
  expect((await ada['registry.read']({})).issuers.map(({ legalName }) => legalName)).not.toContain('Small College')
  const { history, takenOutAt } = await bo['registry.entry']({ id: entry.id })
  expect(history).toHaveLength(4)
  expect(history.map((each) => each.decided?.decision)).toEqual(['approved', 'refused', 'approved', 'approved'])
  expect(takenOutAt).toBeDefined()
})

test('R-ISS-2: whoever decides is told when a name looks like that of another entry', async () => {
  const [ada, bo] = [as('ada'), as('bo')]
  const approve = async (change: object) => {
    const { id } = await ada['registry.propose']({ record: record(change) })
    await bo['registry.decide']({ changes: [id], decision: 'approved' })
  }
  await approve({ id: 'https://lake.example', legalName: 'Lake College' })
  // The same body under a new name, and another whose name differs, look like nobody else.
  expect(
    (await ada['registry.propose']({ record: record({ id: 'https://lake.example', legalName: 'LAKE COLLEGE' }) })).lookAlikes,
  ).toBeUndefined()
  expect(
    (await ada['registry.propose']({ record: record({ id: 'https://b.example', legalName: 'Lakeside College' }) })).lookAlikes,
  ).toBeUndefined()
  const forged = await ada['registry.propose']({ record: record({ id: 'https://1ake.example', legalName: 'Lаke Сollege' }) })
  expect(forged.lookAlikes).toEqual(['Lake College'])
  const { waiting } = await bo['registry.list']({})
  expect(waiting.find(({ id }) => id === forged.id)?.lookAlikes).toEqual(['Lake College'])
  await ada['registry.decide']({ changes: waiting.map(({ id }) => id), decision: 'refused' })
})

test('R-LOG-1: what was proposed and decided cannot be changed, and stands in the chain of events', async () => {
  const { database } = server.installation
  for (const table of ['trust_change', 'trust_decision'])
    for (const act of [`update cairn.${table} set note = 'x'`, `delete from cairn.${table}`])
      await expect(database.pool.query(act)).rejects.toThrow('immutable')
  await database.tenant(tenant, async (tx) => {
    const { items } = await listEvents(tx, { page: 1, size: 200 })
    expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(['registry.propose', 'registry.approve', 'registry.refuse']))
    expect(await isChainIntact(tx)).toBe(true)
  })
})

test('an authority of time stamps vouches for time stamps alone, and for the days of its entry', async () => {
  const stamps = Buffer.from(createAuthority('Stamps').root.certificate).toString('base64')
  const entered = { ...record({ id: 'urn:stamps', legalName: 'Stamps' }), kind: 'time-stamps' as const, anchors: [stamps] }
  const put = async (change: object) => {
    const { id, entry } = await as('ada')['registry.propose']({ ...change })
    await as('bo')['registry.decide']({ changes: [id], decision: 'approved' })
    return entry
  }
  const entry = await put({ record: entered })
  expect(await as('ada')['registry.read']({})).toMatchObject({ timeStampAnchors: [stamps] })
  expect((await as('ada')['registry.read']({})).anchors).not.toContain(stamps)
  await put({ entry, record: { ...entered, entry: { ...entered.entry, to: '2026-01-01' } } })
  expect((await as('ada')['registry.read']({})).timeStampAnchors).toBeUndefined()
})

test('what cannot be an entry is refused with its place; who keeps no registry proposes nothing', async () => {
  const propose = (given: object, person = 'ada', role: StaffRole = 'owner') =>
    as(person, role)['registry.propose']({ record: given } as never)
  await expect(propose({ ...record(), anchors: ['AAAA'] })).rejects.toMatchObject({
    problem: { code: expect.stringMatching(/key|certificate/) },
  })
  await expect(propose({ ...record(), kind: 'authority', anchors: [] })).rejects.toMatchObject({ problem: { pointer: '/record/anchors' } })
  await expect(propose(record({ from: '2026-02-01', to: '2026-01-01' }))).rejects.toMatchObject({
    problem: { pointer: '/record/entry/to' },
  })
  await expect(propose(record({ levels: [9] }))).rejects.toMatchObject({ problem: { code: 'input.invalid' } })
  await expect(propose(record(), 'cy', 'sealer')).rejects.toMatchObject({ problem: { code: 'request.not-allowed' } })
  const operated = { ...server.installation, config: { ...server.installation.config, operators: ['bo@college.example'] } }
  const call = (person: string) =>
    clientFor(operated, {
      caller: { tenant, person, name: person, email: `${person}@college.example`, roles: ['owner'] },
      confirmedAt: new Date(),
    })
  await expect(call('ada')['registry.propose']({ record: record() })).rejects.toMatchObject({ problem: { code: 'request.not-allowed' } })
  expect(await call('bo')['registry.list']({})).toMatchObject({ keeper: true, alone: true })
})

test('a registry goes out as a trust file and as a signed file; the signed one comes in as proposals when its signer is known', async () => {
  const json = await as('ada')['registry.export']({ form: 'json' })
  expect(TrustRegistry.parse(JSON.parse(Buffer.from(json.base64, 'base64').toString()))).toMatchObject({
    name: expect.stringContaining('Registry'),
  })
  const change = await as('ada')['registry.propose']({ record: record({ legalName: 'Brought College' }) })
  await as('bo')['registry.decide']({ changes: [change.id], decision: 'approved' })
  const signed = await as('ada')['registry.export']({ form: 'signed' })
  const out = await as('ada')['registry.propose']({ entry: change.entry })
  await as('bo')['registry.decide']({ changes: [out.id], decision: 'approved' })
  const brought = await as('bo')['registry.import']({ base64: signed.base64 })
  expect(brought).toMatchObject({ proposed: 1 })
  expect((await as('ada')['registry.list']({})).waiting).toMatchObject([{ legalName: 'Brought College', source: 'file' }])
  expect(await as('bo')['registry.import']({ base64: signed.base64 })).toMatchObject({ proposed: 0 })
  // One altered letter, and a signer whom nobody named.
  const text = Buffer.from(signed.base64, 'base64').toString()
  const altered = text.replace(/\.(.)/, (_, letter) => `.${letter === 'e' ? 'f' : 'e'}`)
  await expect(as('bo')['registry.import']({ base64: Buffer.from(altered).toString('base64') })).rejects.toMatchObject({
    problem: { code: expect.stringMatching(/^trust\.file-/) },
  })
  await expect(as('bo')['registry.import']({ base64: signed.base64, sha256: '00' })).rejects.toMatchObject({
    problem: { code: 'trust.file-not-trusted' },
  })
})

test('a signer whom nobody here vouches for is believed by the fingerprint that a person was told', async () => {
  const { signCompact } = await import('@cairn/seals')
  const { makeSigner } = await import('@cairn/keys')
  const [from, to] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000)]
  const made = createCertificate({
    subject: { commonName: 'Elsewhere' },
    algorithm: 'ES256',
    from,
    to,
    ca: false,
    keyUsage: ['digitalSignature'],
  })
  const payload = JSON.stringify({ iss: 'https://elsewhere.example', iat: 1, entries: [record({ legalName: 'Far College' })] })
  const text = await signCompact(payload, 'trust-registry+jwt', makeSigner(made.privateKey, [made.certificate]))
  const base64 = Buffer.from(text).toString('base64')
  await expect(as('bo')['registry.import']({ base64 })).rejects.toMatchObject({ problem: { code: 'trust.file-not-trusted' } })
  const sha256 = certificateFacts(made.certificate).fingerprint.replace(/(..)/g, '$1:').toUpperCase()
  expect(await as('bo')['registry.import']({ base64, sha256 })).toMatchObject({ proposed: 1, signer: expect.stringContaining('Elsewhere') })
})
