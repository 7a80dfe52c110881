/** Bytes as multibase text: base58btc (`z`) and base64url (`u`) (W3C Controlled Identifiers, 2.4). */
import { fromBase64Url, toBase64Url } from '../base64.ts'

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const places = new Map([...alphabet].map((letter, index) => [letter, index]))

/** Bytes to base58btc, without the `z`. */
export function toBase58(bytes: Uint8Array): string {
  const digits: number[] = []
  for (const byte of bytes) {
    let carry = byte
    for (let at = 0; at < digits.length; at++) {
      carry += digits[at]! << 8
      digits[at] = carry % 58
      carry = (carry / 58) | 0
    }
    for (; carry > 0; carry = (carry / 58) | 0) digits.push(carry % 58)
  }
  let text = ''
  for (const byte of bytes) {
    if (byte !== 0) break
    text += '1'
  }
  for (let at = digits.length - 1; at >= 0; at--) text += alphabet[digits[at]!]
  return text
}

/** Base58btc to bytes; `undefined` for other letters, and for more than a key or a signature has. */
export function fromBase58(text: string): Uint8Array | undefined {
  if (text.length > 600) return undefined
  const bytes: number[] = []
  for (const letter of text) {
    let carry = places.get(letter)
    if (carry === undefined) return undefined
    for (let at = 0; at < bytes.length; at++) {
      carry += bytes[at]! * 58
      bytes[at] = carry & 0xff
      carry >>= 8
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff)
  }
  for (const letter of text) {
    if (letter !== '1') break
    bytes.push(0)
  }
  return Uint8Array.from(bytes.reverse())
}

/** Multibase text to bytes, of at most 8 KiB (R-LIM-1); `undefined` for another base or a text that is not exactly of it. */
export function fromMultibase(text: string): Uint8Array | undefined {
  if (text.length > 8192) return undefined
  if (text.startsWith('z')) return fromBase58(text.slice(1))
  return text.startsWith('u') ? fromBase64Url(text.slice(1)) : undefined
}

/** Bytes in base58btc with its `z`. */
export const toMultibase = (bytes: Uint8Array): string => `z${toBase58(bytes)}`

/** Bytes in base64url with its `u`. */
export const toMultibaseUrl = (bytes: Uint8Array): string => `u${toBase64Url(bytes)}`
