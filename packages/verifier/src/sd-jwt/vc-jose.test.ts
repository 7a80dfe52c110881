/** VC-JOSE-COSE: the published tokens of the W3C suite, each with the outcome that its name says, and what else is refused. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { JsonObject, Report, TrustEntry } from '@cairn/core'
import { bitsFrom, composeStatusList } from '@cairn/formats'
import { signCompact, toBase64Url } from '@cairn/seals'
import { makeTokenKey, sampleInstitution, signAny } from '@cairn/testkit'
import { expect, test } from 'vitest'
import { standardPolicy } from '../policy.ts'
import { entry, evidenceOf, listAddress, now, registryOf, sealKey } from '../vectors/neighbourhood.ts'
import { verify } from '../verify.ts'

const folder = path.resolve(import.meta.dirname, '../../../../../shared/vectors/jose')
const there = existsSync(folder)
const utf8 = new TextEncoder()
const codes = ({ findings }: Report) => findings.flatMap(({ problem }) => (problem ? [problem.code] : []))
const did = (jwk: JsonObject) => `did:jwk:${toBase64Url(utf8.encode(JSON.stringify(jwk)))}`

/**
 * The suite's P-384 key is published nowhere beside its tokens: this is the one that ECDSA key recovery gives for the good token, and its RFC 7638
 * thumbprint is the token's `kid`.
 */
const p384 = {
  crv: 'P-384',
  kty: 'EC',
  x: 'PBM13G1rU-NPczSpFO7QGc-uSUHqoDPZSbshgR820ligqFB2yGFbE90VnpTiSswG',
  y: 'x7mdD6reunUlSQ5LoC2GDpLOrjbIMLnt1TEGgxoyXSaKScPPRYY7hTr3geCvEZpf',
}

function suiteIssuer(): TrustEntry {
  const published = ['vm-p256.json', 'vm-ed25519.json'].map(
    (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')).publicKeyJwk,
  )
  return {
    ...entry,
    id: 'https://example.issuer/vc-jose-cose',
    legalName: 'W3C suite',
    organizationIdentifier: undefined,
    keys: [...published, p384].map(did),
    from: null,
  }
}
const judge = (file: string, evidence = evidenceOf(registryOf(suiteIssuer()))) =>
  verify(new Uint8Array(readFileSync(path.join(folder, file))), evidence, standardPolicy, now)

test('the key that was recovered is the one that the suite names', () => {
  expect(createHash('sha256').update(JSON.stringify(p384)).digest('base64url')).toBe('96qBnDpvS6x8YSCH_xmnLlXZMkDhHBr8lj99u5aog7s')
})

test.skipIf(!there)('credential-jose-minimal: valid (vectors beside this checkout)', async () => {
  expect(await judge('credential-jose-minimal.txt')).toMatchObject({
    format: 'vc-jwt',
    verdict: 'valid',
    registry: { legalName: 'W3C suite' },
    view: { id: 'http://university.example/credentials/1872', title: 'Bachelor of Science and Arts', validFrom: '2010-01-01T19:23:24Z' },
  })
  // Without a key of the issuer nobody can say anything, and nothing is shown.
  const alone = await judge('credential-jose-minimal.txt', evidenceOf(registryOf()))
  expect(alone).toMatchObject({ verdict: 'indeterminate', results: { seal: 'unknown' } })
  expect(alone.view).toBeUndefined()
})

test.skipIf(!there)('credential-sdjwt-selective: valid, with what is disclosed (vectors beside this checkout)', async () => {
  expect(await judge('credential-sdjwt-selective.txt')).toMatchObject({
    format: 'sd-jwt',
    verdict: 'valid',
    view: { learner: 'Jane Doe', dateOfBirth: '1990-01-01', title: 'IdentityCredential' },
  })
})

for (const [file, code] of [
  ['credential-jose-bad-signature.txt', 'seal.broken'],
  ['credential-sdjwt-bad-signature.txt', 'seal.broken'],
  ['credential-jose-vc-vp-claims.txt', 'vc-jose.claim-forbidden'],
  ['credential-jose-bad-media-type.txt', 'seal.malformed'],
] as const)
  test.skipIf(!there)(`${file.replace('.txt', '')}: invalid, and nothing is shown (vectors beside this checkout)`, async () => {
    const report = await judge(file)
    expect(report).toMatchObject({ verdict: 'invalid', results: { seal: 'failed' } })
    expect(report.view).toBeUndefined()
    expect(codes(report)).toContain(code)
  })

const document = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: 'urn:x:1',
  type: ['VerifiableCredential'],
  issuer: { id: entry.id, name: 'Lakeside' },
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: { id: 'urn:x:2', name: 'Ana' },
}
const ours = async (over: object = {}) =>
  verify(utf8.encode(await signCompact(JSON.stringify({ ...document, ...over }), 'vc+jwt', sealKey)), evidenceOf(), standardPolicy, now)

test('VC-JOSE-COSE, 3.1: under a certificate, with the claims of the token beside', async () => {
  expect(await ours()).toMatchObject({ verdict: 'valid', view: { learner: 'Ana', issuer: 'Lakeside' }, registry: { id: entry.id } })
  expect((await ours({ iss: entry.id, exp: Date.parse(now) / 1000 + 1 })).verdict).toBe('valid')
  expect(await ours({ exp: Date.parse(now) / 1000 - 1, validUntil: '2027-01-01T00:00:00Z' })).toMatchObject({
    results: { validity: 'failed' },
  })
  expect(await ours({ validUntil: '2026-01-02T00:00:00Z', exp: 4000000000 })).toMatchObject({ results: { validity: 'failed' } })
  expect(await ours({ exp: 'never' })).toMatchObject({ verdict: 'indeterminate', results: { validity: 'unknown' } })
  expect(codes(await ours({ iss: 'https://other.example' }))).toContain('issuer.not-bound-to-seal')
  expect(await ours({ credentialStatus: { type: 'StatusList2021Entry', id: 'x' } })).toMatchObject({
    verdict: 'indeterminate',
    results: { status: 'unknown' },
  })
  expect(await ours({ status: { other: {} } })).toMatchObject({ results: { status: 'unknown' } })
})

