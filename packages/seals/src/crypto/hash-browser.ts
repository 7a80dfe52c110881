/** Digests at once, in a browser: audited JavaScript, because WebCrypto answers later only. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { toHex } from '../base64.ts'

const hashes = { 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 }
const utf8 = new TextEncoder()

/** The digest of a text (UTF-8) or of bytes. */
export function hashNow(algorithm: keyof typeof hashes, input: string | Uint8Array): Uint8Array {
  return hashes[algorithm](typeof input === 'string' ? utf8.encode(input) : input)
}

/** The digest of a text (UTF-8) in lower-case hexadecimal. */
export function hashHex(algorithm: keyof typeof hashes, text: string): string {
  return toHex(hashNow(algorithm, text))
}

/** HMAC-SHA-256 of a text (RFC 2104). */
export function hmacNow(key: Uint8Array, text: string): Uint8Array {
  return hmac(sha256, key, utf8.encode(text))
}
