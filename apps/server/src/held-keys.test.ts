/** Keys in devices and at services, in the server: read from a folder, taken into use, tried, taking turns; what they seal is valid. */
import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AnyKey, describeHardwareKey, describeRemoteKey, devicesMissing, organizationIdentifiersOf } from '@cairn/keys'
import { createAuthority, createCertificate, issueSealCertificate, startSigningServer, startSoftHsm } from '@cairn/testkit'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { newId } from './context.ts'
import { demoInstitutions } from './demo/content.ts'
import { readHeldKeys } from './held-keys.ts'
import { clientFor } from './operations.ts'
import { type RunningServer, startServer } from './start-server.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-held-'))
const held = path.join(folder, 'held')
mkdirSync(held)
const port = 20_000 + ((process.pid + 11_000) % 20_000)
const [organizationIdentifier] = organizationIdentifiersOf(demoInstitutions.college)
const subject = { organisation: 'Hillside College', organizationIdentifier: organizationIdentifier! }
const authority = createAuthority('Authority of Hills')
const service = await startSigningServer([
  {
    id: 'hillside',
    pin: '1234',
    ...issueSealCertificate(authority, { ...subject, algorithm: 'ES256', to: new Date(Date.now() + 20 * 86_400_000) }),
  },
  { id: 'another', pin: '1234', ...issueSealCertificate(authority, { ...subject, organizationIdentifier: 'VATCZ-99999999' }) },
])
const started = (await devicesMissing()) ? { missing: 'the add-on for devices' } : startSoftHsm()
const hsm = 'missing' in started ? undefined : started

function keep(name: string, key: AnyKey, secrets: Record<string, string>): void {
  writeFileSync(path.join(held, `${name}.json`), JSON.stringify(key))
  for (const [kind, secret] of Object.entries(secrets)) writeFileSync(path.join(held, `${name}.${kind}`), `${secret}\n`, { mode: 0o600 })
}

let server: RunningServer
let tenant = ''
beforeAll(async () => {
  const { clientSecret, clientId } = service
  for (const credential of ['hillside', 'another'])
    keep(
      credential,
      await describeRemoteKey({ service: service.service, clientId, clientSecret, credential, pin: '1234', ownOrigins: [service.origin] }),
      { pin: '1234', 'client-secret': clientSecret },
    )
  if (hsm) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    hsm.importKey(privateKey, 'seal', '0a')
    const { certificate } = createCertificate({
      subject: { commonName: 'Hillside Seal', ...subject },
      issuer: authority.issuing,
      algorithm: 'ES256',
      from: new Date(Date.now() - 86_400_000),
      to: new Date(Date.now() + 400 * 86_400_000),
      ca: false,
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      privateKey,
    })
    const { module, token, pin } = hsm
    keep(
      'device',
      await describeHardwareKey({ module, token, pin, key: 'seal', certificates: [certificate, authority.issuing.certificate] }),
      { pin },
    )
  }
  const config = readConfig({
    CAIRN_DATA: folder,
    PORT: String(port),
    CAIRN_LOG: 'silent',
    CAIRN_DEMO: '1',
    CAIRN_KEYS: held,
    CAIRN_SEAL_LEVEL: 'B',
  })
  server = await startServer(config, pino({ level: 'silent' }), { pages: false })
  tenant = (await server.installation.database.pool.query('select tenant from cairn.member')).rows[0].tenant
})
afterAll(async () => {
  await server?.stop()
  await service.stop()
  hsm?.remove()
  rmSync(folder, { recursive: true, force: true })
})

const owner = () =>
  clientFor(server.installation, { caller: { tenant, person: 'olga', name: 'Olga', roles: ['owner'] }, confirmedAt: new Date() })

/** Awards to one person with the key that seals today, and waits for the seal. */
async function sealOne(): Promise<{ key: string; report: { verdict: string } }> {
  const api = owner()
  const [edition] = await api['edition.list']({})
  const number = `H-${newId().slice(-6)}`
  const table = `givenName,familyName,identifier,awardDate\nAna,Nováková,${number},${new Date().toISOString().slice(0, 10)}\n`
  const batch = await api['batch.create']({ edition: edition!.id, fileName: 'one.csv', base64: Buffer.from(table).toString('base64') })
  await api['batch.confirm']({ id: batch.id, ready: batch.counts.ready })
  for (let tries = 0; tries < 200; tries++) {
    const { rows } = await server.installation.database.pool.query(
      'select key, sealed from cairn.credential where batch = $1 and sealed is not null',
      [batch.id],
    )
    if (rows[0]) {
      const report = await api['verify.file']({ base64: rows[0].sealed.toString('base64') })
      return { key: rows[0].key, report }
    }
    await sleep(100)
  }
  throw new Error('Nothing was sealed in time.')
}

