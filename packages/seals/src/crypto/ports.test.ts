/** Three cryptographies, one answer: OpenSSL, WebCrypto and plain JavaScript agree on what holds and what does not. */
import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type SealAlgorithm, sealAlgorithms } from '../algorithms.ts'
import * as browser from './browser.ts'
import * as node from './node.ts'
import * as plain from './plain.ts'
import type { CryptoPort } from './port.ts'

const ports: Record<string, CryptoPort> = { node, browser, plain }
const bytes = new TextEncoder().encode('what is signed')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
const large = generateKeyPairSync('rsa', { modulusLength: 4104 })
const keys: Record<string, { publicKey: KeyObject; privateKey: KeyObject }> = {
  RS: rsa,
  PS: rsa,
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES512: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  EdDSA: generateKeyPairSync('ed25519'),
}
const pairOf = (algorithm: SealAlgorithm) => keys[algorithm] ?? keys[algorithm.slice(0, 2)]!
const spkiOf = (key: KeyObject) => new Uint8Array(key.export({ type: 'spki', format: 'der' }))
const signatureOf = (algorithm: SealAlgorithm, saltLength: number = constants.RSA_PSS_SALTLEN_DIGEST): Uint8Array => {
  const key = pairOf(algorithm).privateKey
  if (algorithm === 'EdDSA') return sign(null, bytes, key)
  const hash = `sha${algorithm.slice(2)}`
  if (algorithm.startsWith('PS')) return sign(hash, bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength })
  return sign(hash, bytes, { key, dsaEncoding: 'ieee-p1363' })
}
const algorithms = Object.keys(sealAlgorithms) as SealAlgorithm[]

afterEach(() => vi.unstubAllGlobals())

describe.each(Object.entries(ports))('%s', (_, port) => {
  test.each(algorithms)('%s: a true signature holds, and none that was changed', async (algorithm) => {
    const scheme = sealAlgorithms[algorithm]
    const spki = spkiOf(pairOf(algorithm).publicKey)
    const signature = signatureOf(algorithm)
    expect(await port.verifySignature(scheme, spki, bytes, signature)).toBe(true)
    expect(await port.verifySignature(scheme, spki, Uint8Array.of(...bytes, 0), signature)).toBe(false)
    for (const index of [0, signature.length >> 1, signature.length - 1]) {
      const changed = signature.map((byte, place) => (place === index ? byte ^ 1 : byte))
      expect(await port.verifySignature(scheme, spki, bytes, changed)).toBe(false)
    }
    for (const wrong of [new Uint8Array(), signature.subarray(1), Uint8Array.of(...signature, 0), new Uint8Array(signature.length)])
      expect(await port.verifySignature(scheme, spki, bytes, wrong)).toBe(false)
  })

  test('a key of another kind, and what is no key, give false and no error', async () => {
    for (const algorithm of algorithms)
      for (const spki of [new Uint8Array(), new Uint8Array(64), spkiOf(algorithm.startsWith('E') ? rsa.publicKey : keys.ES256!.publicKey)])
        expect(await port.verifySignature(sealAlgorithms[algorithm], spki, bytes, signatureOf(algorithm))).toBe(false)
  })

  test('R-LIM-1: RSA keys under 2048 bits and over 4096 are refused, however true the signature', async () => {
    for (const { publicKey, privateKey } of [small, large])
      expect(await port.verifySignature(sealAlgorithms.RS256, spkiOf(publicKey), bytes, sign('sha256', bytes, privateKey))).toBe(false)
  })

  test('RFC 8017, 9.1.2: a salt of another length than the digest is refused', async () => {
    expect(await port.verifySignature(sealAlgorithms.PS256, spkiOf(rsa.publicKey), bytes, signatureOf('PS256', 20))).toBe(false)
  })

  test('digests are those of FIPS 180-4', async () => {
    const hex = async (hash: 'SHA-256' | 'SHA-384') => Buffer.from(await port.digest(hash, new TextEncoder().encode('abc'))).toString('hex')
    expect(await hex('SHA-256')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(await hex('SHA-384')).toMatch(/^cb00753f45a35e8bb5a03d699ac65007/)
  })
})

test('a page in no secure context has no WebCrypto, and the plain port answers', async () => {
  vi.stubGlobal('crypto', undefined)
  for (const algorithm of algorithms) {
    const spki = spkiOf(pairOf(algorithm).publicKey)
    expect(await browser.verifySignature(sealAlgorithms[algorithm], spki, bytes, signatureOf(algorithm))).toBe(true)
    expect(await browser.verifySignature(sealAlgorithms[algorithm], spki, bytes.subarray(1), signatureOf(algorithm))).toBe(false)
  }
  expect((await browser.digest('SHA-256', bytes)).length).toBe(32)
})
