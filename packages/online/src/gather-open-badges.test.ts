/** Gathering for badges: only hosts of issuers in the registry are asked, lists only after proof and issuer hold, and what cannot be had is left out. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { type JsonObject, ProblemError, type TrustRegistry } from '@cairn/core'
import { createProof, didKeyOfSpki } from '@cairn/seals'
import { didWebAddress, standardPolicy, verify } from '@cairn/verifier'
import { expect, test } from 'vitest'
import { gather } from './index.ts'

const now = '2026-05-13T10:00:00Z'
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const key = didKeyOfSpki(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })))!.slice(8)
const did = 'did:web:college.example'
const list = 'https://lists.example/3'
const bytesOf = (document: unknown) => new TextEncoder().encode(JSON.stringify(document))
const entry = { legalName: 'College', types: ['*'], logRequired: false }
const registryOf = (id: string, keys: string[] = []): TrustRegistry => ({
  anchors: [],
  trustedLists: [],
  issuers: [{ ...entry, id, keys }],
})
const document = {
  id: did,
  verificationMethod: [{ id: `${did}#k`, controller: did, publicKeyMultibase: key }],
  assertionMethod: [`${did}#k`],
}

function doorTo(places: Record<string, unknown>) {
  const asked: string[] = []
  const door = async (address: string) => {
    asked.push(address)
    if (!Object.hasOwn(places, address)) throw new ProblemError('fetch.failed', 'Nothing is there.')
    return { bytes: bytesOf(places[address]) }
  }
  return { asked, door }
}
const signed = async (more: JsonObject = {}) =>
  bytesOf(
    await createProof(
      {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
        type: ['VerifiableCredential'],
        issuer: did,
        validFrom: '2026-05-12T00:00:00Z',
        credentialSubject: { id: 'urn:x:y' },
        ...more,
      },
      {
        suite: 'eddsa-rdfc-2022',
        algorithm: 'EdDSA',
        verificationMethod: `${did}#k`,
        created: now,
        sign: (bytes) => sign(null, bytes, privateKey),
      },
    ),
  )
const status = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '7', statusListCredential: list }

test('did:web documents are asked for, for issuers of the registry alone', async () => {
  const places = { 'https://college.example/.well-known/did.json': document }
  const known = doorTo(places)
  const evidence = await gather(await signed(), registryOf(did), known.door, now)
  expect(known.asked).toEqual(Object.keys(places))
  expect((await verify(await signed(), evidence, standardPolicy, now)).verdict).toBe('valid')
  const stranger = doorTo(places)
  await gather(await signed({ credentialStatus: status }), registryOf('did:web:other.example'), stranger.door, now)
  expect(stranger.asked).toEqual([])
})

test('status lists are asked for when proof and issuer hold, and their absence is unknown', async () => {
  const door = doorTo({ 'https://college.example/.well-known/did.json': document })
  const evidence = await gather(await signed({ credentialStatus: status }), registryOf(did), door.door, now)
  expect(door.asked).toEqual(['https://college.example/.well-known/did.json', list])
  expect((await verify(await signed({ credentialStatus: status }), evidence, standardPolicy, now)).results.status).toBe('unknown')
})

test('hosted badges: assertion, badge class and issuer, at hosts of the registry alone', async () => {
  const at = (path: string) => `https://college.example/${path}`
  const assertion = {
    '@context': 'https://w3id.org/openbadges/v2',
    type: 'Assertion',
    id: at('a'),
    recipient: { type: 'email', identity: 'a@example.org', hashed: false },
    badge: at('b'),
    issuedOn: '2026-05-01T00:00:00Z',
    verification: { type: 'hosted' },
  }
  const places = {
    [at('a')]: assertion,
    [at('b')]: { type: 'BadgeClass', id: at('b'), name: 'B', issuer: at('i') },
    [at('i')]: { type: 'Issuer', id: at('i'), name: 'C', revocationList: 'https://elsewhere.example/r' },
  }
  const door = doorTo(places)
  const evidence = await gather(bytesOf(assertion), registryOf(at('i')), door.door, now)
  expect(door.asked).toEqual(Object.keys(places))
  const report = await verify(bytesOf(assertion), evidence, standardPolicy, now)
  expect([report.results.seal, report.results.issuer, report.results.status]).toEqual(['passed', 'passed', 'unknown'])
  const stranger = doorTo(places)
  await gather(bytesOf(assertion), registryOf('https://other.example/i'), stranger.door, now)
  expect(stranger.asked).toEqual([])
})

test('did:web, 3.2: where the document stands', () => {
  expect(didWebAddress('did:web:a.example')).toBe('https://a.example/.well-known/did.json')
  expect(didWebAddress('did:web:a.example%3A8443:b:c')).toBe('https://a.example:8443/b/c/did.json')
  for (const wrong of ['did:web:', 'did:web:a/../b', 'did:web:a::b', 'did:key:z6']) expect(didWebAddress(wrong)).toBeUndefined()
})
