/** Values inside DER elements. */
import { isPlainDate, ProblemError } from '@cairn/core'
import { toHex } from '../base64.ts'
import { type DerElement, expectTag, tags } from './read-der.ts'

const fail = (what: string): never => {
  throw new ProblemError('certificate.malformed', what)
}

/** An object identifier in dotted form. */
export function oidOf(element: DerElement | undefined): string {
  const { content } = expectTag(element, tags.oid)
  if (content.length === 0 || content.length > 64 || content.at(-1)! & 0x80) fail('An object identifier is not complete.')
  const arcs: bigint[] = []
  let value = 0n
  let fresh = true
  for (const byte of content) {
    if (fresh && byte === 0x80) fail('An object identifier is not in its shortest form.')
    value = (value << 7n) | BigInt(byte & 0x7f)
    fresh = (byte & 0x80) === 0
    if (!fresh) continue
    if (arcs.length === 0) {
      const first = value < 40n ? 0n : value < 80n ? 1n : 2n
      arcs.push(first, value - first * 40n)
    } else arcs.push(value)
    value = 0n
  }
  return arcs.join('.')
}

/** The bytes of a whole number, two's complement, in shortest form. */
export function integerBytes(element: DerElement | undefined): Uint8Array {
  const { content } = expectTag(element, tags.integer)
  if (content.length === 0) fail('A number is empty.')
  if (content.length > 1 && ((content[0] === 0 && content[1]! < 0x80) || (content[0] === 0xff && content[1]! >= 0x80)))
    fail('A number is not in its shortest form.')
  return content
}

/** A number as hexadecimal, upper zeros kept as written: how serial numbers are compared and shown. */
export function serialOf(element: DerElement | undefined): string {
  return toHex(integerBytes(element))
}

/** A small number that is not negative. */
export function numberOf(element: DerElement | undefined): number {
  const bytes = integerBytes(element)
  if (bytes[0]! & 0x80 || bytes.length > 6) fail('A number is negative or too large.')
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** A value of an enumeration. */
export function enumeratedOf(element: DerElement | undefined): number {
  const { content } = expectTag(element, tags.enumerated)
  if (content.length !== 1) fail('A value of an enumeration is not one byte.')
  return content[0]!
}

/** TRUE or FALSE; DER knows 0xff and 0x00 alone. */
export function booleanOf(element: DerElement | undefined): boolean {
  const { content } = expectTag(element, tags.boolean)
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) fail('A truth value is neither true nor false.')
  return content[0] === 0xff
}

/** The bytes of a bit string without unused bits, as keys and signatures are. */
export function bitStringBytes(element: DerElement | undefined): Uint8Array {
  const { content } = expectTag(element, tags.bitString)
  if (content.length === 0 || content[0] !== 0) fail('A bit string has bits left over.')
  return content.subarray(1)
}

/** The numbers of the set bits of a named bit list, such as key usage. */
export function namedBits(element: DerElement | undefined): number[] {
  const { content } = expectTag(element, tags.bitString)
  const unused = content[0] ?? 8
  if (unused > 7 || (content.length === 1 && unused > 0)) fail('A bit string is not well-formed.')
  const set: number[] = []
  for (let bit = 0; bit < (content.length - 1) * 8 - unused; bit++) if (content[1 + (bit >> 3)]! & (0x80 >> (bit & 7))) set.push(bit)
  return set
}

const decoders: Record<number, string> = {
  12: 'utf-8',
  19: 'latin1',
  20: 'latin1',
  22: 'latin1',
  18: 'latin1',
  26: 'latin1',
  30: 'utf-16be',
}

/** Any of the text kinds of a name. */
export function textOf(element: DerElement): string {
  const label = decoders[element.tag]
  if (!label) return fail('A text is of an unknown kind.')
  try {
    return new TextDecoder(label, { fatal: true }).decode(element.content)
  } catch {
    return fail('A text is not well-formed.')
  }
}

/** A time as RFC 3339 in UTC: UTCTime or GeneralizedTime, both ending in Z (RFC 5280, 4.1.2.5). Fractions of a second are kept. */
export function timeOf(element: DerElement | undefined): string {
  const text = new TextDecoder('latin1').decode(element?.content)
  const match =
    element?.tag === tags.utcTime
      ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text)
      : element?.tag === tags.generalizedTime
        ? /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d*[1-9])?Z$/.exec(text)
        : null
  if (!match) return fail('A time is not well-formed.')
  const year = match[1]!.length === 4 ? match[1]! : `${Number(match[1]) >= 50 ? '19' : '20'}${match[1]}`
  const instant = `${year}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}${match[7] ?? ''}Z`
  if (!isPlainDate(instant.slice(0, 10)) || Number.isNaN(Date.parse(instant))) return fail('A time does not exist.')
  return instant
}
