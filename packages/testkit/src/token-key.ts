/** Keys for tokens, made anew in every run, and the small things that tests of tokens share. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { JsonObject } from '@cairn/core'
import { keyOfJwk, type PublicKey, type TokenAlgorithm, toBase64Url } from '@cairn/seals'

/** A key pair as signer, JWK and public key. */
export interface TokenKey<A extends TokenAlgorithm = TokenAlgorithm> {
  algorithm: A
  jwk: JsonObject
  privateKey: KeyObject
  publicKey: PublicKey
  sign(bytes: Uint8Array): Uint8Array
}

const curves = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521', EdDSA: null }

/** Makes a key pair for an algorithm. */
export function makeTokenKey<A extends TokenAlgorithm>(algorithm: A): TokenKey<A> {
  const namedCurve = curves[algorithm]
  const { publicKey, privateKey } = namedCurve === null ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve })
  const jwk = publicKey.export({ format: 'jwk' }) as JsonObject
  const hash = { ES256: 'sha256', ES384: 'sha384', ES512: 'sha512', EdDSA: null }[algorithm]
  return {
    algorithm,
    jwk,
    privateKey,
    publicKey: keyOfJwk(jwk),
    sign: (bytes) => (hash === null ? sign(null, bytes, privateKey) : sign(hash, bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' })),
  }
}

export const salt = () => randomBytes(16).toString('base64url')
export const encode = (value: unknown) => toBase64Url(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)))
export const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Signs any header and payload as they are: what a hostile issuer could make. */
export function signAny(key: TokenKey, header: unknown, payload: unknown): string {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${toBase64Url(key.sign(bytesOf(input)))}`
}
