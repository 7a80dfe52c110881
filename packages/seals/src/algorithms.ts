/** Everything known about each signature algorithm, in one table. Code below receives an entry and never lists algorithms again. */

export type Hash = 'SHA-256' | 'SHA-384' | 'SHA-512'
export type Curve = 'P-256' | 'P-384' | 'P-521'

/** How a signature is made, apart from any standard's name for it. ECDSA signatures are `r || s`. */
export type Scheme = { kind: 'rsa-pkcs1' | 'rsa-pss'; hash: Hash } | { kind: 'ecdsa'; hash: Hash; curve: Curve } | { kind: 'ed25519' }

/** The `alg` values accepted in seals (R-JOSE-1; RFC 7518, 3.1; RFC 8037). */
export const sealAlgorithms = {
  RS256: { kind: 'rsa-pkcs1', hash: 'SHA-256' },
  RS384: { kind: 'rsa-pkcs1', hash: 'SHA-384' },
  RS512: { kind: 'rsa-pkcs1', hash: 'SHA-512' },
  PS256: { kind: 'rsa-pss', hash: 'SHA-256' },
  PS384: { kind: 'rsa-pss', hash: 'SHA-384' },
  PS512: { kind: 'rsa-pss', hash: 'SHA-512' },
  ES256: { kind: 'ecdsa', hash: 'SHA-256', curve: 'P-256' },
  ES384: { kind: 'ecdsa', hash: 'SHA-384', curve: 'P-384' },
  ES512: { kind: 'ecdsa', hash: 'SHA-512', curve: 'P-521' },
  EdDSA: { kind: 'ed25519' },
} as const satisfies Record<string, Scheme>

/** The stable name of an algorithm (`alg`). */
export type SealAlgorithm = keyof typeof sealAlgorithms

/** Bytes of one of the two numbers of an ECDSA signature. */
export const curveBytes: Record<Curve, number> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }

/** True for an `alg` of the table; a plain look-up, so that `constructor` and its like are no algorithms. */
export function isSealAlgorithm(name: unknown): name is SealAlgorithm {
  return typeof name === 'string' && Object.hasOwn(sealAlgorithms, name)
}
