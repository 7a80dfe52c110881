/** Seals reach their level after delivery, whatever is away for an hour, and are renewed in time (R-LTV-1, R-FLT-2, R-CFG-1). */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { levelOf, readJades } from '@cairn/seals'
import { readCredential, readSealed, readStanding } from '@cairn/store'
import { standardPolicy, verify } from '@cairn/verifier'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { clientFor } from '../operations.ts'
import { evidenceFor, evidenceForOwn, ownSeal } from '../registry.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { queueForLevel, raiseSeals } from './raise-seals.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-raise-'))
const port = 20_000 + ((process.pid + 7) % 20_000)
const log = pino({ level: 'silent' })
const config = (more: Record<string, string> = {}) =>
  readConfig({ CAIRN_DATA: folder, PORT: String(port), CAIRN_LOG: 'silent', CAIRN_DEMO: '1', ...more })
let server: RunningServer
let tenant = ''
let ids: string[] = []

/** Rows with their first bytes and those of their level. */
async function seals() {
  const { rows } = await server.installation.database.pool.query(
    'select c.tenant, c.id, c.sealed, s.level, s.bytes, s.attempts, s.problem, s.next_at from cairn.credential c left join cairn.credential_seal s on s.credential = c.id order by c.id',
  )
  return rows as { tenant: string; id: string; sealed: Buffer; level: string | null; bytes: Buffer | null; problem: string | null }[]
}
const until = async (done: () => Promise<boolean>) => {
  for (let tries = 0; tries < 200 && !(await done()); tries++) await new Promise((resolve) => setTimeout(resolve, 100))
}

