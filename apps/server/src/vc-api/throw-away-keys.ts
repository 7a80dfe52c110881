/** Keys that live as long as the process and are nobody's: what the W3C suites are issued with, never the institution's. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { didKeyOfSpki, type ProofAlgorithm } from '@cairn/seals'

/** A key with its did:key. `sign` answers `r || s` for ECDSA. */
export interface ThrowAwayKey {
  readonly algorithm: ProofAlgorithm
  readonly did: string
  readonly verificationMethod: string
  /** The public key as it stands behind `did:key:` (multibase). */
  readonly multikey: string
  readonly sign: (bytes: Uint8Array) => Uint8Array
}

/** Makes a key. */
export function createThrowAwayKey(algorithm: ProofAlgorithm): ThrowAwayKey {
  const { publicKey, privateKey } = pairOf(algorithm)
  const did = didKeyOfSpki(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })))!
  const hash = { ES256: 'sha256', ES384: 'sha384', EdDSA: null }[algorithm]
  return {
    algorithm,
    did,
    verificationMethod: `${did}#${did.slice(8)}`,
    multikey: did.slice(8),
    sign: (bytes) => (hash === null ? sign(null, bytes, privateKey) : sign(hash, bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' })),
  }
}

function pairOf(algorithm: ProofAlgorithm): { publicKey: KeyObject; privateKey: KeyObject } {
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519')
  return generateKeyPairSync('ec', { namedCurve: algorithm === 'ES256' ? 'P-256' : 'P-384' })
}
