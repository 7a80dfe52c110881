/** Seals that we make: every algorithm, read back, judged by an independent implementation, and refused when anything in them is changed. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { unsealed } from '@cairn/core'
import { makeSigner } from '@cairn/keys'
import { createAuthority, issueSealCertificate } from '@cairn/testkit'
import { flattenedVerify, importX509 } from 'jose'
import { expect, test } from 'vitest'
import {
  checkSignature,
  finishSeal,
  fromBase64Url,
  prepareSeal,
  readJades,
  type SealAlgorithm,
  type Signer,
  toBase64,
  toBase64Url,
} from '../index.ts'

const at = '2026-05-12T10:00:00.250Z'
const payload = JSON.stringify({ id: 'urn:uuid:1', title: 'Ž 𝄞 \u2028 "quoted" \\ /', text: '\n' })
const document = unsealed({ format: 'elm', id: 'urn:uuid:1', payload })
const authority = createAuthority('Neighbourhood')
const keyOf = (algorithm: SealAlgorithm) => {
  const kind = algorithm.startsWith('RS') || algorithm.startsWith('PS') ? 'RS256' : (algorithm as 'ES256' | 'ES384' | 'ES512' | 'EdDSA')
  const made = issueSealCertificate(authority, { organisation: 'Small College', organizationIdentifier: 'VATXX-123', algorithm: kind })
  return makeSigner(made.privateKey, made.certificates, algorithm)
}
const seal = async (signer: Signer) => {
  const prepared = await prepareSeal(document, { certificates: signer.certificates, algorithm: signer.algorithm, at })
  return finishSeal(prepared, await signer.sign(prepared.toBeSigned)).bytes
}
const signer = keyOf('ES256')
type Members = Record<string, unknown>
const headerOf = (bytes: Uint8Array): Members => {
  const { signatures } = JSON.parse(new TextDecoder().decode(bytes))
  return JSON.parse(Buffer.from(signatures[0].protected, 'base64url').toString())
}
/** Seals with a header that was changed before signing: what a careless or hostile sealer could make. */
async function sealWith(change: (header: Members) => Members, envelope: (members: Members) => Members = (members) => members) {
  // Other sealers tell their time in sigT; what is refused of it is tried on this form.
  const { iat: _, ...ours } = headerOf(await seal(signer))
  const header = change({ ...ours, sigT: '2026-05-12T10:00:00Z', crit: ['b64', 'sigT'] })
  const text = toBase64Url(new TextEncoder().encode(JSON.stringify(header)))
  const body = header.b64 === false ? payload : toBase64Url(new TextEncoder().encode(payload))
  const signature = toBase64Url(await signer.sign(new TextEncoder().encode(`${text}.${body}`)))
  return new TextEncoder().encode(JSON.stringify(envelope({ payload: body, signatures: [{ protected: text, signature }] })))
}
async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    const read = readJades(bytes)
    const found = (await Promise.all(read.signatures.map((each) => checkSignature(read, each)))).flat()
    return found[0]?.code ?? 'intact'
  } catch (error) {
    return (error as { problem?: { code: string } }).problem?.code ?? 'crash'
  }
}

