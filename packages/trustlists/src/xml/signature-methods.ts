/** Algorithms of XML signatures that are accepted, by their identifiers (RFC 9231). SHA-1 is missing on purpose. */
import type { Hash } from '@cairn/seals'

/** Digests that are accepted (SHA-256 and up), by their identifiers (RFC 9231). */
export const digestMethods: Readonly<Record<string, Hash>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'SHA-256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'SHA-384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'SHA-512',
}
const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const mgf1 = 'http://www.w3.org/2007/05/xmldsig-more#'
/** How a signature is made, apart from the curve, which the key tells. */
export type SignatureMethod = { kind: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa'; hash: Hash }

/** Signature algorithms that are accepted, by their identifiers (RFC 9231). */
export const signatureMethods: Readonly<Record<string, SignatureMethod>> = {
  [`${more}rsa-sha256`]: { kind: 'rsa-pkcs1', hash: 'SHA-256' },
  [`${more}rsa-sha384`]: { kind: 'rsa-pkcs1', hash: 'SHA-384' },
  [`${more}rsa-sha512`]: { kind: 'rsa-pkcs1', hash: 'SHA-512' },
  [`${mgf1}sha256-rsa-MGF1`]: { kind: 'rsa-pss', hash: 'SHA-256' },
  [`${mgf1}sha384-rsa-MGF1`]: { kind: 'rsa-pss', hash: 'SHA-384' },
  [`${mgf1}sha512-rsa-MGF1`]: { kind: 'rsa-pss', hash: 'SHA-512' },
  [`${more}ecdsa-sha256`]: { kind: 'ecdsa', hash: 'SHA-256' },
  [`${more}ecdsa-sha384`]: { kind: 'ecdsa', hash: 'SHA-384' },
  [`${more}ecdsa-sha512`]: { kind: 'ecdsa', hash: 'SHA-512' },
}
