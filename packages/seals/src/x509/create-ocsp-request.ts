/** Asking a responder about a certificate (RFC 6960, 4.1). */
import { ProblemError } from '@cairn/core'
import { digest } from '#crypto'
import { sameBytes } from '../base64.ts'
import { sha1Name } from '../crypto/sha1-name.ts'
import { context, tags } from '../der/read-der.ts'
import { derElement, derNull, derOid, derSerial } from '../der/write-der.ts'
import type { Certificate } from './certificate.ts'
import { type Ocsp, readOcsp } from './ocsp.ts'
import { extensions, sha1 } from './oids.ts'

/** How a request is made. SHA-1 names the issuer by default, for many responders know no other name; `nonce` has 16 to 32 bytes (RFC 8954). */
export interface OcspRequestOptions {
  nonce?: Uint8Array
  named?: 'SHA-1' | 'SHA-256'
}

/** An OCSPRequest in DER for one certificate of `issuer`, to be sent as `application/ocsp-request`. */
export async function createOcspRequest(
  certificate: Certificate,
  issuer: Certificate,
  options: OcspRequestOptions = {},
): Promise<Uint8Array> {
  const { nonce, named = 'SHA-1' } = options
  const name = (bytes: Uint8Array) => (named === 'SHA-1' ? sha1Name(bytes) : digest('SHA-256', bytes))
  const octets = (bytes: Uint8Array) => derElement(tags.octetString, bytes)
  const certId = derElement(
    tags.sequence,
    derElement(tags.sequence, derOid(named === 'SHA-1' ? sha1 : '2.16.840.1.101.3.4.2.1'), derNull()),
    octets(await name(issuer.subjectDer)),
    octets(await name(issuer.keyBits)),
    derSerial(certificate.serial),
  )
  const list = derElement(tags.sequence, derElement(tags.sequence, certId))
  const extension = nonce ? [derElement(tags.sequence, derOid(extensions.ocspNonce), octets(octets(nonce)))] : []
  const asked = nonce ? [derElement(context(2), derElement(tags.sequence, ...extension))] : []
  return derElement(tags.sequence, derElement(tags.sequence, list, ...asked))
}

/**
 * Reads what a responder answered. Raises `revocation.malformed`, `revocation.refused`, and `revocation.nonce-mismatch` when the answer repeats
 * another nonce than the one that was sent; many responders repeat none, which is allowed (RFC 6960, 4.4.1).
 */
export function readOcspAnswer(bytes: Uint8Array, nonce?: Uint8Array): Ocsp {
  const ocsp = readOcsp(bytes)
  const repeated = ocsp.nonce?.[0] === tags.octetString && ocsp.nonce[1] === ocsp.nonce.length - 2 ? ocsp.nonce.subarray(2) : ocsp.nonce
  if (nonce && repeated && !sameBytes(nonce, repeated))
    throw new ProblemError('revocation.nonce-mismatch', 'The responder answered another question.')
  return ocsp
}
