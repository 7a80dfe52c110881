/** How a remote service is asked for each algorithm (CSC API v2, 11.11: signatures/signHash). */
import { createHash } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import { type SealAlgorithm, sealAlgorithms } from '@cairn/seals'

const hashes = {
  'SHA-256': { name: 'sha256', last: 1, length: 32 },
  'SHA-384': { name: 'sha384', last: 2, length: 48 },
  'SHA-512': { name: 'sha512', last: 3, length: 64 },
} as const

/** Names of a request to sign a digest. */
export interface RemoteSigning {
  hashAlgorithmOID: string
  signAlgo: string
  /** Base64 DER; for RSASSA-PSS alone. */
  signAlgoParams?: string
  digest(bytes: Uint8Array): Uint8Array
}

/** Names for an algorithm. Raises `key.unreadable` for EdDSA, whose messages are not signed by their digest. */
export function remoteSigning(algorithm: SealAlgorithm): RemoteSigning {
  const scheme = sealAlgorithms[algorithm]
  if (scheme.kind === 'ed25519') throw new ProblemError('key.unreadable', 'A remote service signs digests, which EdDSA does not.')
  const { name, last, length } = hashes[scheme.hash]
  const common = {
    hashAlgorithmOID: `2.16.840.1.101.3.4.2.${last}`,
    digest: (bytes: Uint8Array): Uint8Array => createHash(name).update(bytes).digest(),
  }
  if (scheme.kind === 'ecdsa') return { ...common, signAlgo: `1.2.840.10045.4.3.${last + 1}` }
  if (scheme.kind === 'rsa-pkcs1') return { ...common, signAlgo: `1.2.840.113549.1.1.${last + 10}` }
  return { ...common, signAlgo: '1.2.840.113549.1.1.10', signAlgoParams: pssParameters(last, length) }
}

/** RSASSA-PSS-params (RFC 4055, 3.1): the digest, MGF1 with the same, a salt as long as the digest. */
function pssParameters(last: number, salt: number): string {
  const hash = `300d060960864801650304020${last}0500`
  return Buffer.from(`3034a00f${hash}a11c301a06092a864886f70d010108${hash}a2030201${salt.toString(16).padStart(2, '0')}`, 'hex').toString(
    'base64',
  )
}
