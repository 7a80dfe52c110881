/** JWK, did:key and did:jwk to one public key, compared with what OpenSSL makes of the same key. */
import { createPublicKey } from 'node:crypto'
import { bytesOf, encode, makeTokenKey } from '@cairn/testkit'
import { expect, test } from 'vitest'
import { toBase64Url } from '../base64.ts'
import { jwkOfSpki, keyOfDid, keyOfJwk, tokenAlgorithms } from './jwk.ts'

const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
function base58(bytes: Uint8Array): string {
  let value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  let text = ''
  for (; value > 0n; value /= 58n) text = letters[Number(value % 58n)] + text
  return text
}

for (const algorithm of tokenAlgorithms)
  test(`${algorithm}: JWK, did:jwk and did:key name the same key`, () => {
    // Several keys, so that both signs of a compressed point come up.
    for (let n = 0; n < 6; n++) {
      const { jwk } = makeTokenKey(algorithm)
      const spki = createPublicKey({ key: jwk as never, format: 'jwk' }).export({ type: 'spki', format: 'der' })
      expect(Buffer.from(keyOfJwk(jwk).spki)).toEqual(spki)
      expect(jwkOfSpki(spki)).toEqual(jwk)
      expect(keyOfDid(`did:jwk:${encode(jwk)}`)).toEqual({ algorithm, spki: new Uint8Array(spki) })
      const x = Buffer.from(jwk.x as string, 'base64url')
      const y = Buffer.from((jwk.y as string) ?? '', 'base64url')
      const codec = { ES256: [0x80, 0x24], ES384: [0x81, 0x24], ES512: [0x82, 0x24], EdDSA: [0xed, 0x01] }[algorithm]
      const did = `did:key:z${base58(new Uint8Array([...codec, ...(algorithm === 'EdDSA' ? [] : [2 + (y.at(-1)! & 1)]), ...x]))}`
      expect(keyOfDid(did)).toEqual({ algorithm, spki: new Uint8Array(spki) })
      expect(keyOfDid(`${did}#${did.slice(8)}`)).toEqual({ algorithm, spki: new Uint8Array(spki) })
    }
  })

test('R-JOSE-1: keys that are not accepted', () => {
  const { jwk } = makeTokenKey('ES256')
  for (const bad of [
    { ...jwk, alg: 'ES384' },
    { ...jwk, use: 'enc' },
    { ...jwk, key_ops: ['sign'] },
    { ...jwk, d: 'x' },
    { ...jwk, x: `${jwk.x}=` },
    { ...jwk, x: toBase64Url(bytesOf('short')) },
    { ...jwk, crv: 'secp256k1' },
    { kty: 'oct', k: 'x' },
    'x',
    null,
  ])
    expect(() => keyOfJwk(bad as never), JSON.stringify(bad)).toThrow('issuer.key-not-accepted')
  for (const bad of [
    'did:key:z',
    'did:key:z6Mk',
    `did:key:z${'2'.repeat(50)}`,
    'did:jwk:e30',
    'did:jwk:!',
    'did:web:a.example',
    '',
    `did:jwk:${encode('{"a":1,"a":2}')}`,
  ])
    expect(keyOfDid(bad), bad).toBeUndefined()
  expect(jwkOfSpki(new Uint8Array(91))).toBeUndefined()
})