test.each(['ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'EdDSA'] as const)(
  'R-JADES-1 B-B: a %s seal is read back intact, and jose verifies it',
  async (algorithm) => {
    const made = keyOf(algorithm)
    const bytes = await seal(made)
    expect(await codeOf(bytes)).toBe('intact')
    const read = readJades(bytes)
    expect(new TextDecoder().decode(read.payload)).toBe(payload)
    expect(read.signatures[0]!.claimedAt).toBe('2026-05-12T10:00:00Z')
    const { signatures } = JSON.parse(new TextDecoder().decode(bytes))
    const certificate = `-----BEGIN CERTIFICATE-----\n${toBase64(made.certificates[0]!)}\n-----END CERTIFICATE-----`
    const key = await importX509(certificate, algorithm)
    const verified = await flattenedVerify({ ...signatures[0], payload }, key)
    expect(new TextDecoder().decode(verified.payload)).toBe(payload)
  },
)

test('TS 119 182-1, 6.3: the header holds what baseline B-B demands, and binds the certificate', async () => {
  const header = headerOf(await seal(signer))
  expect(Object.keys(header)).toEqual(['alg', 'cty', 'kid', 'x5t#S256', 'x5c', 'typ', 'b64', 'iat', 'crit'])
  expect(header).toMatchObject({ alg: 'ES256', typ: 'jose+json', b64: false, iat: Math.floor(Date.parse(at) / 1000), crit: ['b64'] })
  expect((header.x5c as string[]).length).toBe(2)
})

test('TS 119 182-1 v1.2.1, 5.2.1: a seal made before 2025-07-15 tells its time in sigT, a later one in iat', async () => {
  const headerAt = async (moment: string) => {
    const prepared = await prepareSeal(document, { certificates: signer.certificates, algorithm: 'ES256', at: moment })
    const [text] = new TextDecoder('latin1').decode(prepared.toBeSigned).split('.')
    return JSON.parse(Buffer.from(text!, 'base64url').toString()) as Members
  }
  const before = await headerAt('2025-07-14T23:59:59Z')
  expect(before).toMatchObject({ sigT: '2025-07-14T23:59:59Z', crit: ['b64', 'sigT'] })
  expect(before).not.toHaveProperty('iat')
  const after = await headerAt('2025-07-15T00:00:00Z')
  expect(after).toMatchObject({ iat: 1_752_537_600, crit: ['b64'] })
  expect(after).not.toHaveProperty('sigT')
})

const sample = path.resolve(import.meta.dirname, '../../../../../shared/vectors/elm/samples/Sample-MC-Annex1-signed.jsonld')
test.skipIf(!existsSync(sample))("kid is written as in the Commission's sample (skipped where ../shared/vectors is absent)", async () => {
  const real = headerOf(new Uint8Array(readFileSync(sample)))
  const certificates = (real.x5c as string[]).map((each) => new Uint8Array(Buffer.from(each, 'base64')))
  const prepared = await prepareSeal(document, { certificates, algorithm: 'RS256', at })
  const [text] = new TextDecoder('latin1').decode(prepared.toBeSigned).split('.')
  const ours = JSON.parse(Buffer.from(text!, 'base64url').toString())
  expect(ours.kid).toBe(real.kid)
  expect(ours['x5t#S256']).toBe(real['x5t#S256'])
})

test('a prepared seal may be finished once, and only with a signature of the right width', async () => {
  const prepared = await prepareSeal(document, { certificates: signer.certificates, algorithm: 'ES256', at })
  const signature = await signer.sign(prepared.toBeSigned)
  expect(() => finishSeal(prepared, signature.subarray(1))).toThrowError(/seal.malformed/)
  finishSeal(prepared, signature)
  expect(() => finishSeal(prepared, signature)).toThrowError(/seal.already-finished/)
})

test('certificates that may not seal are refused before anything is signed', async () => {
  const given = { organisation: 'Small College', organizationIdentifier: 'VATXX-123' }
  for (const wrong of [{ ca: true }, { keyUsage: ['keyEncipherment'] as const }, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }]) {
    const { certificates } = issueSealCertificate(authority, { ...given, ...wrong })
    await expect(prepareSeal(document, { certificates, algorithm: 'ES256', at })).rejects.toMatchObject({
      problem: { code: 'certificate.wrong-usage' },
    })
  }
})

test('R-JOSE-1, R-JOSE-2, R-JOSE-5, RFC 7797, RFC 7515 4.1.11: headers that are refused', async () => {
  const cases: [string, string, (header: Members) => Members][] = [
    ['intact', 'unchanged', (header) => header],
    ['seal.algorithm-not-accepted', 'none', (header) => ({ ...header, alg: 'none' })],
    ['seal.algorithm-not-accepted', 'HS256', (header) => ({ ...header, alg: 'HS256' })],
    ['seal.algorithm-not-accepted', 'an inherited name', (header) => ({ ...header, alg: 'toString' })],
    ['seal.algorithm-not-accepted', "another kind than the certificate's key", (header) => ({ ...header, alg: 'RS256' })],
    ['seal.algorithm-not-accepted', 'another curve', (header) => ({ ...header, alg: 'ES384' })],
    ['seal.malformed', 'jwk', (header) => ({ ...header, jwk: {} })],
    ['seal.malformed', 'jku', (header) => ({ ...header, jku: 'https://a.example' })],
    ['seal.malformed', 'x5u', (header) => ({ ...header, x5u: 'https://a.example' })],
    ['seal.malformed', 'another type', (header) => ({ ...header, typ: 'vc+jwt' })],
    ['seal.critical-unknown', 'unknown critical', (header) => ({ ...header, crit: ['b64', 'sigT', 'exp'], exp: 1 })],
    ['seal.malformed', 'critical but absent', (header) => ({ ...header, crit: ['b64', 'sigT', 'adoTst'] })],
    ['seal.malformed', 'critical twice', (header) => ({ ...header, crit: ['b64', 'b64', 'sigT'] })],
    ['seal.malformed', 'empty crit', (header) => ({ ...header, crit: [] })],
    ['seal.malformed', 'b64 not critical', (header) => ({ ...header, crit: ['sigT'] })],
    ['seal.malformed', 'b64 without any crit', ({ crit: _, ...header }) => header],
    ['seal.malformed', 'two times', (header) => ({ ...header, iat: 1_778_580_000 })],
    ['seal.malformed', 'a time that is none', (header) => ({ ...header, sigT: '2026-02-30T00:00:00Z' })],
    ['seal.malformed', 'a time in no zone', (header) => ({ ...header, sigT: '2026-02-03T00:00:00' })],
    ['intact', 'iat', ({ sigT: _, ...header }) => ({ ...header, iat: 1_778_580_000, crit: ['b64'] })],
    ['intact', 'payload in base64url', ({ b64: _, ...header }) => ({ ...header, crit: ['sigT'] })],
    ['seal.certificate-missing', 'no certificate', ({ x5c: _, ...header }) => header],
    ['seal.malformed', 'seven certificates', (header) => ({ ...header, x5c: Array(7).fill((header.x5c as string[])[0]) })],
    ['certificate.malformed', 'certificate cut off', (header) => ({ ...header, x5c: [(header.x5c as string[])[0]!.slice(0, 400)] })],
    ['seal.certificate-mismatch', 'two certificates swapped', (header) => ({ ...header, x5c: [...(header.x5c as string[])].reverse() })],
    ['seal.certificate-mismatch', 'thumbprint of another', (header) => ({ ...header, 'x5t#S256': 'A'.repeat(43) })],
    ['seal.certificate-mismatch', 'no thumbprint', ({ 'x5t#S256': _, ...header }) => header],
    [
      'seal.certificate-mismatch',
      'another digest of another certificate',
      ({ 'x5t#S256': _, ...header }) => ({ ...header, 'x5t#o': { digAlg: 'S512', digVal: 'A'.repeat(86) } }),
    ],
    ['json.forbidden-member', 'a prototype', (header) => JSON.parse(JSON.stringify(header).replace('"cty"', '"__proto__"'))],
  ]
  for (const [expected, what, change] of cases) expect(await codeOf(await sealWith(change)), what).toBe(expected)
})

