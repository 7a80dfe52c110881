/** The cryptosuites that are accepted, in one table (Data Integrity EdDSA 1.0, ECDSA 1.0; the Ed25519 signature suite of 2020 is read alone). */
import type { Hash, Scheme } from '../algorithms.ts'
import type { TokenAlgorithm } from '../vc-jose/jwk.ts'

/** Kinds of key that a cryptosuite takes; none takes P-521. */
export type ProofAlgorithm = Exclude<TokenAlgorithm, 'ES512'>

/** How a suite turns a document into bytes, and which keys it takes. */
export interface Suite {
  readonly name: string
  readonly canonicalisation: 'rdfc' | 'jcs' | 'sd'
  readonly keys: readonly ProofAlgorithm[]
}

const suites: readonly Suite[] = [
  { name: 'eddsa-rdfc-2022', canonicalisation: 'rdfc', keys: ['EdDSA'] },
  { name: 'eddsa-jcs-2022', canonicalisation: 'jcs', keys: ['EdDSA'] },
  { name: 'ecdsa-rdfc-2019', canonicalisation: 'rdfc', keys: ['ES256', 'ES384'] },
  { name: 'ecdsa-jcs-2019', canonicalisation: 'jcs', keys: ['ES256', 'ES384'] },
  { name: 'ecdsa-sd-2023', canonicalisation: 'sd', keys: ['ES256'] },
]
const ed25519Of2020: Suite = { name: 'Ed25519Signature2020', canonicalisation: 'rdfc', keys: ['EdDSA'] }

/** The suite that a proof's `type` and `cryptosuite` name; `undefined` for one that is not accepted. */
export function suiteOf(type: unknown, cryptosuite: unknown): Suite | undefined {
  if (type === 'Ed25519Signature2020') return cryptosuite === undefined ? ed25519Of2020 : undefined
  return type === 'DataIntegrityProof' ? suites.find(({ name }) => name === cryptosuite) : undefined
}

/** The hash that goes with a key (ECDSA 1.0, 3.2: SHA-384 for P-384). */
export const hashFor: Record<ProofAlgorithm, Hash & ('SHA-256' | 'SHA-384')> = { EdDSA: 'SHA-256', ES256: 'SHA-256', ES384: 'SHA-384' }

/** How a key of each kind signs. */
export const schemeFor: Record<ProofAlgorithm, Scheme> = {
  EdDSA: { kind: 'ed25519' },
  ES256: { kind: 'ecdsa', hash: 'SHA-256', curve: 'P-256' },
  ES384: { kind: 'ecdsa', hash: 'SHA-384', curve: 'P-384' },
}
