/** What the fuzzing found, each kept as a test: an object without a prototype stands where a text should, and is no surprise (issue 3, R-LIM-1). */
import type { Json, JsonObject } from '@cairn/core'
import { parseJson } from '@cairn/core'
import { isAssertion, lintElm } from '@cairn/formats'
import { deriveProof } from '@cairn/seals'
import { encode } from '@cairn/testkit'
import { expect, test } from 'vitest'
import { standardPolicy } from './policy.ts'
import { evidenceOf, now } from './vectors/neighbourhood.ts'
import { verify } from './verify.ts'

const strict = (value: Json) => parseJson(JSON.stringify(value)) as JsonObject
const codesOf = async (text: string) => {
  const report = await verify(new TextEncoder().encode(text), evidenceOf(), standardPolicy, now)
  expect(report.verdict).toBe('invalid')
  return report.findings.map(({ problem }) => problem?.code)
}

test('an assertion whose context is an object', async () => {
  const document = { '@context': { type: 'x' }, type: 'Assertion', id: 'https://example.org/1' }
  expect(isAssertion(strict(document))).toBe(false)
  expect(await codesOf(JSON.stringify(document))).toEqual(['seal.missing'])
})

test('a token whose type is an object', async () => {
  expect(await codesOf(`${encode({ alg: 'ES256', typ: { a: 'vc+jwt' } })}.${encode({ iss: 'x' })}.AAAA`)).toEqual(['seal.malformed'])
})

test('a whole number in a European credential that is an object', () => {
  const subject = {
    type: 'Person',
    hasClaim: {
      type: 'LearningAchievement',
      specifiedBy: { type: 'Qualification', creditPoint: { type: 'CreditPoint', point: {} }, volumeOfLearning: {} },
    },
  }
  for (const profile of ['elm', 'annex1'] as const)
    expect(
      lintElm(
        strict({
          type: ['EuropeanDigitalCredential'],
          credentialSubject: subject,
          displayParameter: { summaryDisplay: {}, individualDisplay: { displayDetail: { page: {} } } },
        }),
        { profile, at: '2026-05-12' },
      ),
    ).not.toEqual([])
})

test('a base proof whose verification method is an object', async () => {
  const document = strict({ proof: { cryptosuite: 'ecdsa-sd-2023', proofValue: 'uAAAA', verificationMethod: {} } })
  await expect(deriveProof(document, ['/id'])).rejects.toMatchObject({ problem: { code: 'proof.malformed' } })
})

test('a time in the proof of a holder that is an object', async () => {
  const { checkKeyBinding, readSdJwt } = await import('@cairn/seals')
  const { makeTokenKey, signAny, bytesOf } = await import('@cairn/testkit')
  const [issuer, holder] = [makeTokenKey('ES256'), makeTokenKey('ES256')]
  const payload = { vct: 'x', cnf: { jwk: holder.jwk } }
  const jwt = `${signAny(issuer, { alg: 'ES256', typ: 'dc+sd-jwt' }, payload)}~`
  const claims = { iat: 1, aud: 'a', nonce: 'n', sd_hash: 'x', exp: {} }
  const read = readSdJwt(bytesOf(`${jwt}${signAny(holder, { alg: 'ES256', typ: 'kb+jwt' }, claims)}`))
  const problems = await checkKeyBinding(read, read.payload, { now: '1970-01-01T00:00:01Z', age: { old: 300, ahead: 60 } })
  expect(problems.map(({ code }) => code)).toEqual(['holder.other-presentation', 'holder.proof-age'])
})

test('a did:web whose bytes are no text leads nowhere', async () => {
  const { didWebAddress, needsOfDocument } = await import('./index.ts')
  expect(didWebAddress('did:web:%FF.example')).toBeUndefined()
  expect(didWebAddress('did:web:college.example%3A8443:faculty')).toBe('https://college.example:8443/faculty/did.json')
  const badge = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['OpenBadgeCredential'], issuer: 'did:web:%FF.example' }
  expect(await needsOfDocument(new TextEncoder().encode(JSON.stringify(badge)), evidenceOf())).toMatchObject({ controllers: [] })
})
