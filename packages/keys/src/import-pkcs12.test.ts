import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { createAuthority, createCertificate, element, issueSealCertificate, type KeyAlgorithm, objectIdentifier } from '@cairn/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Element, readBer } from './ber.ts'
import { importPkcs12 } from './import-pkcs12.ts'
import { makeSigner } from './make-signer.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-keys-'))
const passphrase = 'correct horse ž'
const authority = createAuthority('Test authority')
const pem = (label: string, der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`

beforeAll(() => {
  for (const algorithm of ['ES256', 'RS256'] as const) writePem(algorithm)
})
afterAll(() => rmSync(folder, { recursive: true }))

const leaves: Partial<Record<KeyAlgorithm, Uint8Array>> = {}
function writePem(algorithm: KeyAlgorithm): void {
  const identity = issueSealCertificate(authority, { organisation: 'Small College', organizationIdentifier: 'VATXX-123', algorithm })
  leaves[algorithm] = identity.certificate
  writeFileSync(path.join(folder, `${algorithm}.key`), identity.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(path.join(folder, `${algorithm}.pem`), pem('CERTIFICATE', identity.certificate))
  // The root first: the file's order is not the chain's.
  writeFileSync(
    path.join(folder, 'above.pem'),
    pem('CERTIFICATE', authority.root.certificate) + pem('CERTIFICATE', authority.issuing.certificate),
  )
}

function exportPkcs12(algorithm: KeyAlgorithm, ...options: string[]): Uint8Array {
  const at = (name: string) => path.join(folder, name)
  const out = at('out.p12')
  execFileSync(
    'openssl',
    [
      'pkcs12',
      '-export',
      '-inkey',
      at(`${algorithm}.key`),
      '-in',
      at(`${algorithm}.pem`),
      '-certfile',
      at('above.pem'),
      '-out',
      out,
      '-passout',
      `pass:${passphrase}`,
      ...options,
    ],
    { stdio: 'pipe' },
  )
  return readFileSync(out)
}

/** The same element with every length left open, and octet strings cut into pieces of 100 bytes. */
function inBer(element: Element): Uint8Array {
  const open = (tag: number, parts: readonly Uint8Array[]) => Buffer.concat([Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0)])
  if (element.parts.length > 0) return open(element.raw[0]!, element.parts.map(inBer))
  if (element.tag !== 0x04 || element.content.length < 200) return element.raw
  const pieces = Array.from({ length: Math.ceil(element.content.length / 100) }, (_, n) => element.content.subarray(n * 100, n * 100 + 100))
  return open(
    0x24,
    pieces.map((piece) => Buffer.concat([Uint8Array.of(0x04, piece.length), piece])),
  )
}

const codeOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
  return 'nothing raised'
}

describe.skipIf(!hasOpenssl)('PKCS#12 files of OpenSSL (skipped where there is no openssl)', () => {
  test.each([
    ['as today', 'ES256', []],
    ['RSA', 'RS256', []],
    ['legacy: 3DES key, RC2 certificates', 'ES256', ['-legacy']],
    ['legacy RSA', 'RS256', ['-legacy']],
    ['AES-128, SHA-512 MAC', 'ES256', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha512']],
    ['3DES for all', 'ES256', ['-legacy', '-certpbe', 'PBE-SHA1-3DES']],
    ['RC2-128 certificates', 'ES256', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128']],
    ['no MAC', 'ES256', ['-nomac']],
    ['certificates in the clear', 'ES256', ['-certpbe', 'NONE']],
    ['key in the clear under a MAC', 'ES256', ['-keypbe', 'NONE']],
    ['ten times the rounds', 'ES256', ['-iter', '20000']],
  ] as const)('%s: key and chain, leaf first, without the root', (_title, algorithm, options) => {
    const { privateKey, certificates } = importPkcs12(exportPkcs12(algorithm, ...options), passphrase)
    expect(certificates.map((der) => Buffer.from(der).toString('base64'))).toEqual(
      [leaves[algorithm]!, authority.issuing.certificate].map((der) => Buffer.from(der).toString('base64')),
    )
    expect(makeSigner(privateKey, certificates).algorithm).toBe(algorithm)
  })

  test('a file in BER, lengths left open and strings in pieces, as older programs write it', () => {
    const bytes = inBer(readBer(exportPkcs12('ES256')))
    expect([...bytes.subarray(0, 2)]).toEqual([0x30, 0x80])
    expect(importPkcs12(bytes, passphrase).certificates).toHaveLength(2)
    expect(codeOf(() => importPkcs12(bytes, 'another'))).toBe('key.passphrase-wrong')
  })

  test.each([[[]], [['-legacy']], [['-nomac']]])('a wrong passphrase is named as such (%j)', (options) => {
    expect(codeOf(() => importPkcs12(exportPkcs12('ES256', ...options), 'another'))).toBe('key.passphrase-wrong')
    expect(codeOf(() => importPkcs12(exportPkcs12('ES256', ...options), ''))).toBe('key.passphrase-wrong')
  })

  test('without a MAC none of 400 wrong passphrases is taken for a damaged file, however their padding falls', () => {
    const file = exportPkcs12('ES256', '-nomac')
    const codes = new Set(Array.from({ length: 400 }, (_, at) => codeOf(() => importPkcs12(file, `another ${at}`))))
    expect([...codes]).toEqual(['key.passphrase-wrong'])
  })

  test('a file without a key, and one whose key has no certificate', () => {
    expect(codeOf(() => importPkcs12(exportPkcs12('ES256', '-nokeys'), passphrase))).toBe('key.unreadable')
    expect(codeOf(() => importPkcs12(exportPkcs12('ES256', '-nocerts'), passphrase))).toBe('key.unreadable')
  })

  test('every cut and every changed byte is a named problem or the same key, never a crash', () => {
    const bytes = exportPkcs12('ES256', '-iter', '1', '-maciter')
    const codes = new Set<string>()
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = Uint8Array.from(bytes)
      changed[at] = changed[at]! ^ 0x15
      codes.add(codeOf(() => importPkcs12(changed, passphrase)))
      codes.add(codeOf(() => importPkcs12(bytes.subarray(0, at), passphrase)))
    }
    expect([...codes].filter((code) => !['key.unreadable', 'key.passphrase-wrong', 'nothing raised'].includes(code))).toEqual([])
  })
})

test('what is no PKCS#12 at all', () => {
  for (const bytes of [new Uint8Array(), Uint8Array.of(0x30, 0x80), new Uint8Array(300_000), new TextEncoder().encode('-----BEGIN')])
    expect(codeOf(() => importPkcs12(bytes, ''))).toBe('key.unreadable')
  expect(
    codeOf(() =>
      importPkcs12(
        createCertificate({ subject: { commonName: 'x' }, algorithm: 'ES256', from: new Date(), to: new Date(), ca: false, keyUsage: [] })
          .certificate,
        '',
      ),
    ),
  ).toBe('key.unreadable')
  const nested = new Uint8Array(20_000).map((_, n) => (n % 2 ? 0x80 : 0x30))
  expect(codeOf(() => importPkcs12(nested, ''))).toBe('key.unreadable')
})

test('found by fuzzing: a certificate whose key is none is told, and is no surprise', () => {
  const { certificate, privateKey } = issueSealCertificate(authority, { organisation: 'College', organizationIdentifier: 'VATXX-1' })
  const sequence = (...parts: Uint8Array[]) => element(0x30, ...parts)
  const bag = (last: number, value: Uint8Array) => sequence(objectIdentifier(`1.2.840.113549.1.12.10.1.${last}`), element(0xa0, value))
  const data = (bytes: Uint8Array) => sequence(objectIdentifier('1.2.840.113549.1.7.1'), element(0xa0, element(0x04, bytes)))
  const fileWith = (der: Uint8Array) => {
    const held = sequence(objectIdentifier('1.2.840.113549.1.9.22.1'), element(0xa0, element(0x04, der)))
    const key = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }))
    return sequence(element(0x02, Uint8Array.of(3)), data(sequence(data(sequence(bag(1, key), bag(3, held))))))
  }
  expect(importPkcs12(fileWith(certificate), '').certificates).toHaveLength(1)
  // The form of a point on the curve is named by its first byte, and there is no fifth.
  const broken = Uint8Array.from(certificate)
  broken[Buffer.from(certificate).indexOf(Buffer.from('03420004', 'hex')) + 3] = 5
  expect(() => importPkcs12(fileWith(broken), '')).toThrowError(ProblemError)
})