beforeAll(async () => {
  // Seals are made at the level they have when nobody asks for more: this test raises them itself, by its own clock.
  server = await startServer(config({ CAIRN_SEAL_LEVEL: 'B' }), log, { pages: false })
  await until(async () => (await seals()).length > 0 && (await seals()).every(({ sealed }) => sealed !== null))
  const rows = await seals()
  tenant = rows[0]!.tenant
  ids = rows.map(({ id }) => id)
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('an hour with the time-stamp authority away ends with every credential at its level, and the first bytes are as they were', async () => {
  const { installation } = server
  const raised = { ...installation, config: { ...installation.config, sealLevel: 'B-LTA' as const } }
  const neighbourhood = installation.neighbourhood!
  const first = await seals()
  expect(first.length).toBeGreaterThan(1)
  const begin = Date.now()
  let minutes = 0
  const now = () => new Date(begin + minutes * 60_000).toISOString()
  neighbourhood.asked.clear()
  neighbourhood.setAway(['tsa'])
  await queueForLevel(raised, now())
  for (; minutes < 60; minutes++) {
    neighbourhood.setClock(new Date(now()))
    await raiseSeals(raised, { now })
  }
  expect((await seals()).map(({ level, bytes, problem }) => [level, bytes, problem])).toEqual(
    first.map(() => ['B-B', null, 'fetch.failed']),
  )
  // It was asked again and again, but neither every minute nor for every credential.
  const asked = neighbourhood.asked.get('/tsa')!
  expect(asked).toBeGreaterThan(4)
  expect(asked).toBeLessThan(60)
  // Then statements are away: what can be had is had, so that the seals are proven to be of this hour.
  neighbourhood.setAway(['ocsp', 'crl'])
  for (; minutes < 80; minutes++) {
    neighbourhood.setClock(new Date(now()))
    await raiseSeals(raised, { now })
  }
  expect((await seals()).some(({ level }) => level === 'B-T')).toBe(true)
  neighbourhood.setAway([])
  for (; minutes < 100; minutes++) {
    neighbourhood.setClock(new Date(now()))
    await raiseSeals(raised, { now })
  }
  const last = await seals()
  expect(last.map(({ level, problem }) => [level, problem])).toEqual(first.map(() => ['B-LTA', null]))
  expect(last.map(({ sealed }) => sealed.toString('hex'))).toEqual(first.map(({ sealed }) => sealed.toString('hex')))
  for (const { bytes } of last) {
    expect(levelOf(readJades(bytes!).signatures[0]!)).toBe('B-LTA')
    const report = await verify(bytes!, await evidenceFor(installation, bytes!, now()), standardPolicy, now())
    expect(report.verdict, JSON.stringify(report.findings)).toBe('valid')
  }
  neighbourhood.setClock(undefined)
})

test('downloads, shared pages and their evidence are of the highest level, and a visitor’s verifier asks nobody', async () => {
  const { installation } = server
  await installation.database.tenant(tenant, async (tx) => {
    const row = (await readCredential(tx, ids[0]!))!
    const bytes = (await readSealed(tx, ids[0]!))!
    expect([row.level, levelOf(readJades(bytes).signatures[0]!)]).toEqual(['B-LTA', 'B-LTA'])
    expect(await readStanding(tx, ids[0]!)).toMatchObject({ level: 'B-LTA', protectedUntil: expect.stringMatching(/^207/) })
    installation.neighbourhood!.asked.clear()
    const later = new Date(Date.now() + 3 * 3_600_000).toISOString()
    const evidence = await evidenceForOwn(
      installation,
      ownSeal(row, async () => bytes),
      later,
    )
    expect(await verify(bytes, evidence, standardPolicy, later)).toMatchObject({ verdict: 'valid' })
    expect([...installation.neighbourhood!.asked]).toEqual([])
  })
})

test('R-LTV-4: the package of a credential is valid in 2056, with nothing else at hand and the server gone', async () => {
  const { installation } = server
  const { rows } = await installation.database.pool.query("select person from cairn.member where 'auditor' = any(roles)")
  const caller = { tenant, person: rows[0].person, name: 'auditor', roles: ['auditor' as const] }
  const api = clientFor(installation, { caller, confirmedAt: new Date() })
  const file = await api['credential.package']({ id: ids[0]! })
  expect(file).toMatchObject({ name: expect.stringMatching(/\.evidence\.zip$/), mediaType: 'application/zip' })
  const late = '2056-11-22T00:00:00Z'
  const nothing = { registry: { anchors: [], trustedLists: [], issuers: [] }, statusLists: {}, retrievedAt: late }
  const bytes = new Uint8Array(Buffer.from(file.base64, 'base64'))
  const report = await verify(bytes, nothing, { ...standardPolicy, packageRegistry: 'alone' }, late)
  expect(report, JSON.stringify(report.findings)).toMatchObject({
    verdict: 'valid',
    package: { registry: 'own' },
    signatures: [{ level: 'B-LTA' }],
  })
  expect(bytes.length).toBeLessThan(250 * 1024)
})

test('a seal is renewed before what protects it ends, and not earlier', async () => {
  const { installation } = server
  const raised = { ...installation, config: { ...installation.config, sealLevel: 'B-LTA' as const } }
  const archives = async () =>
    (await seals()).map(({ bytes }) => readJades(bytes!).signatures[0]!.unsigned.filter(({ name }) => name === 'arcTst').length)
  await raiseSeals(raised, { now: () => new Date(Date.now() + 366 * 86_400_000).toISOString() })
  expect(new Set(await archives())).toEqual(new Set([1]))
  // Eighty days before the end of the authority's certificate.
  const { rows } = await installation.database.pool.query('select min(protected_until) as first from cairn.credential_seal')
  const late = new Date(rows[0].first.getTime() - 80 * 86_400_000)
  installation.neighbourhood!.setClock(late)
  await raiseSeals(raised, { now: () => late.toISOString() })
  installation.neighbourhood!.setClock(undefined)
  expect(new Set(await archives())).toEqual(new Set([2]))
})

test('the authorities are the same after a restart, their keys are for the owner’s eyes alone, and production refuses their roots', async () => {
  const anchor = server.installation.neighbourhood!.anchor
  const origin = server.installation.neighbourhood!.origin
  const file = path.join(folder, 'neighbourhood.json')
  expect(existsSync(file) && statSync(file).mode & 0o777).toBe(0o600)
  await server.stop()
  server = await startServer(config(), log, { pages: false })
  expect(server.installation.neighbourhood).toMatchObject({ anchor, origin })
  // A row that calls itself anything else is known by its certificate.
  await server.installation.database.pool.query('update cairn.trust_entry set demonstration = false')
  await server.stop()
  const production = config({ CAIRN_DEMO: '0', CAIRN_SECRET: 'a secret of the test, and long enough for it' })
  await expect(startServer(production, log, { pages: false })).rejects.toMatchObject({ problem: { code: 'server.misconfigured' } })
})
