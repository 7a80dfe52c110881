/** Digests at once, on Node. Canonicalisation hashes hundreds of short texts, which no awaited digest could do in time. */
import { createHmac, hash } from 'node:crypto'

const names = { 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' } as const

/** The digest of a text (UTF-8) or of bytes. */
export function hashNow(algorithm: keyof typeof names, input: string | Uint8Array): Uint8Array {
  return hash(names[algorithm], input, 'buffer')
}

/** The digest of a text (UTF-8) in lower-case hexadecimal. */
export function hashHex(algorithm: keyof typeof names, text: string): string {
  return hash(names[algorithm], text, 'hex')
}

/** HMAC-SHA-256 of a text (RFC 2104). */
export function hmacNow(key: Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', key).update(text).digest()
}
