/** Keys of every holder at the command line: taken in, listed, tried, and used to seal. */
import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { devicesMissing } from '@cairn/keys'
import { createAuthority, createCertificate, issueSealCertificate, sampleEdition, startSigningServer, startSoftHsm } from '@cairn/testkit'
import { afterAll, describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../../..')
const bin = path.join(root, 'apps/cli/bin/cairn.js')
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-keys-'))
const at = (name: string) => path.join(folder, name)
afterAll(() => rmSync(folder, { recursive: true }))

function cairn(args: readonly string[], env: Record<string, string> = {}) {
  return new Promise<{ status: number; out: string; lines: Record<string, unknown>[] }>((resolve) => {
    execFile(process.execPath, [bin, ...args, '--json'], { env: { PATH: process.env.PATH!, ...env } }, (error, stdout, stderr) => {
      const status = typeof error?.code === 'number' ? error.code : error ? -1 : 0
      resolve({
        status,
        out: stdout + stderr,
        lines: stdout
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line)),
      })
    })
  })
}

const authority = createAuthority('Neighbourhood')
const subject = { organisation: 'Lakeside Institute', organizationIdentifier: 'VATCZ-00000019', country: 'CZ' }
writeFileSync(at('edition.json'), JSON.stringify(sampleEdition))
writeFileSync(at('people.csv'), 'givenName,familyName,identifier,awardDate\nAna,Nováková,S-1,2026-05-12\n')
writeFileSync(
  at('trust.json'),
  JSON.stringify({
    anchors: [authority.anchor],
    issuers: [{ id: sampleEdition.institution.id, legalName: 'Lakeside Institute', organizationIdentifier: 'VATCZ-00000019' }],
  }),
)
async function sealsAndVerifies(key: string, env: Record<string, string>): Promise<void> {
  const out = at(`sealed-${path.basename(key)}`)
  const issued = await cairn(['issue', '--spec', at('edition.json'), '--recipients', at('people.csv'), '--key', key, '--out', out], env)
  expect(issued.out).toContain('"issued":1')
  const [sealed] = readdirSync(out).filter((name) => name.endsWith('.jsonld'))
  const verified = await cairn(['verify', path.join(out, sealed!), '--trust', at('trust.json')])
  expect(verified.lines).toMatchObject([{ verdict: 'valid' }])
}

const addon = await devicesMissing()
const started = addon ? { missing: addon } : startSoftHsm()
const hsm = 'missing' in started ? undefined : started
afterAll(() => hsm?.remove())
describe.skipIf(!hsm)(`R-KEY-1 a key in a device${'missing' in started ? ` (skipped: ${started.missing})` : ''}`, () => {
  test('is listed, taken in without its secret, tried, and seals', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    hsm!.importKey(privateKey, 'seal', '0a')
    const { certificate } = createCertificate({
      subject: { commonName: 'Lakeside Seal', ...subject },
      issuer: authority.issuing,
      algorithm: 'ES256',
      from: new Date(Date.now() - 86_400_000),
      to: new Date(Date.now() + 20 * 86_400_000),
      ca: false,
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      privateKey,
    })
    const pem = [certificate, authority.issuing.certificate].map(
      (der) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`,
    )
    writeFileSync(at('chain.pem'), pem.join(''))
    const env = { ...hsm!.env, CAIRN_KEY_PASSPHRASE: hsm!.pin }
    const device = ['--module', hsm!.module, '--token', hsm!.token]
    expect((await cairn(['keys', 'list', ...device], env)).lines).toEqual([
      { token: hsm!.token, keys: [{ label: 'seal', id: '0a', certificate: false }] },
    ])
    const missing = await cairn(['keys', 'import', ...device, '--key', 'seal', '--out', at('device.json')], env)
    expect([missing.status, missing.out]).toEqual([1, expect.stringContaining('key.unreadable')])
    const taken = await cairn(
      ['keys', 'import', ...device, '--key', 'seal', '--certificate', at('chain.pem'), '--out', at('device.json')],
      env,
    )
    expect(taken.lines).toMatchObject([{ holder: 'pkcs11', algorithm: 'ES256', organizationIdentifier: 'VATCZ-00000019' }])
    expect(readFileSync(at('device.json'), 'utf8')).not.toContain(hsm!.pin)
    const tried = await cairn(['keys', 'test', at('device.json')], env)
    expect(tried.lines).toMatchObject([
      { ok: true, holder: 'pkcs11', notice: expect.stringMatching(/^Its certificate ends in (19|20) days\. Ask/) },
    ])
    const wrong = await cairn(['keys', 'test', at('device.json')], { ...env, CAIRN_KEY_PASSPHRASE: '00000000' })
    expect([wrong.status, wrong.out]).toEqual([1, expect.stringContaining('key.passphrase-wrong')])
    await sealsAndVerifies(at('device.json'), env)
    const who = ['--name', 'Lakeside Institute', '--identifier', 'VATCZ-00000019', '--country', 'CZ']
    const made = await cairn(['keys', 'create', ...device, '--key', 'next', ...who, '--out', at('next.csr')], env)
    expect(made.lines).toMatchObject([{ key: 'next', algorithm: 'ES256' }])
    expect(readFileSync(at('next.csr'), 'utf8')).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----/)
    expect((await cairn(['keys', 'list', ...device], env)).lines[0]!.keys).toHaveLength(2)
  })
})

test('R-KEY-1 a key at a remote service is listed, taken in without its secrets, tried, and seals', async () => {
  const server = await startSigningServer([
    { id: 'lakeside', pin: '1234', ...issueSealCertificate(authority, { ...subject, algorithm: 'RS256' }) },
  ])
  const env = { CAIRN_KEY_PASSPHRASE: '1234', CAIRN_CLIENT_SECRET: server.clientSecret }
  const service = ['--service', server.service, '--client', server.clientId]
  expect((await cairn(['keys', 'list', ...service], env)).lines).toEqual([{ credential: 'lakeside' }])
  const taken = await cairn(
    ['keys', 'import', ...service, '--credential', 'lakeside', '--out', at('remote.json'), '--algorithm', 'PS256'],
    env,
  )
  expect(taken.lines).toMatchObject([{ holder: 'csc', algorithm: 'PS256' }])
  expect(readFileSync(at('remote.json'), 'utf8')).not.toContain(server.clientSecret)
  expect((await cairn(['keys', 'test', at('remote.json')], env)).lines).toMatchObject([{ ok: true, holder: 'csc' }])
  expect((await cairn(['keys', 'test', at('remote.json')], { CAIRN_KEY_PASSPHRASE: '1234' })).status).toBe(64)
  await sealsAndVerifies(at('remote.json'), env)
  await server.stop()
  const away = await cairn(['keys', 'test', at('remote.json')], env)
  expect([away.status, away.out]).toEqual([1, expect.stringContaining('key.holder-away')])
})
