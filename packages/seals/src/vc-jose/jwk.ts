/** Public keys in the forms that tokens and registries name them: JWK (RFC 7517, 7518, 8037), did:key and did:jwk, all to SubjectPublicKeyInfo. */
import { type Json, type JsonObject, joinBytes, ProblemError, parseJson } from '@cairn/core'
import type { SealAlgorithm } from '../algorithms.ts'
import { fromBase64Url, toBase64Url } from '../base64.ts'
import { derElement } from '../der/write-der.ts'

/** A public key and the one algorithm it may be used with (R-JOSE-1). */
export interface PublicKey {
  readonly algorithm: TokenAlgorithm
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** The JWK's `kid`, where it has one. An opaque name (R-JOSE-2). */
  readonly kid?: string
}

/** The `alg` values accepted in SD-JWT and VC-JWT (R-JOSE-1). */
export const tokenAlgorithms = ['ES256', 'ES384', 'ES512', 'EdDSA'] as const satisfies readonly SealAlgorithm[]
export type TokenAlgorithm = (typeof tokenAlgorithms)[number]

/** The algorithm an `alg` names; `Ed25519` (RFC 9864) is the same as EdDSA here. `undefined` for one that is not accepted. */
export function tokenAlgorithm(name: unknown): TokenAlgorithm | undefined {
  return name === 'Ed25519' ? 'EdDSA' : tokenAlgorithms.find((each) => each === name)
}

const bytes = (...values: number[]) => new Uint8Array(values)
const oids = {
  ec: derElement(0x06, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01)),
  ES256: derElement(0x06, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07)),
  ES384: derElement(0x06, bytes(0x2b, 0x81, 0x04, 0x00, 0x22)),
  ES512: derElement(0x06, bytes(0x2b, 0x81, 0x04, 0x00, 0x23)),
  EdDSA: derElement(0x06, bytes(0x2b, 0x65, 0x70)),
}
/** Per algorithm: bytes of a coordinate or key, multicodec of did:key, JWK `kty` and `crv`. */
const kinds = {
  ES256: { size: 32, codec: [0x80, 0x24], kty: 'EC', crv: 'P-256' },
  ES384: { size: 48, codec: [0x81, 0x24], kty: 'EC', crv: 'P-384' },
  ES512: { size: 66, codec: [0x82, 0x24], kty: 'EC', crv: 'P-521' },
  EdDSA: { size: 32, codec: [0xed, 0x01], kty: 'OKP', crv: 'Ed25519' },
} as const

const refuse = (detail: string): never => {
  throw new ProblemError('issuer.key-not-accepted', detail)
}

function spkiOf(algorithm: TokenAlgorithm, point: Uint8Array): Uint8Array {
  const identifier = algorithm === 'EdDSA' ? derElement(0x30, oids.EdDSA) : derElement(0x30, oids.ec, oids[algorithm])
  return derElement(0x30, identifier, derElement(0x03, bytes(0), point))
}

/**
 * A public key from a JWK. Raises `issuer.key-not-accepted` for other kinds than P-256, P-384, P-521 and Ed25519, for an `alg`, `use` or `key_ops` that is
 * not one of verifying with it, and for a JWK that holds a private key.
 */
