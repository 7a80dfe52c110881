/** The VC API as the suites of the W3C use it: what is issued in each suite is verified, and what is bad is answered with 4xx. */
import type { JsonObject } from '@cairn/core'
import { createProof } from '@cairn/seals'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problemDocument, problemFrom } from '../http/problem-answer.ts'
import { issuingSuites } from './issue-credential.ts'
import { mountVcApi } from './mount-vc-api.ts'
import { createThrowAwayKey } from './throw-away-keys.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = fastify()
  app.setErrorHandler((error, _request, reply) => {
    const { status, body } = problemDocument(problemFrom(error).error)
    return reply.code(status).send(body)
  })
  await mountVcApi(app, 'https://cairn.example')
})
afterAll(() => app.close())

const post = async (url: string, payload: object) => {
  const answer = await app.inject({
    method: 'POST',
    url: `/vc-api${url}`,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(payload),
  })
  return { status: answer.statusCode, body: answer.json() as Record<string, unknown> }
}
const idOf = async (suite: string) => (await app.inject({ url: `/vc-api/${suite}` })).json().id as string
const credential = (issuer: string): JsonObject => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', { Thing: 'https://example.org/Thing', colour: 'https://example.org/colour' }],
  type: ['VerifiableCredential', 'Thing'],
  issuer,
  credentialSubject: { id: 'did:example:subject', colour: 'red' },
})
const issue = async (suite: string, change: JsonObject = {}) => {
  const { status, body } = await post(`/${suite}/credentials/issue`, {
    credential: { ...credential(await idOf(suite)), ...change },
    options: {},
  })
  return { status, issued: body.verifiableCredential as JsonObject, code: body.code }
}
const verify = async (verifiableCredential: unknown, path = '/credentials/verify') =>
  (await post(path, { verifiableCredential, options: {} })).status

describe.each(Object.keys(issuingSuites).filter((suite) => suite !== 'ecdsa-sd-2023'))('%s', (suite) => {
  test('issued, verified, and refused when it was altered', async () => {
    const { status, issued } = await issue(suite)
    expect(status).toBe(201)
    expect(await verify(issued)).toBe(200)
    const altered = suite === 'vc-jwt' ? { ...issued, id: `${issued.id}`.slice(0, -4).concat('AAAA') } : { ...issued, id: 'urn:other' }
    expect(await verify(altered)).toBe(422)
  })
})

test('ecdsa-sd-2023: issued to its holder, derived, verified; the colour stays with the holder', async () => {
  const { issued } = await issue('ecdsa-sd-2023')
  expect(await verify(issued)).toBe(422)
  const { status, body } = await post('/credentials/derive', {
    verifiableCredential: issued,
    options: { selectivePointers: ['/type', '/credentialSubject/id'] },
  })
  const derived = body.verifiableCredential as JsonObject
  expect([status, await verify(derived), JSON.stringify(derived.credentialSubject)]).toEqual([201, 200, '{"id":"did:example:subject"}'])
})

test.each<[string, JsonObject]>([
  ['no subject', { credentialSubject: {} }],
  ['no type of its own', { type: ['Thing'] }],
  ['a word that nobody defines', { credentialSubject: { unheard: 1 } }],
  ['a moment without a zone', { validFrom: '2026-01-01T00:00:00' }],
  ['it ends before it begins', { validFrom: '2026-01-02T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }],
  [
    'a related resource twice',
    {
      relatedResource: [
        { id: 'urn:a', digestSRI: 'x' },
        { id: 'urn:a', digestSRI: 'y' },
      ],
    },
  ],
  ['another issuer than the key', { issuer: 'did:example:other' }],
])('%s: not issued', async (_, change) => {
  expect((await issue('eddsa-rdfc-2022', change)).status).toBe(422)
})

test('a proof by another than the issuer is good for proof-only alone', async () => {
  const { did: other, sign, verificationMethod } = createThrowAwayKey('EdDSA')
  expect(other).not.toBe(await idOf('eddsa-rdfc-2022'))
  const bare = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer: 'did:example:issuer',
    credentialSubject: { id: 'did:example:1' },
  }
  const signed = await createProof(bare, {
    suite: 'eddsa-rdfc-2022',
    algorithm: 'EdDSA',
    verificationMethod,
    created: '2026-01-01T00:00:00Z',
    sign,
  })
  expect(await verify(signed)).toBe(422)
  expect(await verify(signed, '/proof-only/credentials/verify')).toBe(200)
})

test('a presentation: its challenge, and each credential in it', async () => {
  const { issued } = await issue('eddsa-rdfc-2022')
  const { sign, verificationMethod } = createThrowAwayKey('EdDSA')
  const { '@context': context, ...rest } = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'] }
  const make = (inside: JsonObject[]) =>
    createProof(
      { '@context': context, ...rest, verifiableCredential: inside },
      {
        suite: 'eddsa-rdfc-2022',
        algorithm: 'EdDSA',
        verificationMethod,
        created: '2026-01-01T00:00:00Z',
        sign,
        proofPurpose: 'authentication',
        options: { challenge: 'c' },
      },
    )
  const plain = (
    await issue('eddsa-rdfc-2022', { '@context': context, type: ['VerifiableCredential'], credentialSubject: { id: 'did:example:1' } })
  ).issued
  const ask = async (presentation: JsonObject, challenge: string) =>
    (await post('/presentations/verify', { verifiablePresentation: presentation, options: { challenge } })).status
  const good = await make([plain])
  expect([await ask(good, 'c'), await ask(good, 'd'), await ask({ ...good, id: 'urn:x' }, 'c')]).toEqual([200, 422, 422])
  expect(await ask(await make([{ ...plain, validUntil: '2099-01-01T00:00:00Z' }]), 'c')).toBe(422)
  expect(issued.proof).toBeDefined()
})

test('a status entry, when it is asked for, and the list that it names', async () => {
  const { body } = await post('/eddsa-rdfc-2022/credentials/issue', {
    credential: {
      ...credential(await idOf('eddsa-rdfc-2022')),
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      credentialSubject: { id: 'did:example:1' },
    },
    options: { credentialStatus: {} },
  })
  const status = (body.verifiableCredential as JsonObject).credentialStatus as JsonObject
  expect(status).toMatchObject({ type: 'BitstringStatusListEntry', statusListCredential: 'https://cairn.example/vc-api/status/1' })
  expect(await verify((await app.inject({ url: '/vc-api/status/1' })).json())).toBe(200)
})

test('what is no document is answered, and strictly read', async () => {
  expect((await post('/credentials/verify', {})).status).toBe(422)
  expect((await post('/nobody/credentials/issue', { credential: {} })).status).toBe(404)
  const twice = await app.inject({
    method: 'POST',
    url: '/vc-api/credentials/verify',
    headers: { 'content-type': 'application/json' },
    payload: '{"a":1,"a":2}',
  })
  expect(twice.json()).toMatchObject({ code: 'json.duplicate-member' })
})