test('R-X509-1: signed by another key than the certificate before it in x5c names', async () => {
  const other = keyOf('ES256')
  const bytes = await sealWith((header) => ({ ...header, x5c: other.certificates.map(toBase64) }))
  expect(await codeOf(bytes)).toBe('seal.certificate-mismatch')
})

test('R-JSON-1, R-JOSE-4: an envelope is read strictly', async () => {
  const good = new TextDecoder().decode(await seal(signer))
  const cases: [string, string, string][] = [
    ['a byte order mark', `\ufeff${good}`, 'seal.malformed'],
    ['a member twice', good.replace('{"payload"', '{"payload":"","payload"'), 'json.duplicate-member'],
    ['an unknown member', good.replace('{"payload"', '{"more":1,"payload"'), 'seal.malformed'],
    ['a second spelling', good.replace('{"payload"', '{"Payload":"","payload"'), 'json.duplicate-member'],
    ['padding', good.replace('","signature":"', '=","signature":"'), 'seal.malformed'],
    ['no signature', good.replace(/"signatures":\[.*\]/s, '"signatures":[]'), 'seal.malformed'],
    ['something after it', `${good} {}`, 'json.syntax'],
    ['an unprotected algorithm', good.replace('"signature":"', '"header":{"alg":"none"},"signature":"'), 'seal.malformed'],
  ]
  for (const [what, text, expected] of cases) expect(await codeOf(new TextEncoder().encode(text)), what).toBe(expected)
})

test('RFC 7515, 3 and 7.2: compact and flattened forms are read too', async () => {
  const whole = await sealWith(({ b64: _, ...header }) => ({ ...header, crit: ['sigT'] }))
  const { payload: body, signatures } = JSON.parse(new TextDecoder().decode(whole))
  const compact = `${signatures[0].protected}.${body}.${signatures[0].signature}`
  const bytes = (text: string) => new TextEncoder().encode(text)
  expect(await codeOf(bytes(compact))).toBe('intact')
  expect(await codeOf(bytes(`${compact}\n`))).toBe('intact')
  for (const bad of [` ${compact}`, `${compact}\n\n`, `${compact}=`, `\ufeff${compact}`, `${compact.slice(0, -1)}`])
    expect(await codeOf(bytes(bad))).not.toBe('intact')
  expect(await codeOf(bytes(JSON.stringify({ payload: body, ...signatures[0] })))).toBe('intact')
})

test('R-JOSE-3: r and s outside their range, and a signature in DER, do not hold', async () => {
  const envelope = JSON.parse(new TextDecoder().decode(await seal(signer)))
  const raw = fromBase64Url(envelope.signatures[0].signature)!
  for (const wrong of [new Uint8Array(64), new Uint8Array(64).fill(255), raw.subarray(0, 63), Uint8Array.of(...raw, 0)]) {
    const changed = { ...envelope, signatures: [{ ...envelope.signatures[0], signature: toBase64Url(wrong) }] }
    expect(await codeOf(new TextEncoder().encode(JSON.stringify(changed)))).toBe('seal.broken')
  }
})