test('R-KEY-1: keys of devices and services are offered to the institution that their certificate names, and to no other', async () => {
  const names = (await owner()['key.held']({})).map(({ name }) => name)
  expect(names).toEqual(hsm ? ['device', 'hillside'] : ['hillside'])
  await expect(owner()['key.take']({ name: 'another' })).rejects.toMatchObject({ problem: { code: 'request.not-found' } })
})

test('R-KEY-1: a key at a service seals; its end is warned of; it can be tried, and says when the service is away', async () => {
  const api = owner()
  const taken = await api['key.take']({ name: 'hillside' })
  expect(taken).toMatchObject({ holder: 'csc', current: true, problems: [{ code: 'key.expires-soon' }] })
  expect((await api['key.held']({})).map(({ name }) => name)).not.toContain('hillside')
  const { key, report } = await sealOne()
  expect([key, report.verdict]).toEqual([taken.id, 'valid'])
  expect(await api['key.test']({ id: taken.id })).toMatchObject({ algorithm: 'ES256', milliseconds: expect.any(Number) })
  service.faults.wrongKey = true
  await expect(api['key.test']({ id: taken.id })).rejects.toMatchObject({ problem: { code: 'key.holder-refused' } })
  service.faults.wrongKey = false
  await api['key.test']({ id: taken.id })
  // No secret is stored or told.
  const { rows } = await server.installation.database.pool.query('select file::text from cairn.seal_key')
  expect(JSON.stringify([rows, await api['key.list']({})])).not.toContain(service.clientSecret)
})

test('R-KEY-3: a new key seals from its day on; until then the one before it does, and what that sealed stays valid', async () => {
  const api = owner()
  const before = (await api['key.list']({})).find(({ current }) => current)!
  const next = await api['key.demonstrate']({})
  expect(next.current).toBe((await api['key.list']({})).find(({ id }) => id === next.id)?.current)
  expect(next.current).toBe(true)
  await api['key.plan']({ id: next.id, sealsFrom: '2099-01-01' })
  expect((await api['key.list']({})).find(({ current }) => current)?.id).toBe(before.id)
  expect((await sealOne()).key).toBe(before.id)
  await api['key.plan']({ id: next.id, sealsFrom: new Date().toISOString().slice(0, 10) })
  expect((await api['key.list']({})).find(({ current }) => current)?.id).toBe(next.id)
  const sealed = await sealOne()
  expect(sealed).toMatchObject({ key: next.id, report: { verdict: 'valid' } })
  await api['key.retire']({ id: before.id })
  const { rows } = await server.installation.database.pool.query(
    'select sealed from cairn.credential where key = $1 and sealed is not null',
    [before.id],
  )
  expect(await api['verify.file']({ base64: rows[0].sealed.toString('base64') })).toMatchObject({ verdict: 'valid' })
})

describe.skipIf(!hsm)(`R-KEY-1 a key in a device${'missing' in started ? ` (skipped: ${started.missing})` : ''}`, () => {
  test('seals, and stays in the device', async () => {
    const taken = await owner()['key.take']({ name: 'device', sealsFrom: new Date().toISOString().slice(0, 10) })
    expect(taken).toMatchObject({ holder: 'pkcs11', problems: [] })
    await owner()['key.plan']({ id: taken.id, sealsFrom: new Date().toISOString().slice(0, 10) })
    for (const each of (await owner()['key.list']({})).filter(({ id, purpose }) => id !== taken.id && purpose === 'seal'))
      await owner()['key.retire']({ id: each.id })
    expect(await sealOne()).toMatchObject({ key: taken.id, report: { verdict: 'valid' } })
    expect(await owner()['key.test']({ id: taken.id })).toMatchObject({ algorithm: 'ES256' })
  })
})

test('R-CFG-1: a secret that others can read, one that is missing, and a key in a file refuse the start', async () => {
  expect(readHeldKeys(undefined)).toEqual([])
  const refused = (change: () => void, back: () => void) => {
    change()
    expect(() => readHeldKeys(held)).toThrowError(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'server.misconfigured' }) }),
    )
    back()
    expect(readHeldKeys(held).length).toBeGreaterThan(1)
  }
  const pin = path.join(held, 'hillside.pin')
  refused(
    () => chmodSync(pin, 0o644),
    () => chmodSync(pin, 0o600),
  )
  refused(
    () => rmSync(path.join(held, 'hillside.client-secret')),
    () => writeFileSync(path.join(held, 'hillside.client-secret'), 'x', { mode: 0o600 }),
  )
  refused(
    () => writeFileSync(path.join(held, 'odd.json'), '{}'),
    () => rmSync(path.join(held, 'odd.json')),
  )
  expect(() => readHeldKeys(path.join(folder, 'nowhere'))).toThrow('server.misconfigured')
})
