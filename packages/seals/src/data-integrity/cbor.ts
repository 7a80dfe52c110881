/** The few kinds of CBOR (RFC 8949) that proof values of `ecdsa-sd-2023` hold: whole numbers, bytes, texts, arrays, maps by number. */
import { joinBytes, ProblemError } from '@cairn/core'

export type CborValue = number | string | Uint8Array | readonly CborValue[] | ReadonlyMap<number, CborValue>

const bad = (): never => {
  throw new ProblemError('proof.malformed', 'The value of the proof is not well-formed.')
}

/** Encodes in shortest form. */
export function encodeCbor(value: CborValue): Uint8Array {
  if (typeof value === 'number') return head(0, value)
  if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value)
    return joinBytes(head(3, bytes.length), bytes)
  }
  if (value instanceof Uint8Array) return joinBytes(head(2, value.length), value)
  if (value instanceof Map)
    return joinBytes(head(5, value.size), ...[...value].flatMap(([key, each]) => [encodeCbor(key), encodeCbor(each as CborValue)]))
  const list = value as readonly CborValue[]
  return joinBytes(head(4, list.length), ...list.map(encodeCbor))
}

function head(major: number, length: number): Uint8Array {
  if (length < 24) return Uint8Array.of((major << 5) | length)
  if (length < 0x100) return Uint8Array.of((major << 5) | 24, length)
  return Uint8Array.of((major << 5) | 25, length >> 8, length & 0xff)
}

/** Decodes exactly one value; raises `proof.malformed` for everything else. Bytes may also stand under tag 64 (RFC 8746). */
export function decodeCbor(bytes: Uint8Array): CborValue {
  let at = 0
  let left = 5000
  const take = (count: number) => {
    if (at + count > bytes.length) return bad()
    at += count
    return bytes.subarray(at - count, at)
  }
  const length = (info: number): number => {
    if (info < 24) return info
    if (info > 26) return bad()
    return take(1 << (info - 24)).reduce((sum, byte) => sum * 256 + byte, 0)
  }
  const value = (depth: number): CborValue => {
    if (depth > 4 || --left < 0) return bad()
    const first = take(1)[0]!
    const size = length(first & 31)
    switch (first >> 5) {
      case 0:
        return size
      case 2:
        return take(size).slice()
      case 3:
        return new TextDecoder('utf-8', { fatal: true }).decode(take(size))
      case 4: {
        if (size > left) return bad()
        return Array.from({ length: size }, () => value(depth + 1))
      }
      case 5: {
        const map = new Map<number, CborValue>()
        for (let count = 0; count < size; count++) {
          const key = value(depth + 1)
          if (typeof key !== 'number' || map.has(key)) return bad()
          map.set(key, value(depth + 1))
        }
        return map
      }
      case 6: {
        const tagged = size === 64 ? value(depth + 1) : bad()
        return tagged instanceof Uint8Array ? tagged : bad()
      }
      default:
        return bad()
    }
  }
  try {
    const found = value(0)
    return at === bytes.length ? found : bad()
  } catch (error) {
    if (error instanceof ProblemError) throw error
    return bad()
  }
}
