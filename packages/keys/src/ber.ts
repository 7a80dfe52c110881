/** Reading BER as PKCS#12 files have it: definite or indefinite lengths, strings in pieces (X.690, 8). */
import { ProblemError } from '@cairn/core'

/** One element. `tag` is the first byte without the constructed bit; `parts` are there when it is constructed. */
export interface Element {
  tag: number
  parts: readonly Element[]
  /** The content of a primitive element; of a string in pieces, all of them. */
  content: Uint8Array
  /** The element whole, tag and length included. */
  raw: Uint8Array
}

/** A problem with the structure of a key. */
export const unreadable = (detail: string) => new ProblemError('key.unreadable', detail)

const deepest = 32
const string = 0x04
const constructed = 0x20

/** Reads the one element that the bytes are. Raises `key.unreadable`. */
export function readBer(bytes: Uint8Array): Element {
  const { element, end } = readAt(bytes, 0, 0)
  if (end !== bytes.length) throw unreadable('The file does not end where its content ends.')
  return element
}

function readAt(bytes: Uint8Array, start: number, depth: number): { element: Element; end: number } {
  if (depth > deepest) throw unreadable('The file is nested too deeply.')
  const byte = (at: number) => {
    const found = bytes[at]
    if (found === undefined) throw unreadable('The file ends too early.')
    return found
  }
  const first = byte(start)
  if ((first & 0x1f) === 0x1f) throw unreadable('The file is no well-formed PKCS#12 file.')
  let at = start + 2
  let length: number | undefined = byte(start + 1)
  if (length === 0x80) length = undefined
  else if (length > 0x80) {
    const size = length & 0x7f
    if (size > 4) throw unreadable('The file is no well-formed PKCS#12 file.')
    length = 0
    for (let n = 0; n < size; n++) length = length * 256 + byte(at++)
  }
  if (length !== undefined && at + length > bytes.length) throw unreadable('The file ends too early.')
  if (!(first & constructed)) {
    if (length === undefined) throw unreadable('The file is no well-formed PKCS#12 file.')
    const end = at + length
    return { element: { tag: first, parts: [], content: bytes.subarray(at, end), raw: bytes.subarray(start, end) }, end }
  }
  const parts: Element[] = []
  const end = length === undefined ? Number.POSITIVE_INFINITY : at + length
  while (at < end) {
    if (length === undefined && byte(at) === 0 && byte(at + 1) === 0) {
      at += 2
      break
    }
    const next = readAt(bytes, at, depth + 1)
    parts.push(next.element)
    at = next.end
  }
  if (length !== undefined && at !== end) throw unreadable('The file is no well-formed PKCS#12 file.')
  const inPieces = parts.length > 0 && parts.every((part) => part.tag === string)
  const content = inPieces ? Buffer.concat(parts.map((part) => part.content)) : new Uint8Array()
  return { element: { tag: first & ~constructed, parts, content, raw: bytes.subarray(start, at) }, end: at }
}

/** The nth part. Raises `key.unreadable` when it is not there. */
export function part(of: Element, n: number): Element {
  const found = of.parts[n]
  if (!found) throw unreadable('A part of the file is missing.')
  return found
}

/** An object identifier in dotted form. Raises `key.unreadable`. */
export function dotted(of: Element): string {
  const [first, ...bytes] = of.content
  if (of.tag !== 0x06 || first === undefined) throw unreadable('An identifier in the file is missing.')
  const top = Math.min(2, Math.floor(first / 40))
  const arcs = [top, first - 40 * top]
  let arc = 0
  for (const byte of bytes) {
    arc = arc * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(arc)
      arc = 0
    }
  }
  return arcs.join('.')
}

/** A whole number that is not negative. Raises `key.unreadable`. */
export function whole(of: Element): number {
  if (of.tag !== 0x02 || of.content.length > 6 || of.content[0]! & 0x80) throw unreadable('A number in the file is out of range.')
  return of.content.reduce((sum, byte) => sum * 256 + byte, 0)
}
