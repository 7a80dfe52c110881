/** From an AlgorithmIdentifier to how a signature is checked. */

import { verifySignature } from '#crypto'
import type { Curve, Scheme } from '../algorithms.ts'
import { curveBytes } from '../algorithms.ts'
import { context, type DerElement, elements, reader, tags } from '../der/read-der.ts'
import { oidOf } from '../der/values.ts'
import { rawFromDer } from '../ecdsa.ts'
import { digests, rsaEncryption, rsaPss, signatureAlgorithms } from './oids.ts'

/** A scheme as certificates name it: for ECDSA the curve is that of the key. */
export type SignatureScheme = (typeof signatureAlgorithms)[string]

/** The scheme an AlgorithmIdentifier names; `undefined` for one that is not accepted, such as any with SHA-1. */
export function schemeOf(identifier: DerElement, beside?: { digest: string }): SignatureScheme | undefined {
  const [algorithm, parameters] = elements(identifier)
  const oid = oidOf(algorithm)
  if (oid === rsaPss) {
    const hash = parameters ? pssHash(parameters) : undefined
    return hash ? { kind: 'rsa-pss', hash } : undefined
  }
  if (oid === rsaEncryption && beside) {
    const hash = digests[beside.digest]
    return hash ? { kind: 'rsa-pkcs1', hash } : undefined
  }
  return signatureAlgorithms[oid]
}

function pssHash(parameters: DerElement): 'SHA-256' | 'SHA-384' | 'SHA-512' | undefined {
  if (parameters.tag !== tags.sequence) return undefined
  const hash = reader(parameters).maybe(context(0))
  const identifier = hash ? elements(hash)[0] : undefined
  return identifier ? digests[oidOf(elements(identifier)[0])] : undefined
}

/** Checks a signature as certificates and tokens carry it: ECDSA in DER, the curve taken from the key. */
export function checkDerSignature(
  known: SignatureScheme,
  key: { spki: Uint8Array; curve?: Curve | undefined },
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean | Promise<boolean> {
  if (known.kind !== 'ecdsa') return verifySignature(known, key.spki, bytes, signature)
  if (!key.curve) return false
  const raw = rawFromDer(signature, curveBytes[key.curve])
  const scheme: Scheme = { kind: 'ecdsa', hash: known.hash, curve: key.curve }
  return raw ? verifySignature(scheme, key.spki, bytes, raw) : false
}
