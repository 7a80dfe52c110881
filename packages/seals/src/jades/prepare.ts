/** Sealing in two steps, so that the key can be anywhere: prepare, sign elsewhere, finish. */
import { ProblemError, type Sealed, sealed, type Unsealed } from '@cairn/core'
import { curveBytes, sealAlgorithms } from '../algorithms.ts'
import { toBase64Url } from '../base64.ts'
import { requireSealCertificate } from '../x509/seal-certificate.ts'
import { type SealHeaderContent, sealHeader } from './seal-header.ts'
import { writeAround } from './write-around.ts'

/** A seal waiting for its signature. `toBeSigned` are the bytes for the signer; it may be finished once. */
export interface PreparedSeal {
  readonly id: string
  readonly toBeSigned: Uint8Array
}

interface Waiting {
  document: Unsealed
  headerText: string
  /** Bytes of the signature, where the algorithm fixes them. */
  width: number | undefined
}
const waiting = new WeakMap<PreparedSeal, Waiting>()
const utf8 = new TextEncoder()

/**
 * Prepares a seal over a composed and linted document with the payload unencoded (RFC 7797). Raises `certificate.wrong-usage` when the certificate
 * may not seal, `seal.algorithm-not-accepted` when the algorithm is none of ours.
 */
export async function prepareSeal(document: Unsealed, given: SealHeaderContent): Promise<PreparedSeal> {
  if (!Object.hasOwn(sealAlgorithms, given.algorithm))
    throw new ProblemError('seal.algorithm-not-accepted', 'There is no such seal algorithm.')
  requireSealCertificate(given.certificates)
  const headerText = await sealHeader(given)
  const prepared: PreparedSeal = {
    id: document.id,
    toBeSigned: writeAround(document.bytes ?? utf8.encode(document.payload), document.bytes && document.room, `${headerText}.`, ''),
  }
  const scheme = sealAlgorithms[given.algorithm]
  const width = scheme.kind === 'ecdsa' ? 2 * curveBytes[scheme.curve] : scheme.kind === 'ed25519' ? 64 : undefined
  waiting.set(prepared, { document, headerText, width })
  return prepared
}

/** Puts the signature in: a JWS in General JSON Serialization, byte for byte what is stored and delivered. A second call raises `seal.already-finished`. */
export function finishSeal(prepared: PreparedSeal, signature: Uint8Array): Sealed {
  const found = waiting.get(prepared)
  if (!found) throw new ProblemError('seal.already-finished', 'A prepared seal may be finished once.')
  const { document, headerText, width } = found
  if (width !== undefined && signature.length !== width)
    throw new ProblemError('seal.malformed', `The signature has ${signature.length} bytes; the algorithm makes ${width}.`)
  waiting.delete(prepared)
  const { quoted } = document
  const rest = `,"signatures":[{"protected":"${headerText}","signature":"${toBase64Url(signature)}"}]}`
  const bytes = writeAround(quoted ?? utf8.encode(JSON.stringify(document.payload)), quoted && document.room, '{"payload":', rest)
  return sealed({ format: document.format, id: document.id, bytes })
}
