/** Comprehensive learner records 2.0: the proof of the record, and those of the credentials in it, each by its own issuer. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { canonicalJson, type JsonObject, parseJson, type TrustEntry } from '@cairn/core'
import { composeOpenBadge, prepareOpenBadge } from '@cairn/formats'
import { createProof, loadContexts, signBadgeToken, toBase64Url } from '@cairn/seals'
import { makeTokenKey, sampleEdition, sampleInstitution, type TokenKey } from '@cairn/testkit'
import { beforeAll, expect, test } from 'vitest'
import { standardPolicy } from '../policy.ts'
import { entry, evidenceOf, now, registryOf } from '../vectors/neighbourhood.ts'
import { verifyEach } from './verify-each.ts'

const vectors = path.resolve(import.meta.dirname, '../../../../../shared/vectors/openbadges/contexts')
const utf8 = new TextEncoder()
const didOf = ({ jwk }: TokenKey) => `did:jwk:${toBase64Url(utf8.encode(JSON.stringify(jwk)))}`
const [registrar, college] = [makeTokenKey('EdDSA'), makeTokenKey('EdDSA')]
const of = (key: TokenKey, legalName: string): TrustEntry => ({
  ...entry,
  id: didOf(key),
  legalName,
  organizationIdentifier: undefined,
  keys: [didOf(key)],
})
const proven = (document: JsonObject, key: TokenKey) =>
  createProof(document, {
    suite: 'eddsa-rdfc-2022',
    algorithm: 'EdDSA',
    verificationMethod: `${didOf(key)}#0`,
    created: now,
    sign: key.sign,
  })
const badgeOf = (last: number) => {
  const award = {
    id: `urn:uuid:00000000-0000-4000-8000-00000000000${last}`,
    learner: { givenName: 'Ana', identifier: 'S-1' },
    awardDate: '2026-05-10',
  }
  const prepared = prepareOpenBadge(sampleEdition, { id: didOf(college), organisation: sampleInstitution })
  return parseJson(composeOpenBadge(prepared, award, { issued: '2026-05-11T09:00:00Z' }).text) as JsonObject
}
const judge = async (bytes: Uint8Array, issuers = [of(registrar, 'Registrar'), of(college, 'College')]) => {
  const judged = await verifyEach(bytes, async () => evidenceOf(registryOf(...issuers)), standardPolicy, now)
  return judged.map(({ part, report }) => [part.name, report.verdict, report.registry?.legalName, report.view?.title])
}

let record: JsonObject
beforeAll(async () => {
  record = {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
    type: ['VerifiableCredential', 'ClrCredential'],
    issuer: { id: didOf(registrar), type: ['Profile'], name: 'Registrar' },
    name: 'Record of Ana',
    validFrom: '2026-05-11T10:00:00Z',
    credentialSubject: {
      type: ['ClrSubject'],
      verifiableCredential: [await proven(badgeOf(1), college), await proven(badgeOf(2), college)],
    },
  }
})

test('the record and each credential in it, by their own issuers', async () => {
  const title = sampleEdition.specification.title.en
  const bytes = utf8.encode(JSON.stringify(await proven(record, registrar)))
  expect(await judge(bytes)).toEqual([
    ['', 'valid', 'Registrar', 'Record of Ana'],
    ['1', 'valid', 'College', title],
    ['2', 'valid', 'College', title],
  ])
  expect((await judge(bytes, [of(registrar, 'Registrar')])).map(([, verdict]) => verdict)).toEqual([
    'valid',
    'indeterminate',
    'indeterminate',
  ])
})

test('what was altered in one of them breaks that one and the record, and no other', async () => {
  const signed = await proven(record, registrar)
  const text = JSON.stringify(signed).replace('"awardedDate":"2026-05-10', '"awardedDate":"2026-05-09')
  expect(text).not.toBe(JSON.stringify(signed))
  expect((await judge(utf8.encode(text))).map(([name, verdict]) => [name, verdict])).toEqual([
    ['', 'invalid'],
    ['1', 'invalid'],
    ['2', 'valid'],
  ])
})

test('in a token: the record by the token, what is in it by its own proofs', async () => {
  const kid = `${didOf(registrar)}#0`
  const token = await signBadgeToken(record, { algorithm: 'EdDSA', key: { kid }, sign: registrar.sign })
  expect((await judge(utf8.encode(token))).map(([name, verdict]) => [name, verdict])).toEqual([
    ['', 'valid'],
    ['1', 'valid'],
    ['2', 'valid'],
  ])
})

test.skipIf(!existsSync(vectors))('the vocabulary of records is the published one (needs ../shared/vectors)', async () => {
  const book = await loadContexts()
  for (const [file, address] of [
    ['clr-v2p0.json', 'https://purl.imsglobal.org/spec/clr/v2p0/context.json'],
    ['clr-v2p0-2.0.1.json', 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'],
  ] as const)
    expect(canonicalJson(book.get(address)!)).toBe(canonicalJson(parseJson(readFileSync(path.join(vectors, file)))))
})
