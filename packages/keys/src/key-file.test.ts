import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { createAuthority, issueSealCertificate } from '@cairn/testkit'
import { expect, test } from 'vitest'
import { checkKeyFor } from './check-key.ts'
import { issuerOf } from './issuer-of.ts'
import { openKeyFile, parseKeyFile, wrapKey } from './key-file.ts'
import { readKeyFile, writeKeyFile } from './key-store.ts'
import { organizationIdentifiersOf } from './organization-identifiers.ts'

const authority = createAuthority('Test authority')
const passphrase = 'a long passphrase'
const codeOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
  return 'nothing raised'
}

test.each(['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA'] as const)(
  'R-KEY-1: a %s key wrapped and opened signs, and Node verifies',
  async (algorithm) => {
    const identity = issueSealCertificate(authority, { organisation: 'Small College', organizationIdentifier: 'VATXX-123', algorithm })
    const file = parseKeyFile(JSON.stringify(wrapKey({ ...identity, passphrase, label: 'Seal', algorithm })))
    expect(JSON.stringify(file)).not.toContain('PRIVATE')
    const signer = await openKeyFile(file, passphrase)
    expect(signer.algorithm).toBe(algorithm)
    const bytes = new TextEncoder().encode('the bytes')
    const key = createPublicKey(identity.privateKey)
    const hash = algorithm === 'EdDSA' ? null : `sha${algorithm.slice(2)}`
    for (let n = 0; n < 40; n++)
      expect(
        verify(
          hash,
          bytes,
          { key, dsaEncoding: 'ieee-p1363', ...(algorithm === 'PS256' ? { padding: 6, saltLength: 32 } : {}) },
          signer.sign(bytes) as Uint8Array,
        ),
      ).toBe(true)
  },
)

const identity = issueSealCertificate(authority, { organisation: 'Small College', organizationIdentifier: 'VATXX-123' })
const file = wrapKey({ ...identity, passphrase, label: 'Seal' })

test('a wrong passphrase, a changed file and a broken one are told apart from a key', async () => {
  await expect(openKeyFile(file, 'another passphrase')).rejects.toMatchObject({ problem: { code: 'key.passphrase-wrong' } })
  await expect(openKeyFile({ ...file, purpose: 'status' }, passphrase)).rejects.toMatchObject({ problem: { code: 'key.passphrase-wrong' } })
  await expect(openKeyFile({ ...file, certificates: [file.certificates[1]!] }, passphrase)).rejects.toMatchObject({
    problem: { code: 'key.passphrase-wrong' },
  })
  expect(codeOf(() => parseKeyFile('no'))).toBe('key.unreadable')
  expect(codeOf(() => parseKeyFile(JSON.stringify({ ...file, derivation: { ...file.derivation, cost: 1 << 24 } })))).toBe('key.unreadable')
  expect(codeOf(() => wrapKey({ ...identity, passphrase: 'short', label: 'x' }))).toBe('key.passphrase-wrong')
})

test('a certificate of another key is refused before anything is written', () => {
  const other = issueSealCertificate(authority, { organisation: 'Other', organizationIdentifier: 'VATXX-9' })
  expect(codeOf(() => wrapKey({ ...identity, certificates: other.certificates, passphrase, label: 'x' }))).toBe('key.unreadable')
})

test('the file is for its owner alone, and none is written over', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-keys-'))
  const place = path.join(folder, 'key.json')
  writeKeyFile(place, file)
  expect(statSync(place).mode & 0o777).toBe(0o600)
  expect(readKeyFile(place)).toEqual(file)
  expect(codeOf(() => writeKeyFile(place, file))).toBe('key.unreadable')
  rmSync(folder, { recursive: true })
})

const organisation = { country: 'XX', identifiers: [{ kind: 'vat' as const, value: '123' }] }
test('a certificate is held against the institution and the day', () => {
  const codes = (certificate: Uint8Array, now = new Date().toISOString()) =>
    checkKeyFor(organisation, certificate, now).map((each) => each.code)
  expect(codes(identity.certificate)).toEqual([])
  const foreign = issueSealCertificate(authority, { organisation: 'Other', organizationIdentifier: 'VATXX-124' })
  expect(codes(foreign.certificate)).toEqual(['key.organisation-mismatch'])
  const nameless = issueSealCertificate(authority, { organisation: 'Small College', organizationIdentifier: null })
  expect(codes(nameless.certificate)).toEqual(['key.organisation-mismatch'])
  const short = issueSealCertificate(authority, {
    organisation: 'S',
    organizationIdentifier: 'VATXX-123',
    from: new Date('2026-01-01T00:00:00Z'),
    to: new Date('2026-02-01T00:00:00Z'),
  })
  expect(codes(short.certificate, '2026-02-01T00:00:01Z')).toEqual(['key.expired'])
  expect(codes(short.certificate, '2025-12-31T23:59:59Z')).toEqual(['key.expired'])
  expect(codes(short.certificate, '2026-01-20T00:00:00Z')).toEqual(['key.expires-soon'])
  const named = { organisation: 'S', organizationIdentifier: 'VATXX-123' }
  const year = issueSealCertificate(authority, { ...named, from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-12-31T00:00:00Z') })
  const words = (now: string) => checkKeyFor(organisation, year.certificate, now).map(({ detail }) => detail.replace(/^.*?\. /, ''))
  expect(words('2026-10-01T00:00:00Z')).toEqual([])
  expect(words('2026-10-03T00:00:00Z')).toEqual(['Plan for the next one.'])
  expect(words('2026-12-02T00:00:00Z')).toEqual(['Ask for the next one now.'])
  expect(words('2026-12-25T00:00:00Z')).toEqual(['Within a week nothing can be sealed with it any more.'])
  expect(codes(issueSealCertificate(authority, { ...named, ca: true }).certificate)).toEqual(['certificate.wrong-usage'])
  expect(codes(issueSealCertificate(authority, { ...named, keyUsage: ['keyEncipherment'] }).certificate)).toEqual([
    'certificate.wrong-usage',
  ])
  expect(codes(issueSealCertificate(authority, { ...named, keyUsage: ['digitalSignature'] }).certificate)).toEqual([])
})

test('official numbers become organisation identifiers (ETSI EN 319 412-1, 5.1.4)', () => {
  const of = (kind: 'vat' | 'registration' | 'lei' | 'eidas' | 'ror', value: string, country = 'CZ') =>
    organizationIdentifiersOf({ country, identifiers: [{ kind, value }] })
  expect(of('vat', 'CZ00023698')).toEqual(['VATCZ-00023698'])
  expect(of('registration', '00023698')).toEqual(['NTRCZ-00023698'])
  expect(of('lei', '5299000J2N45DDNE4Y28')).toEqual(['LEIXG-5299000J2N45DDNE4Y28'])
  expect(of('eidas', 'EI:SE-5567971433')).toEqual(['EI:SE-5567971433'])
  expect(of('ror', 'https://ror.org/024d6js02')).toEqual([])
})

test('the issuer carries the identifier of its certificate', () => {
  const whole = {
    id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
    legalName: { en: 'Small College' },
    ...organisation,
    accreditations: [],
    higherEducation: false,
  }
  expect(issuerOf(identity.certificate, whole)).toEqual({
    organisation: whole,
    organizationIdentifier: 'VATXX-123',
    certificateName: 'Small College',
  })
})
