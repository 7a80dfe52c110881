/** RSA verification in plain JavaScript (RFC 8017): public operations alone, so nothing secret can leak by time. */
import { joinBytes } from '@cairn/core'
import { sameBytes } from '../base64.ts'
import { elements, reader, readSequence, tags } from '../der/read-der.ts'
import { bitStringBytes, integerBytes } from '../der/values.ts'

const toBig = (bytes: Uint8Array) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

function toBytes(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let index = length - 1; index >= 0; index--) {
    bytes[index] = Number(value & 0xffn)
    value >>= 8n
  }
  return bytes
}

/** Modulus and exponent of an RSA SubjectPublicKeyInfo. */
function rsaKey(spki: Uint8Array): { modulus: bigint; exponent: bigint; bits: number } {
  const outer = reader(readSequence(spki))
  outer.take(tags.sequence)
  const [modulus, exponent] = elements(readSequence(bitStringBytes(outer.take(tags.bitString))))
  const value = toBig(integerBytes(modulus))
  return { modulus: value, exponent: toBig(integerBytes(exponent)), bits: value.toString(2).length }
}

/** Length of the modulus in bits. */
export function rsaBits(spki: Uint8Array): number {
  return rsaKey(spki).bits
}

/** The encoded message inside a signature: `signature ^ exponent mod modulus`. `undefined` when it has a wrong length or range. */
function encodedMessage(spki: Uint8Array, signature: Uint8Array): { message: Uint8Array; bits: number } | undefined {
  const { modulus, exponent, bits } = rsaKey(spki)
  const length = Math.ceil(bits / 8)
  let base = toBig(signature)
  if (bits < 2048 || bits > 4096 || signature.length !== length || base >= modulus || exponent > 0xffffffffn) return undefined
  let result = 1n
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * base) % modulus
    base = (base * base) % modulus
  }
  return { message: toBytes(result, length), bits }
}

/** DigestInfo up to the digest (RFC 8017, 9.2, note 1), by the digest's length. */
const digestInfo: Record<number, number[]> = {
  32: [0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20],
  48: [0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0x04, 0x30],
  64: [0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00, 0x04, 0x40],
}

/** RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2): the whole encoding is built anew and compared, so that nothing in it is parsed leniently. */
export function verifyPkcs1(spki: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
  const encoded = encodedMessage(spki, signature)
  if (!encoded) return false
  const info = joinBytes(new Uint8Array(digestInfo[digest.length]!), digest)
  const padding = new Uint8Array(encoded.message.length - info.length - 3).fill(0xff)
  return sameBytes(encoded.message, joinBytes(new Uint8Array([0, 1]), padding, new Uint8Array([0]), info))
}

/** RSASSA-PSS with a salt as long as the digest (RFC 8017, 9.1.2). */
export function verifyPss(spki: Uint8Array, digest: Uint8Array, signature: Uint8Array, hash: (bytes: Uint8Array) => Uint8Array): boolean {
  const encoded = encodedMessage(spki, signature)
  if (!encoded) return false
  const size = digest.length
  const bits = encoded.bits - 1
  const length = Math.ceil(bits / 8)
  const message = encoded.message.subarray(encoded.message.length - length)
  if (encoded.message.length > length && encoded.message[0] !== 0) return false
  if (length < 2 * size + 2 || message[length - 1] !== 0xbc) return false
  const masked = message.subarray(0, length - size - 1)
  const check = message.subarray(length - size - 1, length - 1)
  const spare = 8 * length - bits
  if (spare > 0 && masked[0]! >> (8 - spare)) return false
  const mask = maskOf(check, masked.length, hash)
  const block = masked.map((byte, index) => byte ^ mask[index]!)
  block[0]! &= 0xff >> spare
  const zeros = length - 2 * size - 2
  if (block.subarray(0, zeros).some((byte) => byte !== 0) || block[zeros] !== 1) return false
  return sameBytes(check, hash(joinBytes(new Uint8Array(8), digest, block.subarray(zeros + 1))))
}

/** MGF1 (RFC 8017, B.2.1). */
function maskOf(seed: Uint8Array, length: number, hash: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  for (let counter = 0, have = 0; have < length; counter++) {
    const part = hash(joinBytes(seed, new Uint8Array([0, 0, counter >> 8, counter & 0xff])))
    parts.push(part)
    have += part.length
  }
  return joinBytes(...parts).subarray(0, length)
}
