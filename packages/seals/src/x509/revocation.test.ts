/** R-LTV-2: who may say that a certificate was revoked, and about which one (RFC 5280, 5 and 6.3.3; RFC 6960, 3.2 and 4.2.2). */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  type CertifiedKey,
  type CrlContent,
  certIdOf,
  cpuClock,
  createAuthority,
  createCertificate,
  createCrl,
  createOcspAnswer,
  element,
  issueSealCertificate,
  type OcspContent,
  objectIdentifier,
  refuseOcsp,
} from '@cairn/testkit'
import { describe, expect, test } from 'vitest'
import { checkCrl, checkOcsp, createOcspRequest, parseCertificate, readCrl, readOcsp, readOcspAnswer } from '../index.ts'

const from = new Date('2026-01-01T00:00:00Z')
const to = new Date('2030-01-01T00:00:00Z')
const at = new Date('2026-05-12T10:00:00Z')
const authority = createAuthority('Neighbourhood', { from, to })
const stranger = createAuthority('Neighbourhood', { from, to })
const college = { organisation: 'Small College', organizationIdentifier: 'VATXX-123', from, to }
const [first, second] = [issueSealCertificate(authority, college), issueSealCertificate(authority, college)]
const [leaf, other] = [parseCertificate(first.certificate), parseCertificate(second.certificate)]
const issuer = parseCertificate(authority.issuing.certificate)

describe('R-LTV-2: revocation lists', () => {
  const list = (given: Partial<CrlContent> = {}) =>
    createCrl({ issuer: authority.issuing, thisUpdate: at, nextUpdate: to, revoked: [{ serial: other.serial, at, reason: 1 }], ...given })
  const judged = async (crl: Uint8Array, certificate = leaf) => {
    const checked = await checkCrl(readCrl(crl), certificate, issuer)
    return checked === undefined ? 'of another authority' : 'problem' in checked ? checked.problem.code : checked.statement.status
  }
  const scope = (...flags: [number, number][]) => [
    { id: '2.5.29.28', critical: true, value: element(0x30, ...flags.map(([tag, value]) => element(tag, Uint8Array.of(value)))) },
  ]

  test('one that is listed, and one that is not', async () => {
    expect(await judged(list())).toBe('good')
    expect(await judged(list(), other)).toBe('revoked')
    expect(await checkCrl(readCrl(list()), other, issuer)).toMatchObject({
      statement: { revokedAt: '2026-05-12T10:00:00Z', reason: 1, thisUpdate: '2026-05-12T10:00:00Z', nextUpdate: '2030-01-01T00:00:00Z' },
    })
  })
  test('a list of another authority, of the same name with another key, and one that was changed', async () => {
    expect(await judged(list({ issuer: createAuthority('Other', { from, to }).issuing }))).toBe('of another authority')
    expect(await judged(list({ issuer: stranger.issuing }))).toBe('revocation.signature-wrong')
    const bytes = list()
    let wrong = 0
    for (let index = 0; index < bytes.length; index++) {
      const changed = bytes.slice()
      changed[index]! ^= 1 << (index % 8)
      const found = await Promise.resolve()
        .then(() => judged(changed, other))
        .catch((error) => error.problem.code)
      expect(found, `byte ${index}`).not.toMatch(/^(good|revoked)$/)
      wrong++
    }
    expect(wrong).toBe(bytes.length)
  })
  test('lists for other certificates, for some reasons, of changes, and with unknown demands', async () => {
    expect(await judged(list({ extensions: scope([0x81, 0xff]) }))).toBe('good')
    expect(await judged(list({ extensions: scope([0x82, 0xff]) }))).toBe('revocation.out-of-scope')
    expect(await judged(list({ extensions: scope([0x84, 0xff]) }))).toBe('revocation.out-of-scope')
    expect(await judged(list({ extensions: scope([0x85, 0xff]) }))).toBe('revocation.out-of-scope')
    const point = element(0xa0, element(0xa0, element(0x86, Buffer.from('http://ca.example/part-7.crl'))))
    expect(await judged(list({ extensions: [{ id: '2.5.29.28', critical: true, value: element(0x30, point) }] }))).toBe(
      'revocation.out-of-scope',
    )
    for (const id of ['2.5.29.27', '2.25.1'])
      expect(await judged(list({ extensions: [{ id, critical: true, value: element(0x02, Uint8Array.of(1)) }] }))).toBe(
        'revocation.out-of-scope',
      )
  })
  test('an authority that may not sign lists', async () => {
    const mute = createCertificate({
      subject: authority.issuing.subject,
      algorithm: 'ES256',
      from,
      to,
      issuer: authority.root,
      ca: true,
      keyUsage: ['keyCertSign'],
      privateKey: authority.issuing.privateKey,
    })
    const checked = await checkCrl(readCrl(list()), leaf, parseCertificate(mute.certificate))
    expect(checked).toMatchObject({ problem: { code: 'revocation.not-authorised' } })
  })
  test('what is no list has a name, and a long one is read', async () => {
    for (const bytes of [new Uint8Array(), Uint8Array.of(0x30, 0), first.certificate, new Uint8Array(100)])
      expect(() => readCrl(bytes)).toThrowError(/revocation.malformed/)
    const many = Array.from({ length: 20_000 }, (_, index) => ({ serial: (0x100000 + index).toString(16), at }))
    const spent = cpuClock()
    expect(await judged(list({ revoked: many }))).toBe('good')
    expect(spent()).toBeLessThan(1000)
  })
})

