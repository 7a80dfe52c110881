/** Which algorithm goes with the key of a certificate. */
import { createPublicKey } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import type { SealAlgorithm } from '@cairn/seals'
import { readCertificate } from './certificate-facts.ts'
import { algorithmOf } from './make-signer.ts'

/** The wanted algorithm when it fits the certificate's key, else the usual one of that key. Raises `key.unreadable` when the wanted one does not fit. */
export function fittingAlgorithm(certificate: Uint8Array, wanted?: SealAlgorithm): SealAlgorithm {
  const key = createPublicKey({ key: Buffer.from(readCertificate(certificate).spki), format: 'der', type: 'spki' })
  const usual = algorithmOf(key)
  if (wanted === undefined || wanted === usual) return usual
  if (usual === 'RS256' && /^[RP]S(256|384|512)$/.test(wanted)) return wanted
  throw new ProblemError('key.unreadable', `This key cannot seal with ${wanted}.`)
}
