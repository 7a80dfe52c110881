/** How a device is asked for each algorithm (PKCS#11 v3.0, 6.3 and 6.10; v2.40 mechanisms). */
import { createHash } from 'node:crypto'
import { curveBytes, type SealAlgorithm, sealAlgorithms } from '@cairn/seals'
import type { Mechanism } from 'pkcs11js'

const hashes = {
  'SHA-256': { name: 'sha256', mechanism: 0x250, mgf: 2, length: 32, rsa: 0x40, pss: 0x43 },
  'SHA-384': { name: 'sha384', mechanism: 0x260, mgf: 3, length: 48, rsa: 0x41, pss: 0x44 },
  'SHA-512': { name: 'sha512', mechanism: 0x270, mgf: 4, length: 64, rsa: 0x42, pss: 0x45 },
} as const
const ecdsa = 0x1041
const eddsa = 0x1057
/** CK_PARAMS_RSA_PSS of pkcs11js: how it lays out the parameter. */
const pssParameter = 5

/** What is handed to the device, and how. */
export interface DeviceSigning {
  mechanism: Mechanism
  /** Bytes as the mechanism wants them: a digest for ECDSA, the message itself otherwise. */
  prepare(bytes: Uint8Array): Uint8Array
  /** Bytes of the largest signature. */
  size: number
}

/** The mechanism of an algorithm. ECDSA answers `r || s` as it is. */
export function deviceSigning(algorithm: SealAlgorithm): DeviceSigning {
  const scheme = sealAlgorithms[algorithm]
  if (scheme.kind === 'ed25519') return { mechanism: { mechanism: eddsa }, prepare: (bytes) => bytes, size: 64 }
  const hash = hashes[scheme.hash]
  if (scheme.kind === 'ecdsa')
    return {
      mechanism: { mechanism: ecdsa },
      prepare: (bytes) => createHash(hash.name).update(bytes).digest(),
      size: 2 * curveBytes[scheme.curve],
    }
  if (scheme.kind === 'rsa-pkcs1') return { mechanism: { mechanism: hash.rsa }, prepare: (bytes) => bytes, size: 512 }
  const parameter = { type: pssParameter, hashAlg: hash.mechanism, mgf: hash.mgf, saltLen: hash.length }
  return { mechanism: { mechanism: hash.pss, parameter }, prepare: (bytes) => bytes, size: 512 }
}