describe('R-LTV-2: OCSP answers', () => {
  const responderOf = (given: Partial<Parameters<typeof createCertificate>[0]> = {}): CertifiedKey =>
    createCertificate({
      subject: { commonName: 'Responder' },
      algorithm: 'ES256',
      from,
      to,
      issuer: authority.issuing,
      ca: false,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'],
      ...given,
    })
  const certId = certIdOf(first.certificate, authority.issuing.certificate)
  const answer = (given: Partial<OcspContent> = {}) =>
    createOcspAnswer({ certId, status: 'good', signer: responderOf(), withCertificate: true, producedAt: at, ...given })
  const judged = async (bytes: Uint8Array, certificate = leaf) => {
    const checked = await checkOcsp(readOcsp(bytes), certificate, issuer)
    return checked === undefined ? 'of another certificate' : 'problem' in checked ? checked.problem.code : checked.statement.status
  }

  test('by a delegated responder, and by the authority itself, with its certificate and without', async () => {
    expect(await judged(answer())).toBe('good')
    expect(await judged(answer({ signer: authority.issuing, withCertificate: false }))).toBe('good')
    expect(await judged(answer({ signer: authority.issuing }))).toBe('good')
    expect(await judged(answer({ status: 'unknown' }))).toBe('unknown')
    expect(await checkOcsp(readOcsp(answer({ status: { at, reason: 1 } })), leaf, issuer)).toMatchObject({
      statement: { status: 'revoked', revokedAt: '2026-05-12T10:00:00Z', reason: 1 },
    })
  })
  test('about another certificate, or one of the same number by another authority', async () => {
    expect(await judged(answer(), other)).toBe('of another certificate')
    expect(await judged(answer({ certId: certIdOf(first.certificate, stranger.issuing.certificate) }))).toBe('of another certificate')
  })
  test.each([
    ['without the usage of a responder', () => responderOf({ extendedKeyUsage: undefined })],
    ['with the usage of a server', () => responderOf({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] })],
    ['from another authority of the same name', () => responderOf({ issuer: stranger.issuing })],
    ['from the root', () => responderOf({ issuer: authority.root })],
    ['of itself', () => responderOf({ issuer: undefined })],
    ['that had ended', () => responderOf({ to: new Date('2026-05-01T00:00:00Z') })],
    ['that had not begun', () => responderOf({ from: new Date('2026-06-01T00:00:00Z') })],
  ])('a responder %s may not answer', async (_, signer) => {
    expect(await judged(answer({ signer: signer() }))).toBe('revocation.not-authorised')
  })
  test('a responder that does not show its certificate, and a college that answers about itself', async () => {
    expect(await judged(answer({ withCertificate: false }))).toBe('revocation.not-authorised')
    expect(await judged(answer({ signer: first }))).toBe('revocation.not-authorised')
  })
  test('a changed byte is never believed', async () => {
    const bytes = answer({ status: { at } })
    for (let index = 0; index < bytes.length; index++) {
      const changed = bytes.slice()
      changed[index]! ^= 1 << (index % 8)
      const found = await Promise.resolve()
        .then(() => judged(changed))
        .catch((error) => error.problem.code)
      expect(found, `byte ${index}`).not.toMatch(/^(good|revoked|unknown)$/)
    }
  })
  test('a refusal, and what is no answer, have names', () => {
    expect(() => readOcsp(refuseOcsp(3))).toThrowError(/revocation.refused.*tryLater/)
    for (const bytes of [new Uint8Array(), Uint8Array.of(0x30, 0), first.certificate])
      expect(() => readOcsp(bytes)).toThrowError(/revocation.malformed/)
  })
  test('RFC 8954: a question has a nonce, and the answer to another is refused', async () => {
    const nonce = new Uint8Array(16).fill(7)
    const request = Buffer.from(await createOcspRequest(leaf, issuer, { nonce })).toString('hex')
    expect(request).toContain(Buffer.from(certId).toString('hex'))
    expect(request).toContain(`0410${'07'.repeat(16)}`)
    const repeated = (value: Uint8Array) => answer({ nonce: element(0x04, value) })
    expect(readOcspAnswer(repeated(nonce), nonce).answers).toHaveLength(1)
    expect(readOcspAnswer(answer(), nonce).answers).toHaveLength(1)
    expect(() => readOcspAnswer(repeated(new Uint8Array(16)), nonce)).toThrowError(/revocation.nonce-mismatch/)
  })
})

const real = path.resolve(import.meta.dirname, '../../../../../shared/vectors/trust/sk_ocsp.bin')
test.skipIf(!existsSync(real))('an answer of a national responder is read (skipped where ../shared/vectors is absent)', () => {
  const ocsp = readOcsp(new Uint8Array(readFileSync(real)))
  expect(ocsp.answers).toHaveLength(1)
  expect(ocsp.certificates.length).toBeGreaterThan(0)
  expect(ocsp.producedAt).toMatch(/^20\d\d-/)
})

test('SHA-1 names keys and issuers as Node does', async () => {
  const { createHash } = await import('node:crypto')
  const { sha1Name } = await import('../crypto/sha1-name.ts')
  for (let length = 0; length < 200; length++) {
    const bytes = new Uint8Array(length).map((_, index) => (index * 31 + length) & 0xff)
    expect(Buffer.from(sha1Name(bytes)).toString('hex')).toBe(createHash('sha1').update(bytes).digest('hex'))
  }
})

test('an object identifier is written as it is read', () => {
  expect(Buffer.from(objectIdentifier('2.16.840.1.101.3.4.2.1')).toString('hex')).toBe('0609608648016503040201')
})
