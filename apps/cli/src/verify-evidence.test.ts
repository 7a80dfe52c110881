/** `cairn verify` with evidence that was saved, and with content in a file of its own: the real bin against authorities on loopback. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { augment, fetchSafely } from '@cairn/online'
import { type RunningAuthority, sealSample, startAuthority } from '@cairn/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
const bin = path.join(root, 'apps/cli/bin/cairn.js')
const dss = path.join(root, '../shared/vectors/jades/dss')
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-evidence-'))
const at = (name: string) => path.join(folder, name)
const cairn = (...args: string[]) =>
  new Promise<{ status: number; stdout: string; stderr: string }>((resolve) =>
    execFile(process.execPath, [bin, ...args], { env: { PATH: process.env.PATH! } }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  )

let authority: RunningAuthority
beforeAll(async () => {
  authority = await startAuthority('Neighbourhood', { to: new Date('2066-01-01') })
  const now = () => new Date().toISOString()
  const { registry, sealed } = await sealSample(authority, now())
  const door = (address: string, ask = {}) => fetchSafely(address, { ...ask, ownOrigins: [authority.origin] })
  writeFileSync(at('t.jsonld'), await augment(sealed, 'B-T', { timeStamps: { address: authority.timeStampAddress }, registry, door, now }))
  writeFileSync(
    at('lta.jsonld'),
    await augment(sealed, 'B-LTA', { timeStamps: { address: authority.timeStampAddress }, registry, door, now }),
  )
  writeFileSync(at('trust.json'), JSON.stringify(registry))
})
afterAll(async () => {
  await authority.stop()
  rmSync(folder, { recursive: true })
})

test('R-LTV-4: evidence that was saved gives the same bytes of report, with everybody away', async () => {
  const moment = new Date().toISOString()
  const common = ['verify', at('t.jsonld'), '--trust', at('trust.json'), '--at', moment, '--json']
  const online = await cairn(...common, '--allow', authority.origin, '--save-evidence', at('evidence.json'))
  expect([online.status, online.stderr]).toEqual([0, ''])
  expect(JSON.parse(online.stdout)).toMatchObject({ verdict: 'valid', signatures: [{ level: 'B-T' }] })
  const saved = JSON.parse(readFileSync(at('evidence.json'), 'utf8'))
  expect(saved).toMatchObject({ form: 'cairn-evidence-1', revocation: { ocsps: [expect.any(String), expect.any(String)] } })
  authority.asked.clear()
  const again = await cairn('verify', at('t.jsonld'), '--evidence', at('evidence.json'), '--at', moment, '--json')
  expect(again.stdout).toBe(online.stdout)
  expect([...authority.asked]).toEqual([])
  const alone = await cairn(...common, '--offline')
  expect([alone.status, JSON.parse(alone.stdout).subIndication]).toEqual([2, 'TRY_LATER'])
})

test('R-LTV-4: cairn export makes one file that is valid in 2056, offline and with no trust but its own', async () => {
  const made = await cairn(
    'export',
    at('lta.jsonld'),
    '--out',
    at('kept.zip'),
    '--trust',
    at('trust.json'),
    '--allow',
    authority.origin,
    '--json',
  )
  expect([made.status, made.stderr]).toEqual([0, ''])
  expect(JSON.parse(made.stdout)).toMatchObject({
    verdict: 'valid',
    protectedUntil: expect.stringMatching(/^2065|^2066/),
    out: at('kept.zip'),
  })
  authority.asked.clear()
  for (const more of [[], ['--offline']]) {
    const read = await cairn('verify', at('kept.zip'), '--at', '2056-11-22', ...more, '--json')
    expect([read.status, read.stderr]).toEqual([0, ''])
    expect(JSON.parse(read.stdout)).toMatchObject({
      format: 'zip',
      verdict: 'valid',
      package: { registry: 'own' },
      view: { learner: 'Ana' },
    })
  }
  expect([...authority.asked]).toEqual([])
  expect((await cairn('verify', at('kept.zip'), '--at', '2056-11-22')).stdout).toContain('whoever made the package vouches for it')
  // A trust file of one's own goes before it: one that knows nobody leaves the sealer unknown.
  writeFileSync(at('others.json'), JSON.stringify({ anchors: [], issuers: [{ id: 'urn:other', legalName: 'Other' }] }))
  const others = await cairn('verify', at('kept.zip'), '--at', '2056-11-22', '--trust', at('others.json'), '--offline', '--json')
  expect([others.status, JSON.parse(others.stdout)]).toMatchObject([2, { results: { issuer: 'unknown' }, package: { registry: 'given' } }])
  expect((await cairn('export', at('lta.jsonld'), '--out', at('kept.zip'), '--trust', at('trust.json'), '--offline')).status).toBe(64)
})

test('evidence that is none, and a place that cannot be written, are matters of use', async () => {
  for (const text of ['[]', '{', '{"form":"other"}', '{"retrievedAt":"x","registry":{},"statusLists":{"a":"!"}}']) {
    writeFileSync(at('bad.json'), text)
    const ran = await cairn('verify', at('t.jsonld'), '--evidence', at('bad.json'))
    expect([ran.status, ran.stdout], text).toEqual([64, ''])
  }
  expect((await cairn('verify', at('t.jsonld'), '--offline', '--save-evidence', at('no/such/folder'))).status).toBe(64)
  expect((await cairn('verify', at('t.jsonld'), at('t.jsonld'), '--save-evidence', at('e.json'))).status).toBe(64)
})

test.skipIf(!existsSync(dss))('TS 119 182-1, 5.2.8: --detached (skipped where ../shared/vectors is absent)', async () => {
  const seal = path.join(dss, 'simple-detached.json')
  const without = await cairn('verify', seal, '--offline', '--json')
  expect([without.status, JSON.parse(without.stdout).subIndication]).toEqual([2, 'SIGNED_DATA_NOT_FOUND'])
  writeFileSync(at('sample.json'), '{"other":1}')
  const other = await cairn('verify', seal, '--offline', '--detached', at('sample.json'), '--json')
  expect(JSON.parse(other.stdout)).toMatchObject({ verdict: 'invalid', results: { seal: 'failed' } })
  // What it covers is no credential, which is said of the content and not of the seal.
  const right = await cairn('verify', seal, '--offline', '--detached', path.join(dss, 'sample.json'), '--json')
  expect(JSON.parse(right.stdout).findings[0].problem.code).toBe('format.unreadable')
  expect((await cairn('verify', seal, '--detached', at('nothing-here'))).status).toBe(64)
})
