/** Who presents: proofs of presentations in JSON and as tokens, for whom, in answer to what and of when. */
import type { JsonObject } from '@cairn/core'
import { createProof, type ProofAlgorithm, toBase64Url } from '@cairn/seals'
import { makeTokenKey, signAny, type TokenKey } from '@cairn/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyEach } from '../containers/verify-each.ts'
import { type Policy, standardPolicy } from '../policy.ts'
import { entry, evidenceOf, now, registryOf } from '../vectors/neighbourhood.ts'

const utf8 = new TextEncoder()
const didOf = ({ jwk }: TokenKey) => `did:jwk:${toBase64Url(utf8.encode(JSON.stringify(jwk)))}`
const [issuer, holder, thief] = [makeTokenKey('EdDSA'), makeTokenKey('EdDSA'), makeTokenKey('ES256')]
const context = ['https://www.w3.org/ns/credentials/v2']
const suiteOf = ({ algorithm }: TokenKey) => (algorithm === 'EdDSA' ? ('eddsa-rdfc-2022' as const) : ('ecdsa-rdfc-2019' as const))
const evidence = evidenceOf(registryOf({ ...entry, id: didOf(issuer), organizationIdentifier: undefined, keys: [didOf(issuer)] }))
const policy = (asked: Partial<NonNullable<Policy['holder']>>): Policy => ({ ...standardPolicy, holder: { required: true, ...asked } })
const asked = policy({ audience: 'https://desk.example', nonce: 'n-1' })

let credential: JsonObject
beforeAll(async () => {
  const document = {
    '@context': context,
    id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
    type: ['VerifiableCredential'],
    issuer: didOf(issuer),
    credentialSubject: { id: didOf(holder) },
  }
  credential = await proven(document, issuer, { proofPurpose: 'assertionMethod' })
})

const proven = (document: JsonObject, key: TokenKey<ProofAlgorithm>, more: object): Promise<JsonObject> =>
  createProof(document, {
    suite: suiteOf(key),
    algorithm: key.algorithm,
    verificationMethod: `${didOf(key)}#0`,
    created: now,
    sign: key.sign,
    ...more,
  })
const bare = () => ({ '@context': context, type: ['VerifiablePresentation'], verifiableCredential: [credential] })
const occasion = { proofPurpose: 'authentication', options: { challenge: 'n-1', domain: 'https://desk.example' } }
const inJson = async (document: JsonObject) => utf8.encode(JSON.stringify(document))
const judge = async (bytes: Uint8Array, by: Policy, at = now) => {
  const [first] = await verifyEach(bytes, async () => evidence, by, at)
  const { verdict, results, findings } = first!.report
  return { verdict, holder: results.holder, codes: findings.flatMap(({ problem }) => problem?.code ?? []), findings }
}

describe('Data Integrity', () => {
  test('by the subject, to whom asked, in answer to the question', async () => {
    expect(await judge(await inJson(await proven(bare(), holder, occasion)), asked)).toMatchObject({
      verdict: 'valid',
      holder: 'passed',
      codes: [],
    })
  })
  test('nobody asked: the proof is told and weighs nothing; a broken one weighs', async () => {
    const good = await proven(bare(), holder, occasion)
    const told = await judge(await inJson(good), standardPolicy)
    expect([told.verdict, told.holder]).toEqual(['valid', undefined])
    expect(told.findings.find(({ check }) => check === 'holder.proven')).toMatchObject({
      outcome: 'passed',
      note: 'made for another occasion',
    })
    const changed = await judge(await inJson({ ...good, id: 'urn:other' }), standardPolicy)
    expect(changed).toMatchObject({ verdict: 'invalid', holder: 'failed', codes: ['holder.proof-broken'] })
  })
  test.each([
    ['another question', { nonce: 'n-2' }, now, 'holder.other-nonce'],
    ['another verifier', { audience: 'https://else.example' }, now, 'holder.other-audience'],
    ['of before', {}, '2026-05-12T10:05:01Z', 'holder.proof-age'],
    ['of a time to come', {}, '2026-05-12T09:58:59Z', 'holder.proof-age'],
  ])('R-SD-2: %s', async (_, more, at, code) => {
    const bytes = await inJson(await proven(bare(), holder, occasion))
    expect(await judge(bytes, policy(more), at)).toMatchObject({
      verdict: 'invalid',
      holder: 'failed',
      codes: expect.arrayContaining([code]),
    })
  })
  test('none, when somebody asked', async () => {
    expect(await judge(await inJson(bare()), asked)).toMatchObject({ verdict: 'invalid', holder: 'failed', codes: ['holder.missing'] })
    expect(await judge(await inJson(bare()), standardPolicy)).toMatchObject({ verdict: 'valid', holder: undefined })
  })
  test('by another than the subject: undecided, for who may show it for them is not known here', async () => {
    const bytes = await inJson(await proven(bare(), thief, occasion))
    expect(await judge(bytes, asked)).toMatchObject({ verdict: 'indeterminate', holder: 'unknown', codes: ['holder.not-subject'] })
  })
  test('that names one holder and is proven by another, or was made to assert', async () => {
    const named = await inJson(await proven({ ...bare(), holder: didOf(holder) }, thief, occasion))
    expect(await judge(named, asked)).toMatchObject({ verdict: 'invalid', codes: ['holder.proof-broken'] })
    const asserted = await inJson(await proven(bare(), holder, { ...occasion, proofPurpose: 'assertionMethod' }))
    expect(await judge(asserted, asked)).toMatchObject({ verdict: 'invalid', holder: 'failed' })
  })
})

describe('VC-JOSE-COSE', () => {
  const claims = () => ({
    ...bare(),
    holder: didOf(holder),
    iss: didOf(holder),
    iat: Date.parse(now) / 1000,
    aud: 'https://desk.example',
    nonce: 'n-1',
  })
  const token = (payload: object, by = holder, header: object = {}) =>
    utf8.encode(signAny(by, { alg: by.algorithm, typ: 'vp+jwt', kid: `${didOf(holder)}#0`, ...header }, payload))
  test('by the subject, to whom asked; older ones with the claim vp too', async () => {
    expect(await judge(token(claims()), asked)).toMatchObject({ verdict: 'valid', holder: 'passed' })
    const { iss, iat, aud, nonce } = claims()
    expect(await judge(token({ iss, iat, aud, nonce, vp: bare() }, holder, { typ: 'JWT' }), asked)).toMatchObject({ holder: 'passed' })
  })
  test('another question, another key, vp where it has no place', async () => {
    expect(await judge(token({ ...claims(), nonce: 'n-2' }), asked)).toMatchObject({ codes: ['holder.other-nonce'] })
    expect(await judge(token(claims(), makeTokenKey('EdDSA')), asked)).toMatchObject({ verdict: 'invalid', codes: ['holder.proof-broken'] })
    expect(await judge(token({ ...claims(), vp: bare() }), asked)).toMatchObject({ holder: 'failed', codes: ['holder.proof-malformed'] })
  })
})
