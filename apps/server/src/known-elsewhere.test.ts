/** Trusted lists and registries of accreditations in the server: read by a job from lists on loopback, kept with their proof, and told in verdicts. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { composeElm, prepareElm } from '@cairn/formats'
import { makeSigner } from '@cairn/keys'
import { finishSeal, prepareSeal, toBase64 } from '@cairn/seals'
import {
  createAuthority,
  issueSealCertificate,
  type RunningTrustedLists,
  sampleAccreditations,
  sampleEdition,
  sampleInstitution,
  startTrustedLists,
} from '@cairn/testkit'
import { needsOfDocument } from '@cairn/verifier'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { clientFor } from './operations.ts'
import { type RunningServer, startServer } from './start-server.ts'
import { gatherLists } from './trusted-lists.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-elsewhere-'))
const port = 20_000 + ((process.pid + 13_000) % 20_000)
const number = 'VATCZ-00000019'
const authority = createAuthority('Qualified Seals')
const made = issueSealCertificate(authority, { organisation: 'Lakeside Institute', organizationIdentifier: number, algorithm: 'ES256' })
const service = {
  name: 'CA for seals',
  providerName: 'Provider',
  certificates: [authority.issuing.certificate],
  from: new Date('2020-01-01'),
}
let lists: RunningTrustedLists
let server: RunningServer
let tenant = ''
let sealed = ''
beforeAll(async () => {
  lists = await startTrustedLists('CZ', [{ ...service, uses: ['ForeSeals'] }])
  const wanted = path.join(folder, 'lists.json')
  writeFileSync(wanted, JSON.stringify({ lists: [lists.address], signers: lists.pinned }))
  const config = readConfig({ CAIRN_DATA: folder, PORT: String(port), CAIRN_LOG: 'silent', CAIRN_DEMO: '1', CAIRN_TRUSTED_LISTS: wanted })
  server = await startServer(config, pino({ level: 'silent' }), { pages: false })
  tenant = (await server.installation.database.pool.query('select tenant from cairn.member')).rows[0].tenant
  const signer = makeSigner(made.privateKey, made.certificates)
  const issued = new Date().toISOString()
  const issuer = { organisation: sampleInstitution, organizationIdentifier: number }
  const award = {
    id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
    learner: { givenName: 'Ana', identifier: '1' },
    awardDate: '2026-05-10',
  }
  const document = composeElm(
    prepareElm(sampleEdition, issuer, [{ language: 'en', mediaType: 'image/png', base64: 'iVBORw0KGgo=' }]),
    award,
    { issued },
  )
  const prepared = await prepareSeal(document, { certificates: signer.certificates, algorithm: 'ES256', at: issued })
  sealed = toBase64(finishSeal(prepared, await signer.sign(prepared.toBeSigned)).bytes)
  const entry = {
    id: sampleInstitution.id,
    legalName: 'Lakeside',
    organizationIdentifier: number,
    keys: [],
    types: ['*'],
    logRequired: false,
  }
  const { id } = await owner()['registry.propose']({ record: { kind: 'issuer', entry, anchors: [] } })
  await owner()['registry.decide']({ changes: [id], decision: 'approved' })
})
afterAll(async () => {
  await server?.stop()
  await lists?.stop()
  rmSync(folder, { recursive: true, force: true })
})
const owner = () =>
  clientFor(server.installation, { caller: { tenant, person: 'olga', name: 'Olga', roles: ['owner'] }, confirmedAt: new Date() })

test('R-TL-1: lists are read, kept with the bytes that prove them, and vouch for a seal in the verdict of the server', async () => {
  const known = await owner()['registry.gather']({})
  expect(known).toMatchObject({ configured: true, problems: [], checkedAt: expect.any(String) })
  expect(known.lists.map(({ territory, kind, services }) => [territory, kind, services])).toEqual(
    expect.arrayContaining([
      ['EU', 'list-of-lists', 0],
      ['CZ', 'national', 1],
    ]),
  )
  const { rows } = await server.installation.database.pool.query('select digest, bytes, retrieved_at from cairn.trusted_list')
  for (const { digest, bytes } of rows) expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest)
  expect(await owner()['verify.file']({ base64: sealed })).toMatchObject({
    verdict: 'valid',
    qualification: { holder: { identifier: number }, service: { territory: 'CZ' } },
  })
})

test('a browser is told the services for its certificates, and no others; the registry stays small', async () => {
  const api = owner()
  expect((await api['registry.read']({})).trustedServices).toBeUndefined()
  const bytes = new Uint8Array(Buffer.from(sealed, 'base64'))
  const needs = await needsOfDocument(bytes, {
    registry: await api['registry.read']({}),
    statusLists: {},
    retrievedAt: new Date().toISOString(),
  })
  const asked = await api['verify.evidence']({ statusLists: [], signers: needs.signers.map(toBase64), bodies: [...needs.bodies] })
  expect(asked.registry.trustedServices?.map(({ name }) => name)).toEqual(['CA for seals'])
  const stranger = createAuthority('Stranger').issuing.certificate
  const other = await api['verify.evidence']({ statusLists: [], signers: [toBase64(stranger), 'AAAA'] })
  expect(other.registry.trustedServices).toEqual([])
})

test('R-TL-2: a service that is withdrawn vouches no more; every state stays; who was quicker asks alone', async () => {
  lists.setServices([{ ...service, uses: ['ForeSeals'], status: 'withdrawn' }])
  expect(await gatherLists(server.installation)).toBe(false)
  await owner()['registry.gather']({})
  expect(await owner()['verify.file']({ base64: sealed })).toMatchObject({ verdict: 'indeterminate', results: { issuer: 'unknown' } })
  const { rows } = await server.installation.database.pool.query(
    `select sequence from cairn.trusted_list where territory = 'CZ' order by 1`,
  )
  expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2])
  await expect(server.installation.database.pool.query('delete from cairn.trusted_list')).rejects.toThrow('immutable')
})

test('R-TL-2: while the lists are away or answer garbage what was known stands, the reason is told, and they are asked again soon', async () => {
  lists.setServices([{ ...service, uses: ['ForeSeals'] }])
  await owner()['registry.gather']({})
  for (const [how, code] of [
    ['refusing', 'fetch.failed'],
    ['garbage', 'trust-list.malformed'],
  ] as const) {
    lists.setAway(how)
    expect(await owner()['registry.gather']({})).toMatchObject({ problems: [{ problem: { code } }] })
    expect(await owner()['verify.file']({ base64: sealed }), how).toMatchObject({ verdict: 'valid' })
  }
  lists.setAway(undefined)
  const later = new Date(Date.now() + 16 * 60_000).toISOString()
  expect(await gatherLists(server.installation, later)).toBe(true)
})

test('6.2: a snapshot that was brought is told in verdicts, with when it was read; every one of them stays', async () => {
  const take = (change: object = {}) => {
    const file = sampleAccreditations({ identifier: 'CZ00000019', name: 'Lakeside', from: '2020-01-01', ...change })
    return owner()['accreditation.take']({ base64: Buffer.from(JSON.stringify(file)).toString('base64') })
  }
  expect((await owner()['verify.file']({ base64: sealed })).accreditation).toBeUndefined()
  expect((await take()).accreditations).toMatchObject([{ source: 'Example in the shape of DEQAR', bodies: 4, takenName: 'Olga' }])
  expect(await owner()['verify.file']({ base64: sealed })).toMatchObject({
    results: { accreditation: 'passed' },
    accreditation: { standing: 'covered', retrievedAt: '2026-11-01T06:00:00Z' },
  })
  const asked = await owner()['verify.evidence']({ statusLists: [], bodies: ['CZ00000019'] })
  expect(asked.accreditations?.[0]?.bodies.map(({ id }) => id)).toEqual(['DEQARINST0001', 'DEQARINST0003'])
  expect((await take({ to: '2021-01-01', retrievedAt: '2026-11-20T06:00:00Z' })).accreditations).toHaveLength(2)
  expect(await owner()['verify.file']({ base64: sealed })).toMatchObject({
    results: { accreditation: 'failed' },
    accreditation: { standing: 'not-then', retrievedAt: '2026-11-20T06:00:00Z' },
  })
  await expect(owner()['accreditation.take']({ base64: Buffer.from('{}').toString('base64') })).rejects.toMatchObject({
    problem: { code: 'input.invalid' },
  })
})

test('R-CFG-1: a configuration of lists that names nobody who signs them refuses the start', () => {
  const file = path.join(folder, 'wrong.json')
  for (const text of ['{', '{"lists":["https://a.example"]}', '{"lists":["ftp://a.example"],"signers":["AAAA"]}']) {
    writeFileSync(file, text)
    expect(() => readConfig({ CAIRN_DATA: folder, CAIRN_TRUSTED_LISTS: file })).toThrow('server.misconfigured')
  }
})