test('R-JOSE-5: kinds of token exclude one another', async () => {
  const key = makeTokenKey('ES256')
  const registry = registryOf({ ...entry, organizationIdentifier: undefined, keys: [did(key.jwk)] })
  const as = async (typ: string, payload: object, end = '~') =>
    verify(utf8.encode(`${signAny(key, { alg: 'ES256', typ }, payload)}${end}`), evidenceOf(registry), standardPolicy, now)
  const vc = { vct: 'urn:x:type', iss: entry.id }
  expect((await as('dc+sd-jwt', vc)).verdict).toBe('valid')
  expect((await as('vc+sd-jwt', document)).verdict).toBe('valid')
  expect((await as('vc+jwt', document, '')).verdict).toBe('valid')
  expect(codes(await as('vc+sd-jwt', vc))).toContain('sd-jwt.wrong-kind')
  expect(codes(await as('dc+sd-jwt', document))).toContain('sd-jwt.type-missing')
  expect(codes(await as('vc+jwt', vc, ''))).toContain('sd-jwt.wrong-kind')
  for (const [typ, end] of [
    ['vc+jwt', '~'],
    ['JWT', '~'],
    ['kb+jwt', '~'],
    ['statuslist+jwt', '~'],
    ['dc+sd-jwt', ''],
    ['vc+sd-jwt', ''],
    ['openid4vci-proof+jwt', ''],
    ['at+jwt', ''],
  ] as const)
    expect((await as(typ, { ...document, ...vc }, end)).verdict, typ + end).toBe('invalid')
  for (const name of ['vc', 'vp']) expect(codes(await as('vc+sd-jwt', { ...document, [name]: {} }))).toContain('vc-jose.claim-forbidden')
})

test('an issuer of the web: the key that its own document lets make assertions', async () => {
  const key = makeTokenKey('EdDSA')
  const id = 'did:web:college.example'
  const bytes = (value: unknown) => utf8.encode(JSON.stringify(value))
  const method = { id: `${id}#k1`, type: 'JsonWebKey', controller: id, publicKeyJwk: key.jwk }
  const token = utf8.encode(signAny(key, { alg: 'EdDSA', typ: 'vc+jwt', kid: `${id}#k1` }, { ...document, issuer: id }))
  const under = (didDocument: object | undefined, keys: string[]) =>
    verify(
      token,
      {
        ...evidenceOf(registryOf({ ...entry, id, organizationIdentifier: undefined, keys })),
        ...(didDocument ? { didDocuments: { [id]: bytes(didDocument) } } : {}),
      },
      standardPolicy,
      now,
    )
  const whole = { id, verificationMethod: [method], assertionMethod: ['#k1'] }
  for (const keys of [[], [id]]) expect((await under(whole, keys)).verdict).toBe('valid')
  expect(codes(await under(undefined, []))).toEqual(['issuer.key-missing'])
  expect(codes(await under({ ...whole, assertionMethod: [] }, []))).toEqual(['issuer.key-missing'])
  expect(codes(await under({ ...whole, id: 'did:web:other.example' }, []))).toEqual(['issuer.key-missing'])
  expect(await under({ ...whole, verificationMethod: [{ ...method, publicKeyJwk: makeTokenKey('EdDSA').jwk }] }, [])).toMatchObject({
    verdict: 'invalid',
  })
})

test('R-ST-1: a Bitstring status list of an issuer without certificate, signed by the same key', async () => {
  const key = makeTokenKey('ES256')
  const id = did(key.jwk)
  const registry = registryOf({ ...entry, id, organizationIdentifier: undefined, keys: [] })
  const status = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '7', statusListCredential: listAddress }
  const token = utf8.encode(signAny(key, { alg: 'ES256', typ: 'vc+jwt' }, { ...document, issuer: id, credentialStatus: status }))
  const list = async (revoked: number[], by = key) => {
    const text = await composeStatusList({
      id: listAddress,
      issuer: { organisation: { ...sampleInstitution, id: id as never }, organizationIdentifier: 'x' },
      purpose: 'revocation',
      validFrom: '2026-05-12T09:30:00Z',
      validUntil: '2026-05-13T09:30:00Z',
      bits: bitsFrom(131_072, revoked),
    })
    return { [listAddress]: utf8.encode(signAny(by, { alg: 'ES256', typ: 'vc+jwt', kid: `${did(by.jwk)}#0` }, JSON.parse(text))) }
  }
  const under = async (lists: Record<string, Uint8Array>) => verify(token, evidenceOf(registry, lists), standardPolicy, now)
  expect((await under(await list([8]))).verdict).toBe('valid')
  expect(await under(await list([7]))).toMatchObject({ verdict: 'invalid', results: { status: 'failed' } })
  expect(await under({})).toMatchObject({ verdict: 'indeterminate', results: { status: 'unknown' } })
  expect(await under(await list([8], makeTokenKey('ES256')))).toMatchObject({ verdict: 'indeterminate', results: { status: 'unknown' } })
})
