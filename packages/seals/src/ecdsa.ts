/** ECDSA signatures in their two shapes: DER in certificates and tokens, `r || s` in JOSE. */
import { elements, readDer, tags } from './der/read-der.ts'
import { integerBytes } from './der/values.ts'
import { derElement, derUnsigned } from './der/write-der.ts'

/** A DER signature as `r || s` of `size` bytes each; `undefined` when it is none (also for numbers that are negative or too large). */
export function rawFromDer(signature: Uint8Array, size: number): Uint8Array | undefined {
  try {
    const outer = readDer(signature)
    if (outer.tag !== tags.sequence) return undefined
    const numbers = elements(outer)
    if (numbers.length !== 2) return undefined
    const raw = new Uint8Array(2 * size)
    for (const [index, number] of numbers.entries()) {
      let bytes = integerBytes(number)
      if (bytes[0]! & 0x80) return undefined
      if (bytes[0] === 0) bytes = bytes.subarray(1)
      if (bytes.length > size) return undefined
      raw.set(bytes, (index + 1) * size - bytes.length)
    }
    return raw
  } catch {
    return undefined
  }
}

/** A signature of `r || s` in DER. */
export function derFromRaw(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2
  return derElement(tags.sequence, derUnsigned(signature.subarray(0, half)), derUnsigned(signature.subarray(half)))
}
