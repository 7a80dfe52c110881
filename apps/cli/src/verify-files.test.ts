/** `cairn verify` of what holds several, and reports that are signed and handed on: the real bin. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { JsonObject } from '@cairn/core'
import { writeZip } from '@cairn/formats'
import { createProof, toBase64Url } from '@cairn/seals'
import { makeTokenKey } from '@cairn/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

const bin = path.resolve(import.meta.dirname, '../bin/cairn.js')
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-verify-'))
const at = (name: string) => path.join(folder, name)
const passphrase = { CAIRN_KEY_PASSPHRASE: 'a passphrase of the test' }
const cairn = (...args: string[]) =>
  new Promise<{ status: number; stdout: string; lines: Record<string, unknown>[] }>((resolve) =>
    execFile(
      process.execPath,
      [bin, ...args],
      { cwd: folder, env: { PATH: process.env.PATH!, ...passphrase } },
      (error, stdout, stderr) => {
        const lines = stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
        resolve({ status: error ? Number(error.code) : 0, stdout: stdout + stderr, lines })
      },
    ),
  )

const [issuer, holder] = [makeTokenKey('EdDSA'), makeTokenKey('EdDSA')]
const didOf = ({ jwk }: typeof issuer) => `did:jwk:${toBase64Url(new TextEncoder().encode(JSON.stringify(jwk)))}`
const created = new Date().toISOString()
const proven = (document: JsonObject, key: typeof issuer, more: object = {}) =>
  createProof(document, {
    suite: 'eddsa-rdfc-2022',
    algorithm: 'EdDSA',
    verificationMethod: `${didOf(key)}#0`,
    created,
    sign: key.sign,
    ...more,
  })
const context = ['https://www.w3.org/ns/credentials/v2']
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

beforeAll(async () => {
  const bare = { '@context': context, type: ['VerifiableCredential'], issuer: didOf(issuer), credentialSubject: { id: didOf(holder) } }
  const credential = await proven(bare, issuer)
  const presentation = await proven({ '@context': context, type: ['VerifiablePresentation'], verifiableCredential: [credential] }, holder, {
    proofPurpose: 'authentication',
    options: { challenge: 'n-1', domain: 'https://desk.example' },
  })
  const altered = { ...credential, validUntil: '2099-01-01T00:00:00Z' }
  writeFileSync(at('one.json'), bytesOf(credential))
  writeFileSync(at('presented.json'), bytesOf(presentation))
  const files = { 'one.json': credential, 'presented.json': presentation, 'altered.json': altered }
  writeFileSync(at('all.zip'), writeZip(Object.entries(files).map(([name, each]) => ({ name, bytes: bytesOf(each) }))))
  const made = await cairn(
    'keys',
    'create',
    '--demo',
    '--name',
    'Checking Desk',
    '--identifier',
    'VATXX-42',
    '--country',
    'XX',
    '--out',
    'key',
  )
  expect(made.status).toBe(0)
  const trust = JSON.parse(readFileSync(at('key/trust.json'), 'utf8'))
  trust.issuers.push({
    id: didOf(issuer),
    legalName: 'Issuer',
    keys: [didOf(issuer)],
    types: ['*'],
    from: null,
    to: null,
    logRequired: false,
  })
  writeFileSync(at('trust.json'), JSON.stringify(trust))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('an archive: a line for each credential in it, and the worst verdict as exit code', async () => {
  const { status, lines } = await cairn('verify', 'all.zip', '--trust', 'trust.json', '--offline', '--json')
  expect(lines.map(({ file, part, verdict }) => [file, part, verdict])).toEqual([
    ['all.zip', 'one.json', 'valid'],
    ['all.zip', 'presented.json 1', 'valid'],
    ['all.zip', 'altered.json', 'invalid'],
  ])
  expect(status).toBe(1)
})

test('R-SD-2: a presentation, asked for its holder', async () => {
  const ask = (...more: string[]) => cairn('verify', 'presented.json', '--trust', 'trust.json', '--offline', '--json', ...more)
  const good = await ask('--audience', 'https://desk.example', '--nonce', 'n-1')
  expect([good.status, good.lines[0]]).toEqual([0, expect.objectContaining({ results: expect.objectContaining({ holder: 'passed' }) })])
  const other = await ask('--audience', 'https://desk.example', '--nonce', 'n-2')
  expect([other.status, other.lines[0]]).toEqual([1, expect.objectContaining({ results: expect.objectContaining({ holder: 'failed' }) })])
})

test('a report is signed, handed on and verified, beside its document and beside another', async () => {
  const signed = await cairn('verify', 'one.json', '--trust', 'trust.json', '--offline', '--report-key', 'key/seal-key.json', '--json')
  expect([signed.status, signed.lines[0]?.signedReport]).toEqual([0, 'one.json.report.jwt'])
  const read = (...more: string[]) => cairn('verify', 'one.json.report.jwt', '--trust', 'trust.json', '--offline', ...more)
  const said = await read()
  expect([said.status, said.stdout]).toEqual([0, expect.stringContaining('A signed report by Checking Desk')])
  expect((await read('--detached', 'one.json')).status).toBe(0)
  expect((await read('--detached', 'presented.json')).status).toBe(1)
  expect((await cairn('verify', 'one.json.report.jwt', '--offline')).status).toBe(2)
  const again = await cairn('verify', 'one.json', '--report-key', 'key/seal-key.json', '--offline')
  expect([again.status, again.stdout]).toEqual([64, expect.stringContaining('EEXIST')])
  expect((await cairn('verify', 'one.json', '--report', 'r.jwt')).status).toBe(64)
  expect(existsSync(at('r.jwt'))).toBe(false)
})
