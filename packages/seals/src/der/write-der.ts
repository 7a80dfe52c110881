/** The few elements of DER that are written here. */
import { joinBytes } from '@cairn/core'

/** An element of this tag around its parts, length in shortest form. */
export function derElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = joinBytes(...parts)
  const length: number[] = []
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest & 0xff)
  const head = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | length.length, ...length]
  return joinBytes(new Uint8Array(head), content)
}

/** NULL. */
export const derNull = (): Uint8Array => new Uint8Array([0x05, 0])

/** An object identifier in dotted form. */
export function derOid(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]]
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left % 128) | 0x80)
    return groups
  })
  return derElement(0x06, Uint8Array.from(bytes))
}

/** A serial number from its hexadecimal, as it was read. */
export function derSerial(hex: string): Uint8Array {
  return derElement(
    0x02,
    Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
  )
}

/** A whole number of unsigned bytes, in shortest form. */
export function derUnsigned(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0)
  const short = first < 0 ? new Uint8Array(1) : bytes.subarray(first)
  return short[0]! & 0x80 ? derElement(0x02, new Uint8Array(1), short) : derElement(0x02, short)
}
