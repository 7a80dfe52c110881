/** Writing DER (X.690, 10): just what certificates are made of. */
const utf8 = new TextEncoder()

/** One element: tag, length, and the parts one after another. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const bytes = [length & 0xff]
  for (let rest = length >>> 8; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff)
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | bytes.length, ...bytes]
  const out = new Uint8Array(head.length + length)
  out.set(head)
  let at = head.length
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** SEQUENCE. */
export const sequence = (...parts: readonly Uint8Array[]) => element(0x30, ...parts)
/** SET of one member, as a relative distinguished name has it. */
export const setOf = (member: Uint8Array) => element(0x31, member)
/** OCTET STRING. */
export const octets = (content: Uint8Array) => element(0x04, content)
/** BIT STRING of whole bytes, or with unused bits at the end. */
export const bits = (content: Uint8Array, unused = 0) => element(0x03, Uint8Array.of(unused), content)
/** UTF8String. */
export const text = (value: string) => element(0x0c, utf8.encode(value))
/** PrintableString, as a country code is written. */
export const printable = (value: string) => element(0x13, utf8.encode(value))
/** BOOLEAN true. */
export const yes = () => element(0x01, Uint8Array.of(0xff))
/** NULL. */
export const nothing = () => element(0x05)

/** INTEGER of unsigned big-endian bytes. */
export function integer(value: Uint8Array | number): Uint8Array {
  const bytes = typeof value === 'number' ? Uint8Array.of(value) : value
  const first = bytes.findIndex((byte) => byte !== 0)
  const trimmed = first < 0 ? Uint8Array.of(0) : bytes.subarray(first)
  return trimmed[0]! & 0x80 ? element(0x02, Uint8Array.of(0), trimmed) : element(0x02, trimmed)
}

/** OBJECT IDENTIFIER in dotted form; arcs of any size. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split('.').map(BigInt) as [bigint, bigint, ...bigint[]]
  const bytes = [first * 40n + second, ...rest].flatMap((arc) => {
    const groups = [Number(arc & 0x7fn)]
    for (let left = arc >> 7n; left > 0n; left >>= 7n) groups.unshift(Number(left & 0x7fn) | 0x80)
    return groups
  })
  return element(0x06, Uint8Array.from(bytes))
}

/** A time as RFC 5280, 4.1.2.5 wants it: UTCTime through 2049, GeneralizedTime after. */
export function time(moment: Date): Uint8Array {
  const digits = `${moment.toISOString().slice(0, 19).replace(/\D/g, '')}Z`
  const year = moment.getUTCFullYear()
  return year >= 1950 && year < 2050 ? element(0x17, utf8.encode(digits.slice(2))) : element(0x18, utf8.encode(digits))
}

/** SET of several members, in the order that DER wants (X.690, 11.6). */
export function setOfAll(...members: readonly Uint8Array[]): Uint8Array {
  return element(0x31, ...[...members].sort((one, other) => Buffer.compare(one, other)))
}
/** GeneralizedTime, in whole seconds. */
export const generalizedTime = (moment: Date) => element(0x18, utf8.encode(`${moment.toISOString().slice(0, 19).replace(/\D/g, '')}Z`))
/** ENUMERATED. */
export const enumerated = (value: number) => element(0x0a, Uint8Array.of(value))
