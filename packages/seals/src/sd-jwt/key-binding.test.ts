/** RFC 9901, 7.3 and R-SD-2: the proof of the holder; and each thing that may be wrong with it, made with the right key. */
import type { JsonObject } from '@cairn/core'
import { bytesOf, makeTokenKey, salt, signAny, type TokenKey } from '@cairn/testkit'
import { expect, test } from 'vitest'
import { checkKeyBinding } from './check-key-binding.ts'
import { issueSdJwt } from './issue-sd-jwt.ts'
import { presentSdJwt } from './present-sd-jwt.ts'
import { processPayload } from './process-payload.ts'
import { readSdJwt } from './read-sd-jwt.ts'

const issuer = makeTokenKey('ES384')
const holder = makeTokenKey('ES256')
const at = '2026-05-12T10:00:00Z'
const seconds = Date.parse(at) / 1000
const asked = { audience: 'https://verifier.example', nonce: 'n-1', now: at, age: { old: 300, ahead: 60 } }

const issue = (cnf: unknown = { jwk: holder.jwk }) =>
  issueSdJwt({
    type: 'dc+sd-jwt',
    claims: { vct: 'v', ...(cnf === undefined ? {} : { cnf: cnf as JsonObject }), name: 'A', grade: 'B' },
    frame: { hide: ['name', 'grade'] },
    signer: issuer,
    salt,
  })
const present = async (over: object = {}, token?: string) =>
  presentSdJwt(token ?? (await issue()), {
    reveal: [['name']],
    proof: { signer: holder, audience: asked.audience, nonce: asked.nonce, at, ...over },
  })

async function codes(token: string, over: object = {}): Promise<string[]> {
  const read = readSdJwt(bytesOf(token))
  return (await checkKeyBinding(read, processPayload(read).payload, { ...asked, ...over })).map(({ code }) => code)
}

test('R-SD-2: a proof made for this audience and nonce, now, over these disclosures, holds', async () => {
  expect(await codes(await present())).toEqual([])
  for (const algorithm of ['ES384', 'EdDSA'] as const) {
    const other = makeTokenKey(algorithm)
    expect(await codes(await present({ signer: other }, await issue({ jwk: other.jwk })))).toEqual([])
  }
})

test('R-SD-2: audience, nonce, age and time to come', async () => {
  const token = await present()
  expect(await codes(token, { audience: 'https://other.example' })).toEqual(['holder.other-audience'])
  expect(await codes(token, { nonce: 'n-2' })).toEqual(['holder.other-nonce'])
  expect(await codes(token, { now: '2026-05-12T10:05:00Z' })).toEqual([])
  expect(await codes(token, { now: '2026-05-12T10:05:01Z' })).toEqual(['holder.proof-age'])
  expect(await codes(token, { now: '2026-05-12T09:59:00Z' })).toEqual([])
  expect(await codes(token, { now: '2026-05-12T09:58:59Z' })).toEqual(['holder.proof-age'])
})

test('RFC 9901, 4.3.1: a proof over other disclosures proves nothing of these', async () => {
  const whole = await presentSdJwt(await issue(), {
    reveal: 'all',
    proof: { signer: holder, audience: asked.audience, nonce: asked.nonce, at },
  })
  const parts = whole.split('~')
  expect(await codes([parts[0], parts[1], parts[3]].join('~'))).toEqual(['holder.other-presentation'])
  expect(await codes([parts[0], parts[2], parts[1], parts[3]].join('~'))).toEqual(['holder.other-presentation'])
})

test('RFC 9901, 7.3: what is no proof', async () => {
  const token = await issue()
  const shown = await presentSdJwt(token, { reveal: [['name']] })
  const proof = (await present({}, token)).slice(shown.length)
  const good = JSON.parse(Buffer.from(proof.split('.')[1]!, 'base64url').toString())
  const head = { alg: 'ES256', typ: 'kb+jwt' }
  const withProof = (header: object, payload: object, key: TokenKey = holder) => codes(`${shown}${signAny(key, header, payload)}`)
  expect(await withProof(head, good)).toEqual([])
  expect(await codes(shown)).toEqual(['holder.missing'])
  expect(await withProof(head, good, makeTokenKey('ES256'))).toEqual(['holder.proof-broken'])
  expect(await withProof(head, good, issuer)).toEqual(['holder.proof-malformed'])
  for (const header of [
    { ...head, typ: 'JWT' },
    { alg: 'none', typ: 'kb+jwt' },
    { ...head, jwk: holder.jwk },
    { ...head, typ: 'dc+sd-jwt' },
  ])
    expect(await withProof(header, good), JSON.stringify(header)).toEqual(['holder.proof-malformed'])
  for (const name of ['iat', 'aud', 'nonce', 'sd_hash'])
    expect(await withProof(head, { ...good, [name]: undefined }), name).toEqual(['holder.proof-malformed'])
  expect(await withProof(head, { ...good, aud: [asked.audience] })).toEqual(['holder.proof-malformed'])
  expect(await withProof(head, { ...good, iat: String(seconds) })).toEqual(['holder.proof-malformed'])
  expect(await withProof(head, { ...good, exp: seconds - 1 })).toEqual(['holder.proof-age'])
  expect(await withProof(head, { ...good, nbf: seconds + 61 })).toEqual(['holder.proof-age'])
})

test('RFC 7800: only a key under cnf.jwk binds, and the one in the header never', async () => {
  for (const cnf of [
    undefined,
    'x',
    {},
    { kid: 'k' },
    { jwk: 'x' },
    { jwk: { ...holder.jwk, crv: 'secp256k1' } },
    { jwk: { ...holder.jwk, d: 'x' } },
  ])
    expect(await codes(await present({}, await issue(cnf === undefined ? 'none' : cnf))), JSON.stringify(cnf)).toEqual(['holder.not-bound'])
})