export function keyOfJwk(jwk: Json | undefined): PublicKey {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) return refuse('A key is no JWK.')
  const algorithm = tokenAlgorithms.find((each) => kinds[each].kty === jwk.kty && kinds[each].crv === jwk.crv)
  if (!algorithm) return refuse('A key is of a kind that is not accepted.')
  if (jwk.d !== undefined) return refuse('A key is given with its private half.')
  if (jwk.alg !== undefined && tokenAlgorithm(jwk.alg) !== algorithm) return refuse('A key is for another algorithm than its kind.')
  if (jwk.use !== undefined && jwk.use !== 'sig') return refuse('A key is not for signatures.')
  if (jwk.key_ops !== undefined && !(Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify')))
    return refuse('A key is not for verifying.')
  const { size, kty } = kinds[algorithm]
  const coordinate = (name: 'x' | 'y') => {
    const value = jwk[name]
    const found = typeof value === 'string' ? fromBase64Url(value) : undefined
    return found?.length === size ? found : refuse('A key is not of its full length.')
  }
  const point = kty === 'EC' ? joinBytes(bytes(4), coordinate('x'), coordinate('y')) : coordinate('x')
  return { algorithm, spki: spkiOf(algorithm, point), ...(typeof jwk.kid === 'string' ? { kid: jwk.kid } : {}) }
}

/** The JWK of a public key, without `kid`; `undefined` for a SubjectPublicKeyInfo of another kind. */
export function jwkOfSpki(spki: Uint8Array): JsonObject | undefined {
  for (const algorithm of tokenAlgorithms) {
    const { size, kty, crv } = kinds[algorithm]
    const point = spki.slice(kty === 'EC' ? -2 * size : -size)
    const whole = spkiOf(algorithm, kty === 'EC' ? joinBytes(bytes(4), point) : point)
    if (whole.length !== spki.length || whole.some((byte, index) => byte !== spki[index])) continue
    if (kty === 'OKP') return { kty, crv, x: toBase64Url(point) }
    return { kty, crv, x: toBase64Url(point.slice(0, size)), y: toBase64Url(point.slice(size)) }
  }
  return undefined
}

/** `did:jwk:…` to its JWK; `undefined` for another identifier or one that is not well-formed. A fragment is allowed. */
export function jwkOfDid(did: string): Json | undefined {
  const text = /^did:jwk:([A-Za-z0-9_-]{1,2000})(?:#0)?$/.exec(did)?.[1]
  const decoded = text === undefined ? undefined : fromBase64Url(text)
  return decoded && parseJson(decoded)
}

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** The multicodec bytes of `did:key:z…`; `undefined` when it is none. */
function keyBytesOf(did: string): Uint8Array | undefined {
  const text = /^did:key:z([1-9A-HJ-NP-Za-km-z]{40,100})(?:#z[1-9A-HJ-NP-Za-km-z]+)?$/.exec(did)?.[1]
  if (text === undefined) return undefined
  let value = 0n
  for (const letter of text) value = value * 58n + BigInt(alphabet.indexOf(letter))
  const found: number[] = []
  for (; value > 0n; value >>= 8n) found.unshift(Number(value & 0xffn))
  return new Uint8Array(found)
}

/** `y^2 = x^3 - 3x + b` over a prime that is 3 modulo 4 (SEC 2, 2.4.2, 2.5.1 and 2.6.1). */
const curves = {
  ES256: {
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  ES384: {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  ES512: {
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
} as const

/** A compressed point (SEC 1, 2.3.4) in its long form; `undefined` when it is not on the curve. */
function decompress(algorithm: keyof typeof curves, compressed: Uint8Array): Uint8Array | undefined {
  const { p, b } = curves[algorithm]
  const { size } = kinds[algorithm]
  const sign = compressed[0]!
  if (compressed.length !== size + 1 || (sign !== 2 && sign !== 3)) return undefined
  const x = compressed.subarray(1).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  if (x >= p) return undefined
  const square = (x * x * x - 3n * x + b) % p
  let root = powerOf(((square % p) + p) % p, (p + 1n) / 4n, p)
  if ((root * root - square) % p !== 0n) return undefined
  if ((root & 1n) !== BigInt(sign & 1)) root = p - root
  const y = new Uint8Array(size)
  for (let index = size - 1; index >= 0; index--, root >>= 8n) y[index] = Number(root & 0xffn)
  return joinBytes(bytes(4), compressed.subarray(1), y)
}

function powerOf(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % modulus)
    if (rest & 1n) result = (result * square) % modulus
  return result
}

const kept = new Map<string, PublicKey | undefined>()

/**
 * The public key that `did:key:z…` (multicodec, base58btc) or `did:jwk:…` is; `undefined` for another identifier, for other kinds than Ed25519, P-256,
 * P-384 and P-521, and for one that is not well-formed.
 */
export function keyOfDid(did: string): PublicKey | undefined {
  if (!kept.has(did)) {
    if (kept.size >= 500) kept.clear()
    kept.set(did, readDid(did))
  }
  return kept.get(did)
}

function readDid(did: string): PublicKey | undefined {
  try {
    const jwk = jwkOfDid(did)
    if (jwk !== undefined) return keyOfJwk(jwk)
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
  const named = keyBytesOf(did)
  const algorithm = named && tokenAlgorithms.find((each) => kinds[each].codec.every((byte, index) => byte === named[index]))
  if (!named || !algorithm) return undefined
  const rest = named.subarray(2)
  const point = algorithm === 'EdDSA' ? (rest.length === 32 ? rest : undefined) : decompress(algorithm, rest)
  return point && { algorithm, spki: spkiOf(algorithm, point) }
}
