/** Seals reach their level after delivery, whatever is away for an hour, and are renewed in time (R-LTV-1, R-FLT-2, R-CFG-1). */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { composeElm, prepareElm } from '@cairn/formats'
import { makeSigner } from '@cairn/keys'
import { finishSeal, levelOf, prepareSeal, readJades } from '@cairn/seals'
import { readCredential, readSealed, readStanding } from '@cairn/store'
import { sampleEdition, sampleInstitution, startAuthority } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { newId } from '../context.ts'
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

test('an hour with the time-stamp authority away and three quarters without statements end with every credential at its level, whatever they answer instead', async () => {
  const { installation } = server
  const raised = { ...installation, config: { ...installation.config, sealLevel: 'B-LTA' as const } }
  const neighbourhood = installation.neighbourhood!
  const first = await seals()
  expect(first.length).toBeGreaterThan(1)
  const begin = Date.now()
  let minutes = 0
  const now = () => new Date(begin + minutes * 60_000).toISOString()
  const passUntil = async (end: number) => {
    for (; minutes < end; minutes++) {
      neighbourhood.setClock(new Date(now()))
      await raiseSeals(raised, { now })
    }
  }
  const problems = async () => [
    ...new Set((await seals()).map(({ level, bytes, problem }) => `${level}, ${bytes ? 'raised' : 'as it was'}, ${problem}`)),
  ]
  neighbourhood.asked.clear()
  await queueForLevel(raised, now())
  neighbourhood.setAway(['tsa'])
  await passUntil(20)
  expect(await problems()).toEqual(['B-B, as it was, fetch.failed'])
  neighbourhood.setAway(['tsa'], 'garbage')
  await passUntil(40)
  expect(await problems()).toEqual(['B-B, as it was, timestamp.malformed'])
  neighbourhood.setAway(['tsa'], 'hanging')
  await passUntil(60)
  expect(await problems()).toEqual(['B-B, as it was, fetch.failed'])
  // It was asked again and again, but neither every minute nor for every credential.
  const asked = neighbourhood.asked.get('/tsa')!
  expect(asked).toBeGreaterThan(4)
  expect(asked).toBeLessThan(60)
  // Then statements are away: what can be had is had, so that the seals are proven to be of this hour.
  for (const [end, how] of [
    [70, 'refusing'],
    [85, 'garbage'],
    [100, 'hanging'],
  ] as const) {
    neighbourhood.setAway(['ocsp', 'crl'], how)
    await passUntil(end)
    expect(await problems(), how).toContain('B-T, raised, fetch.failed')
    expect((await seals()).some(({ level }) => level === 'B-LT' || level === 'B-LTA')).toBe(false)
  }
  neighbourhood.setAway([])
  await passUntil(120)
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

test('R-FLT-2: where nobody speaks of the certificates of one institution, its seals wait and those of others do not', async () => {
  const { installation } = server
  const { pool } = installation.database
  const other = await startAuthority('Elsewhere')
  try {
    const made = other.issue({ organisation: 'Elsewhere', organizationIdentifier: 'VATXX-7' })
    const issued = new Date().toISOString()
    const award = {
      id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
      learner: { givenName: 'Ana', identifier: '1' },
      awardDate: '2026-05-10',
    }
    const issuer = { organisation: sampleInstitution, organizationIdentifier: 'VATXX-7' }
    const document = composeElm(
      prepareElm(sampleEdition, issuer, [{ language: 'en', mediaType: 'image/png', base64: 'iVBORw0KGgo=' }]),
      award,
      { issued },
    )
    const prepared = await prepareSeal(document, { certificates: made.certificates, algorithm: 'ES256', at: issued })
    const sealed = finishSeal(prepared, await makeSigner(made.privateKey, made.certificates).sign(prepared.toBeSigned)).bytes
    const entry = {
      id: sampleInstitution.id,
      legalName: 'Elsewhere',
      organizationIdentifier: 'VATXX-7',
      keys: [],
      types: ['*'],
      logRequired: false,
    }
    const api = clientFor(installation, { caller: { tenant, person: 'olga', name: 'Olga', roles: ['owner'] }, confirmedAt: new Date() })
    const { id } = await api['registry.propose']({ record: { kind: 'issuer', entry, anchors: [other.anchor] } })
    await api['registry.decide']({ changes: [id], decision: 'approved' })
    // More credentials of another institution than are taken at once, and one of ours behind them that has its way before it again.
    const [theirs, ours] = [newId(), ids[0]!]
    const hex = Buffer.from(sealed).toString('hex')
    const { rows } = await pool.query(
      `select string_agg(attname, ', ') as given from pg_attribute where attrelid = 'cairn.credential'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    )
    // All but what the database works out itself.
    const { given } = rows[0]
    await pool.query(
      `begin; set local session_replication_role = replica;
      insert into cairn.credential (${given}) select ${given} from (select (jsonb_populate_record(c, jsonb_build_object('tenant', '${theirs}', 'id', gen_random_uuid(), 'sealed', '\\x${hex}', 'status_index', n, 'reference_number', null))).*
        from cairn.credential c, generate_series(1, 45) n where id = '${ours}') copied;
      update cairn.credential_seal set level = 'B-B', bytes = null, attempts = 0, next_at = now() where credential = '${ours}';
      insert into cairn.credential_seal select (jsonb_populate_record(s, jsonb_build_object('tenant', '${theirs}', 'credential', c.id, 'next_at', now() - interval '1 minute'))).*
        from cairn.credential_seal s, cairn.credential c where s.credential = '${ours}' and c.tenant = '${theirs}'; commit`,
    )
    other.setAway(['ocsp', 'crl'])
    await raiseSeals({ ...installation, config: { ...installation.config, sealLevel: 'B-LTA', networkOrigins: [other.origin] } })
    const standing = async (whose: string) =>
      (await pool.query('select distinct level, problem from cairn.credential_seal where tenant = $1 order by 1', [whose])).rows
    expect(await standing(theirs)).toEqual([
      { level: 'B-B', problem: 'fetch.failed' },
      { level: 'B-T', problem: 'fetch.failed' },
    ])
    expect(await standing(tenant)).toEqual([{ level: 'B-LTA', problem: null }])
    await pool.query(
      `begin; set local session_replication_role = replica;
      delete from cairn.credential_seal where tenant = '${theirs}'; delete from cairn.credential where tenant = '${theirs}'; commit`,
    )
  } finally {
    await other.stop()
  }
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
