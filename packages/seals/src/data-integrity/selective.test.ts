/** Selective disclosure beside the reference library, both ways: what one signs the other derives, and each verifies what the other derived. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { JsonObject } from '@cairn/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { didKeyOfSpki } from '../vc-jose/rsa-key.ts'
import { type CborValue, decodeCbor, encodeCbor } from './cbor.ts'
import { checkProofs } from './check-proofs.ts'
import { loadContexts } from './contexts.ts'
import { fromMultibase, toMultibaseUrl } from './multibase.ts'
import { selectJson } from './select-json.ts'
import { createSelectiveProof, deriveProof } from './selective-proofs.ts'

const issuer = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const local = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const spkiOf = (pair: typeof issuer) => new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }))
const signWith = (pair: typeof issuer) => (bytes: Uint8Array) =>
  new Uint8Array(sign('sha256', bytes, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }))
const did = didKeyOfSpki(spkiOf(issuer))!
const verificationMethod = `${did}#${did.slice(8)}`
const now = '2026-05-13T10:00:00Z'
const badge = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: did, type: ['Profile'], name: 'Lakeside' },
  name: 'Climate records',
  validFrom: '2026-05-12T00:00:00Z',
  credentialSubject: {
    type: ['AchievementSubject'],
    identifier: [
      { type: 'IdentityObject', hashed: false, identityHash: 'Žofie Dvořáková', identityType: 'name' },
      { type: 'IdentityObject', hashed: false, identityHash: 'S-1', identityType: 'identifier' },
    ],
    result: [{ type: ['Result'], value: 'A' }],
    achievement: {
      id: 'urn:uuid:00000000-0000-4000-8000-000000000002',
      type: ['Achievement'],
      name: 'Climate records',
      description: 'd',
      criteria: { narrative: 'n' },
    },
  },
} as unknown as JsonObject
const mandatoryPointers = ['/issuer', '/validFrom', '/credentialSubject/achievement']

let base: JsonObject
let documentLoader: (url: string) => Promise<object>
let key: { signer(): object }
beforeAll(async () => {
  base = await createSelectiveProof(badge, {
    verificationMethod,
    created: now,
    sign: signWith(issuer),
    hmacKey: new Uint8Array(randomBytes(32)),
    local: { publicKey: fromMultibase(didKeyOfSpki(spkiOf(local))!.slice(8))!, sign: signWith(local) },
    mandatoryPointers,
  })
  const { from } = await import('@digitalbazaar/ecdsa-multikey')
  const { contexts } = await import('@digitalbazaar/multikey-context')
  const jwk = issuer.privateKey.export({ format: 'jwk' })
  const secret = fromMultibase(`u${jwk.d}`)!
  const { toMultibase } = await import('./multibase.ts')
  const made = await from({
    type: 'Multikey',
    id: verificationMethod,
    controller: did,
    publicKeyMultibase: did.slice(8),
    secretKeyMultibase: toMultibase(Uint8Array.of(0x86, 0x26, ...secret)),
  })
  key = made
  const method = await made.export({ publicKey: true, includeContext: true })
  const relation = { '@id': 'https://w3id.org/security#assertionMethod', '@type': '@id', '@container': '@set' }
  const controller = { '@context': { id: '@id', assertionMethod: relation }, id: did, assertionMethod: [verificationMethod] }
  const known = new Map<string, object>([...(await loadContexts()), ...contexts, [did, controller], [verificationMethod, method]])
  documentLoader = async (url) => ({ document: known.get(url), documentUrl: url })
})

const outcome = async (document: JsonObject) => {
  const [proof] = (await checkProofs(document)).proofs
  return proof!.problem?.code ?? proof!.outcome
}
async function referenceVerifies(credential: JsonObject) {
  const [{ verifyCredential }, { DataIntegrityProof }, { createVerifyCryptosuite }] = await Promise.all([
    import('@digitalbazaar/vc'),
    import('@digitalbazaar/data-integrity'),
    import('@digitalbazaar/ecdsa-sd-2023-cryptosuite'),
  ])
  const suite = new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() })
  const result = await verifyCredential({ credential: JSON.parse(JSON.stringify(credential)), suite, documentLoader, now: new Date(now) })
  if (result.error) throw result.error
  return result.verified
}

describe('ecdsa-sd-2023', () => {
  test('what is derived holds, shows what is mandatory and selected, and nothing else', async () => {
    const shown = await deriveProof(base, ['/credentialSubject/identifier/0'])
    expect(await outcome(shown)).toBe('passed')
    const text = JSON.stringify(shown)
    expect(text).toContain('Žofie Dvořáková')
    expect(text).toContain('Climate records')
    expect(text).not.toContain('"S-1"')
    expect(shown.credentialSubject).not.toHaveProperty('result')
    expect(await referenceVerifies(shown)).toBe(true)
  })
  test('nothing selected still shows what is mandatory; a pointer that leads nowhere is refused', async () => {
    const shown = await deriveProof(base, [])
    expect(await outcome(shown)).toBe('passed')
    await expect(deriveProof(base, ['/nowhere'])).rejects.toThrow('input.invalid')
  })
  test('ECDSA 1.0, 3.6.7: a base proof is not for verifiers', async () => expect(await outcome(base)).toBe('proof.malformed'))
  test('what is changed, added or left out does not hold', async () => {
    const shown = JSON.parse(JSON.stringify(await deriveProof(base, ['/credentialSubject/identifier/0', '/name']))) as JsonObject
    const subject = shown.credentialSubject as JsonObject
    expect(await outcome({ ...shown, name: 'Another' })).toBe('seal.broken')
    expect(await outcome({ ...shown, validUntil: '2030-01-01T00:00:00Z' })).toBe('seal.broken')
    const { name: _name, ...without } = shown
    expect(await outcome(without)).toBe('seal.broken')
    expect(await outcome({ ...shown, credentialSubject: { ...subject, licenseNumber: '1' } })).toBe('seal.broken')
    const { validFrom: _from, ...withoutMandatory } = shown
    expect(await outcome(withoutMandatory)).toBe('seal.broken')
  })
  test('a base proof of the reference is derived by us', async () => {
    const [{ issue }, { DataIntegrityProof }, { createSignCryptosuite }] = await Promise.all([
      import('@digitalbazaar/vc'),
      import('@digitalbazaar/data-integrity'),
      import('@digitalbazaar/ecdsa-sd-2023-cryptosuite'),
    ])
    const suite = new DataIntegrityProof({ signer: key.signer(), cryptosuite: createSignCryptosuite({ mandatoryPointers }), date: now })
    const signed = (await issue({ credential: JSON.parse(JSON.stringify(badge)), suite, documentLoader, now: new Date(now) })) as JsonObject
    const shown = await deriveProof(signed, ['/name'])
    expect(await outcome(shown)).toBe('passed')
    expect(await referenceVerifies(shown)).toBe(true)
  })
  test('what the reference derives from ours holds', async () => {
    const [{ derive }, { DataIntegrityProof }, { createDiscloseCryptosuite }] = await Promise.all([
      import('@digitalbazaar/vc'),
      import('@digitalbazaar/data-integrity'),
      import('@digitalbazaar/ecdsa-sd-2023-cryptosuite'),
    ])
    const suite = new DataIntegrityProof({ cryptosuite: createDiscloseCryptosuite({ selectivePointers: ['/credentialSubject/result'] }) })
    const shown = (await derive({ verifiableCredential: JSON.parse(JSON.stringify(base)), suite, documentLoader })) as JsonObject
    expect(await outcome(shown)).toBe('passed')
    expect(JSON.stringify(shown)).toContain('"A"')
  })
  test('a signature more or less than there are statements does not hold', async () => {
    const shown = await deriveProof(base, ['/name'])
    const parts = decodeCbor(fromMultibase((shown.proof as JsonObject).proofValue as string)!.subarray(3)) as CborValue[]
    const signatures = parts[2] as readonly Uint8Array[]
    for (const others of [[...signatures, signatures[0]!], signatures.slice(1), []]) {
      const value = Uint8Array.of(0xd9, 0x5d, 1, ...encodeCbor([parts[0]!, parts[1]!, others, parts[3]!, parts[4]!]))
      expect(await outcome({ ...shown, proof: { ...(shown.proof as JsonObject), proofValue: toMultibaseUrl(value) } })).toBe('seal.broken')
    }
  })
  test('R-LIM-1: a value that is no CBOR of this suite is refused', async () => {
    const shown = await deriveProof(base, [])
    for (const parts of [Uint8Array.of(0x80), Uint8Array.of(0x9f), new Uint8Array(300).fill(0x81), encodeCbor([1, 2, 3, 4, 5])])
      expect(
        await outcome({
          ...shown,
          proof: { ...(shown.proof as JsonObject), proofValue: toMultibaseUrl(Uint8Array.of(0xd9, 0x5d, 1, ...parts)) },
        }),
      ).toBe('proof.malformed')
  })
})

test('CBOR: both ways', () => {
  const value = [1, 24, 1000, 'ž', Uint8Array.of(1, 2), [[]], new Map([[3, Uint8Array.of(9)]])]
  expect(decodeCbor(encodeCbor(value))).toEqual(value)
})

test('JSON Pointers select with identifiers and types on the way', () => {
  const document = { '@context': 'c', id: 'urn:a', type: 'T', a: { id: 'urn:b', type: 'U', x: 1, y: [{ z: 1 }, { z: 2 }] } }
  expect(selectJson(document, ['/a/y/1'], () => undefined)).toEqual({
    '@context': 'c',
    id: 'urn:a',
    type: 'T',
    a: { id: 'urn:b', type: 'U', y: [{ z: 2 }] },
  })
  expect(selectJson(document, ['/a/x', '/a'], () => undefined)).toEqual(document)
  expect(() => selectJson(document, ['/__proto__'], () => undefined)).toThrow('input.invalid')
})
