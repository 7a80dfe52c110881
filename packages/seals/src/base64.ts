/** Base64 in its two alphabets, strict: canonical trailing bits, nothing skipped (R-JOSE-4). And bytes in hexadecimal, and compared. */

export { fromBase64, fromBase64Url, toBase64, toBase64Url } from '#base64'

/** Bytes to hexadecimal in lower case. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16)
  return text
}

/** True when both hold the same bytes. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  let difference = 0
  for (let index = 0; index < one.length; index++) difference |= one[index]! ^ other[index]!
  return difference === 0
}
