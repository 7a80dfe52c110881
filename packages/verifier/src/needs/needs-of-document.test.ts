/** What is asked for: only what a document names, only what is not at hand, and never on behalf of somebody whom the registry does not know. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { entry, evidenceOf, listAddress, registryOf, sealedCredential, sealKey } from '../vectors/neighbourhood.ts'
import { needsOfDocument } from './needs-of-document.ts'
import { isOfRegistry } from './web-address.ts'

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const nothing = { controllers: [], hosted: [], issuerMetadata: [], statusLists: [], types: [], bodies: [], signers: [] }

test('a sealed credential names its list, and nothing more once it is at hand', async () => {
  const bytes = await sealedCredential({ status: { list: listAddress, index: 7, purpose: 'revocation' } })
  const needs = await needsOfDocument(bytes, evidenceOf())
  expect(needs).toMatchObject({
    ...nothing,
    statusLists: [listAddress],
    bodies: expect.arrayContaining(['CZ00000019']),
    signers: sealKey.certificates,
  })
  const known = { ...evidenceOf({ ...registryOf(entry), trustedServices: [] }, { [listAddress]: new Uint8Array([1]) }), accreditations: [] }
  expect(await needsOfDocument(bytes, known)).toEqual(nothing)
})

test('a hosted badge names its parts one after the other', async () => {
  const at = (name: string) => `https://badges.example/${name}`
  const context = 'https://w3id.org/openbadges/v2'
  const assertion = { '@context': context, type: 'Assertion', id: at('a'), badge: at('b'), verification: { type: 'hosted' } }
  const bytes = bytesOf(assertion)
  const hosted: Record<string, Uint8Array> = {}
  const asked: string[] = []
  const answers: Record<string, unknown> = {
    [at('a')]: assertion,
    [at('b')]: { '@context': context, type: 'BadgeClass', id: at('b'), issuer: at('i') },
    [at('i')]: { '@context': context, type: 'Issuer', id: at('i'), revocationList: at('r') },
    [at('r')]: { '@context': context, type: 'RevocationList', id: at('r') },
  }
  for (let turn = 0; turn < 6; turn++)
    for (const address of (await needsOfDocument(bytes, { ...evidenceOf(), hosted })).hosted) {
      asked.push(address)
      hosted[address] = bytesOf(answers[address])
    }
  expect(asked).toEqual([at('a'), at('b'), at('i'), at('r')])
})

test('R-SSRF-2: an address is of the registry by identifier or host, and by nothing that only looks like it', () => {
  const entry = { legalName: 'College', keys: ['did:web:keys.example'], types: ['*'], logRequired: false }
  const registry = { anchors: [], trustedLists: [], issuers: [{ ...entry, id: 'https://college.example/issuer' }] }
  expect(isOfRegistry('https://college.example/status/3', 'https://college.example/status/3', registry)).toBe(true)
  expect(isOfRegistry('https://keys.example/.well-known/did.json', 'did:web:keys.example', registry)).toBe(true)
  for (const address of [
    'https://college.example.evil.example/',
    'https://college.example@evil.example/',
    'https://evil.example/https://college.example/',
    'https://college.example:8443/',
    'http://10.0.0.1/',
    'nonsense',
  ])
    expect(isOfRegistry(address, address, registry), address).toBe(false)
})

const badge = path.resolve(import.meta.dirname, '../../../../../shared/vectors/openbadges/v3/simple-json.png')
test.skipIf(!existsSync(badge))('a picture is opened first (skipped where ../shared/vectors is absent)', async () => {
  const { controllers } = await needsOfDocument(new Uint8Array(readFileSync(badge)), evidenceOf())
  expect(controllers).toHaveLength(1)
})

test('what cannot be read names nothing', async () => {
  for (const text of ['', '{', '{"payload":1}', 'a.b.c', '%PDF-1.7', '<svg/>', '\u0089PNG'])
    expect(await needsOfDocument(new TextEncoder().encode(text), evidenceOf()), text).toEqual(nothing)
})
