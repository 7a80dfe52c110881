/** One award, several forms: `cairn issue --format` writes each of them under one id, and `cairn verify` finds each of them valid. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { presentSdJwt } from '@cairn/seals'
import { sampleEdition } from '@cairn/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(path.join(tmpdir(), 'cairn-formats-'))
const at = (name: string) => path.join(folder, name)
const bin = path.resolve(import.meta.dirname, '../bin/cairn.js')
afterAll(() => rmSync(folder, { recursive: true }))

function cairn(...args: string[]) {
  const env = { ...process.env, CAIRN_KEY_PASSPHRASE: 'a passphrase' }
  const ran = spawnSync(process.execPath, [bin, ...args, '--json'], { encoding: 'utf8', env })
  return {
    status: ran.status,
    stderr: ran.stderr,
    lines: ran.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  }
}
const issue = (out: string, format: string, recipients = 'two.csv', ...more: string[]) =>
  cairn(
    'issue',
    '--spec',
    at('edition.json'),
    '--recipients',
    at(recipients),
    '--key',
    at('keys/seal-key.json'),
    '--out',
    at(out),
    '--format',
    format,
    ...more,
  )
const verify = (...args: string[]) => cairn('verify', ...args, '--trust', at('keys/trust.json'), '--offline')

beforeAll(() => {
  writeFileSync(at('edition.json'), JSON.stringify(sampleEdition))
  writeFileSync(
    at('two.csv'),
    'givenName,familyName,dateOfBirth,awardDate,grade\nŽofie,Dvořáková,1999-05-12,2026-05-12,A\nAna,Horváthová,1998-01-02,2026-05-12,B\n',
  )
  expect(cairn('keys', 'create', '--demo', '--spec', at('edition.json'), '--out', at('keys')).status).toBe(0)
}, 60_000)

test('a letter that no font has is warned of before anything is sealed, where sheets are made', () => {
  writeFileSync(at('one.csv'), 'givenName,familyName,dateOfBirth,awardDate\n小明,李,1999-05-12,2026-05-12\n')
  const warned = (format: string) => issue('none', format, 'one.csv', '--dry-run')
  expect(warned('elm,pdf')).toMatchObject({ status: 0, stderr: expect.stringContaining('李 by its number, U+674E') })
  expect(warned('elm')).toMatchObject({ status: 0, stderr: '' })
})

test('elm and sd-jwt-vc: two files a learner, one id, both valid; the holder shows less', { timeout: 120_000 }, async () => {
  const ran = issue('out', 'elm,sd-jwt-vc')
  expect([ran.stderr, ran.status]).toEqual(['', 0])
  const manifest = JSON.parse(readFileSync(at('out/manifest.json'), 'utf8'))
  expect(manifest.credentials.map(({ file, format }: { file: string; format: string }) => [file, format])).toEqual([
    ['1-zofie-dvorakova.jsonld', 'elm'],
    ['1-zofie-dvorakova.sd-jwt', 'sd-jwt-vc'],
    ['2-ana-horvathova.jsonld', 'elm'],
    ['2-ana-horvathova.sd-jwt', 'sd-jwt-vc'],
  ])
  expect(new Set(manifest.credentials.map(({ id }: { id: string }) => id)).size).toBe(2)
  const { status, lines } = verify(at('out/1-zofie-dvorakova.jsonld'), at('out/1-zofie-dvorakova.sd-jwt'))
  expect([status, ...lines.map(({ verdict }) => verdict)]).toEqual([0, 'valid', 'valid'])
  const [elm, token] = lines.map(({ view }) => view)
  // A token counts seconds; the same moments by the institution's clock stand in the other form.
  const moments = { issued: Date.parse(elm.issued), validFrom: Date.parse(elm.validFrom) }
  expect({ issued: Date.parse(token.issued), validFrom: Date.parse(token.validFrom) }).toEqual(moments)
  expect({ ...token, ...moments, image: undefined }).toEqual({ ...elm, ...moments, image: undefined })
  expect(token.id).toBe(manifest.credentials[0].id)

  writeFileSync(at('shown'), await presentSdJwt(readFileSync(at('out/1-zofie-dvorakova.sd-jwt'), 'utf8'), { reveal: [['given_name']] }))
  expect(verify(at('shown')).lines[0]).toMatchObject({ verdict: 'valid', view: { learner: 'Žofie' } })
  expect(verify(at('shown'), '--require-key-binding')).toMatchObject({
    status: 1,
    lines: [{ verdict: 'invalid', results: { holder: 'failed' } }],
  })
  expect(verify(at('shown'), '--audience', 'https://v.example', '--nonce', 'n').status).toBe(1)
})

test('our own type is also of the European one, and names the hash of its description', { timeout: 120_000 }, () => {
  expect(issue('own', 'micro-credential-sd-jwt-vc').status).toBe(0)
  const [file] = readdirSync(at('own')).filter((name) => name.endsWith('.sd-jwt'))
  const payload = JSON.parse(Buffer.from(readFileSync(at(`own/${file}`), 'utf8').split('.')[1]!, 'base64url').toString())
  expect(payload).toMatchObject({ vct: 'urn:cairn:type:micro-credential:1', aka_vcts: ['urn:eu.europa.ec.eudi:learning:credential:1'] })
  expect(payload['vct#integrity']).toMatch(/^sha256-[A-Za-z0-9+/]{43}=$/)
  expect(verify(at(`own/${file}`)).status).toBe(0)
})

test('a form that is not there is said, and nothing is written', { timeout: 60_000 }, () => {
  const ran = issue('never', 'elm,nothing')
  expect(ran.status).toBe(64)
  expect(ran.stderr).toContain('sd-jwt-vc')
  expect(existsSync(at('never'))).toBe(false)
})
