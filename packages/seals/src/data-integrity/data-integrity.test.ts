/** Every intermediate value that the W3C publishes for its suites, and every published credential with a proof. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type JsonObject, parseJson } from '@cairn/core'
import { cpuClock } from '@cairn/testkit'
import { describe, expect, test } from 'vitest'
import { hashHex, hashNow } from '#hash'
import { toHex } from '../base64.ts'
import { checkProofs, vocabularyOf } from './check-proofs.ts'
import { createProof, type ProofGiven, type SigningSuite } from './create-proof.ts'
import { canonicalQuads, proofOptions, rdfcHashData } from './hash-data.ts'
import { fromBase58, fromMultibase, toBase58, toMultibase } from './multibase.ts'

const vectors = path.resolve(import.meta.dirname, '../../../../../shared/vectors')
const there = existsSync(vectors)
const read = (file: string) => readFileSync(path.join(vectors, file), 'utf8')
const json = (file: string) => parseJson(read(file)) as JsonObject
const contexts = new Map([
  ['https://www.w3.org/ns/credentials/examples/v2', { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }],
])
const withoutProof = ({ proof: _, ...document }: JsonObject) => document

describe.skipIf(!there).each([
  ['eddsa-rdfc-2022', 'DataInt'],
  ['ecdsa-rdfc-2019-p256', 'ECDSAP256'],
])('W3C %s: every value on the way (needs ../shared/vectors)', (folder, suffix) => {
  const text = (name: string) => read(`data-integrity/${folder}/${name}${suffix}.txt`)
  const signed = there ? json(`data-integrity/${folder}/signed${suffix}.json`) : {}

  test('canonical forms and their digests', async () => {
    const vocabulary = await vocabularyOf(contexts)
    const document = canonicalQuads(withoutProof(signed), vocabulary, 'SHA-256')
    expect(document).toBe(text('canonDoc'))
    expect(hashHex('SHA-256', document)).toBe(text('docHash'))
    const options = proofOptions(signed.proof as JsonObject, signed)
    expect(options).toEqual(json(`data-integrity/${folder}/proofConfig${suffix}.json`))
    const proof = canonicalQuads(options, vocabulary, 'SHA-256')
    expect(proof).toBe(text('proofCanon'))
    expect(hashHex('SHA-256', proof)).toBe(text('proofHash'))
    expect(toHex(rdfcHashData(withoutProof(signed), options, vocabulary, 'SHA-256'))).toBe(text('combinedHash'))
  })

  test('the signature, in both spellings, and that it holds', async () => {
    const value = fromMultibase((signed.proof as JsonObject).proofValue as string)!
    expect(toHex(value)).toBe(text('sigHex'))
    expect(toMultibase(value)).toBe(text('sigBTC58'))
    const { proofs } = await checkProofs(signed, { contexts })
    expect(proofs.map(({ outcome }) => outcome)).toEqual(['passed'])
  })
})

const dcc = there
  ? (readdirSync(path.join(vectors, 'dcc'), { recursive: true }) as string[]).filter((name) => name.endsWith('.json')).sort()
  : []
describe.skipIf(!there)('published credentials: the proof holds (needs ../shared/vectors)', () => {
  test.each(dcc)('%s', async (name) => {
    const { proofs } = await checkProofs(json(`dcc/${name}`))
    const expected = name.endsWith('badSchema.json') ? 'context.inline' : /didweb/i.test(name) ? 'proof.key-not-at-hand' : undefined
    expect(proofs.map((proof) => proof.problem?.code)).toEqual([expected])
  })
})

const pairs = {
  EdDSA: generateKeyPairSync('ed25519'),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
}
const prefixes = { EdDSA: [0xed, 1], ES256: [0x80, 0x24], ES384: [0x81, 0x24] }
function given(suite: SigningSuite, algorithm: keyof typeof pairs, created = '2026-05-12T10:00:00Z'): ProofGiven {
  const { publicKey, privateKey } = pairs[algorithm]
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  const size = algorithm === 'ES384' ? 48 : 32
  const point = algorithm === 'EdDSA' ? spki.slice(-32) : Uint8Array.of((spki.at(-1)! & 1) + 2, ...spki.slice(-2 * size, -size))
  const key = toMultibase(Uint8Array.of(...prefixes[algorithm], ...point))
  return {
    suite,
    algorithm,
    created,
    verificationMethod: `did:key:${key}#${key}`,
    sign: (bytes) =>
      algorithm === 'EdDSA'
        ? sign(null, bytes, privateKey)
        : sign(algorithm === 'ES256' ? 'sha256' : 'sha384', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  }
}
const badge: JsonObject = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: 'https://issuer.example/1',
  name: 'Reading a météogramme',
  validFrom: '2026-05-12T00:00:00Z',
  credentialSubject: {
    type: ['AchievementSubject'],
    achievement: {
      id: 'urn:uuid:00000000-0000-4000-8000-000000000002',
      type: ['Achievement'],
      name: 'A "quoted" name',
      description: 'two\nlines',
      criteria: { narrative: 'n' },
    },
  },
}
const outcomes = async (document: JsonObject) =>
  (await checkProofs(document)).proofs.map(({ outcome, problem }) => problem?.code ?? outcome)

describe.each([
  ['eddsa-rdfc-2022', 'EdDSA'],
  ['eddsa-jcs-2022', 'EdDSA'],
  ['ecdsa-rdfc-2019', 'ES256'],
  ['ecdsa-rdfc-2019', 'ES384'],
  ['ecdsa-jcs-2019', 'ES256'],
  ['ecdsa-jcs-2019', 'ES384'],
] as const)('%s with %s', (suite, algorithm) => {
  test('what is signed holds; what is changed does not', async () => {
    const signed = await createProof(badge, given(suite, algorithm))
    expect(await outcomes(signed)).toEqual(['passed'])
    expect(await outcomes({ ...signed, name: 'another' })).toEqual(['seal.broken'])
    const proof = signed.proof as JsonObject
    expect(await outcomes({ ...signed, proof: { ...proof, created: '2026-05-12T10:00:01Z' } })).toEqual(['seal.broken'])
    expect(await outcomes({ ...signed, proof: { ...proof, proofPurpose: 'authentication' } })).toEqual(['proof.purpose'])
    expect(await outcomes({ ...signed, proof: { ...proof, cryptosuite: 'ecdsa-xi-2023' } })).toEqual(['proof.suite-not-accepted'])
    expect(await outcomes({ ...signed, proof: { ...proof, proofValue: `z${'1'.repeat(9000)}` } })).toEqual(['proof.malformed'])
  })
})

describe('R-LD-1, R-LD-2: what could change the meaning unseen is refused', () => {
  const changed = async (change: (signed: JsonObject) => JsonObject) =>
    outcomes(change(JSON.parse(JSON.stringify(await createProof(badge, given('eddsa-rdfc-2022', 'EdDSA')))) as JsonObject))
  test.each<[string, string, (signed: JsonObject) => JsonObject]>([
    ['an undefined word', 'context.term-undefined', (signed) => ({ ...signed, honours: 'summa cum laude' })],
    [
      'an undefined word below',
      'context.term-undefined',
      (signed) => ({ ...signed, credentialSubject: { ...(signed.credentialSubject as JsonObject), x: 1 } }),
    ],
    ['an undefined type', 'context.term-undefined', (signed) => ({ ...signed, type: ['VerifiableCredential', 'Diploma'] })],
    ['a word written as its IRI', 'context.term-undefined', ({ name, ...signed }) => ({ ...signed, 'https://schema.org/name': name! })],
    ['a keyword in place of its word', 'context.beyond-profile', ({ id, ...signed }) => ({ ...signed, '@id': id! })],
    [
      'an inline vocabulary',
      'context.inline',
      (signed) => ({ ...signed, '@context': [...(signed['@context'] as string[]), { x: 'urn:x' }] }),
    ],
    [
      'an inline vocabulary below',
      'context.inline',
      (signed) => ({ ...signed, credentialSubject: { ...(signed.credentialSubject as JsonObject), '@context': { x: 'urn:x' } } }),
    ],
    [
      'an unknown vocabulary',
      'context.unknown',
      (signed) => ({ ...signed, '@context': ['https://www.w3.org/ns/credentials/v2', 'https://elsewhere.example/c'] }),
    ],
    ['@nest', 'context.term-undefined', (signed) => ({ ...signed, '@nest': { name: 'x' } })],
    ['@graph', 'context.term-undefined', (signed) => ({ ...signed, '@graph': [] })],
    ['@reverse', 'context.term-undefined', (signed) => ({ ...signed, '@reverse': {} })],
    ['@included', 'context.term-undefined', (signed) => ({ ...signed, '@included': [] })],
    ['a relative name', 'context.term-undefined', (signed) => ({ ...signed, id: 'relative' })],
  ])('%s', async (_, code, change) => {
    expect(await changed(change)).toEqual([code])
  })
})

test('Data Integrity 2.1: sets and chains of proofs', async () => {
  const one = await createProof(badge, given('eddsa-rdfc-2022', 'EdDSA'))
  const both = await createProof(one, given('ecdsa-rdfc-2019', 'ES256'))
  expect(await outcomes(both)).toEqual(['passed', 'passed'])
  const id = 'urn:uuid:00000000-0000-4000-8000-000000000009'
  // A proof's name is signed as well, so that a chain cannot be tied to another proof.
  expect(await outcomes({ ...one, proof: [{ ...(one.proof as JsonObject), id }] })).toEqual(['seal.broken'])
  expect(await outcomes({ ...one, proof: [{ ...(one.proof as JsonObject), previousProof: id }] })).toEqual(['proof.chain-broken'])
})

test('R-LIM-1: eight proofs are judged, and nine are not; a proof of more than 8 KiB is none', async () => {
  const one = await createProof(badge, given('eddsa-rdfc-2022', 'EdDSA'))
  const proof = one.proof as JsonObject
  expect(await outcomes({ ...one, proof: Array(8).fill(proof) })).toEqual(Array(8).fill('passed'))
  await expect(checkProofs({ ...one, proof: Array(9).fill(proof) })).rejects.toMatchObject({
    problem: { code: 'proof.malformed', detail: /more than 8/ },
  })
  const spent = cpuClock()
  expect(await outcomes({ ...one, proof: { ...proof, proofValue: `z${'1'.repeat(500_000)}` } })).toEqual(['proof.malformed'])
  expect(spent()).toBeLessThan(500)
})

test('Ed25519Signature2020 is read, and no other suite stands under its name', async () => {
  const old: JsonObject = {
    ...badge,
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
      'https://w3id.org/security/suites/ed25519-2020/v1',
    ],
  }
  const { verificationMethod, sign: signWith } = given('eddsa-rdfc-2022', 'EdDSA')
  const proof = { type: 'Ed25519Signature2020', created: '2026-05-12T10:00:00Z', verificationMethod, proofPurpose: 'assertionMethod' }
  const data = rdfcHashData(old, proofOptions(proof, old), await vocabularyOf(), 'SHA-256')
  const signed = { ...old, proof: { ...proof, proofValue: toMultibase(await signWith(data)) } }
  expect(await outcomes(signed)).toEqual(['passed'])
  expect(await outcomes({ ...signed, name: 'another' })).toEqual(['seal.broken'])
  expect(await outcomes({ ...signed, proof: { ...signed.proof, cryptosuite: 'eddsa-rdfc-2022' } })).toEqual(['proof.suite-not-accepted'])
})

test('Data Integrity, 2.1.2: a chain holds in its order, and only with the proof it rests on', async () => {
  const { verificationMethod, sign: signWith } = given('eddsa-rdfc-2022', 'EdDSA')
  const vocabulary = await vocabularyOf()
  const options = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: '2026-05-12T10:00:00Z',
    verificationMethod,
    proofPurpose: 'assertionMethod',
  }
  const first = { ...options, id: 'urn:uuid:00000000-0000-4000-8000-000000000009' }
  const one = { ...first, proofValue: toMultibase(await signWith(rdfcHashData(badge, proofOptions(first, badge), vocabulary, 'SHA-256'))) }
  const second = { ...options, previousProof: first.id }
  const rests = { ...badge, proof: [one] }
  const two = {
    ...second,
    proofValue: toMultibase(await signWith(rdfcHashData(rests, proofOptions(second, badge), vocabulary, 'SHA-256'))),
  }
  expect(await outcomes({ ...badge, proof: [one, two] })).toEqual(['passed', 'passed'])
  expect(await outcomes({ ...badge, proof: [two] })).toEqual(['proof.chain-broken'])
  expect(await outcomes({ ...badge, proof: [{ ...one, created: '2026-05-12T10:00:01Z' }, two] })).toEqual(['seal.broken', 'seal.broken'])
})

test('base58: both ways, leading zeros kept', () => {
  for (const bytes of [[], [0], [0, 0, 1], [255, 255], [...hashNow('SHA-256', 'x')]])
    expect([...fromBase58(toBase58(Uint8Array.from(bytes)))!]).toEqual(bytes)
  expect(fromBase58('0OIl')).toBeUndefined()
})
