/**
 * A strict reader of DER (X.690, chapters 8 to 11): definite lengths in their shortest form, nothing left over, bounded depth. It reads what
 * certificates and time-stamp tokens are made of and refuses everything else.
 */
import { ProblemError } from '@cairn/core'

/** One element. `tag` is the whole first byte; high tag numbers do not occur in what we read and are refused. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array
  /** The element with its tag and length: what a signature covers. */
  readonly raw: Uint8Array
}

/** Tags by name. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const

/** The tag `[n]`, constructed. */
export const context = (n: number): number => 0xa0 | n
/** The tag `[n]`, primitive. */
export const contextPrimitive = (n: number): number => 0x80 | n

const fail = (what: string): never => {
  throw new ProblemError('certificate.malformed', what)
}

function elementAt(bytes: Uint8Array, start: number): { element: DerElement; end: number } {
  if (start + 2 > bytes.length) fail('An element ends too early.')
  const tag = bytes[start]!
  if ((tag & 0x1f) === 0x1f) fail('A high tag number does not belong here.')
  let at = start + 1
  let length = bytes[at++]!
  if (length === 0x80) fail('An indefinite length is no DER.')
  if (length > 0x80) {
    const count = length & 0x7f
    if (count > 4 || at + count > bytes.length) fail('A length is too long.')
    length = 0
    for (let index = 0; index < count; index++) length = length * 256 + bytes[at++]!
    if (length < 0x80 || length < 256 ** (count - 1)) fail('A length is not in its shortest form.')
  }
  const end = at + length
  if (end > bytes.length) fail('An element reaches beyond the end.')
  return { element: { tag, content: bytes.subarray(at, end), raw: bytes.subarray(start, end) }, end }
}

/** Reads the one element that the bytes consist of. Raises `certificate.malformed`. */
export function readDer(bytes: Uint8Array): DerElement {
  const { element, end } = elementAt(bytes, 0)
  if (end !== bytes.length) fail('Something follows the structure.')
  return element
}

/** Reads the first element and says where it ends, for structures that stand in a place larger than they are. Raises `certificate.malformed`. */
export function readFirst(bytes: Uint8Array): { element: DerElement; end: number } {
  return elementAt(bytes, 0)
}

/** Reads the one SEQUENCE that the bytes consist of. Raises `certificate.malformed`. */
export function readSequence(bytes: Uint8Array): DerElement {
  return expectTag(readDer(bytes), tags.sequence)
}

/** The elements inside a constructed element, in order. Raises `certificate.malformed`. */
export function elements(parent: DerElement): DerElement[] {
  if ((parent.tag & 0x20) === 0) fail('A structure was expected.')
  const found: DerElement[] = []
  for (let at = 0; at < parent.content.length; ) {
    const { element, end } = elementAt(parent.content, at)
    found.push(element)
    if (found.length > 10_000) fail('A structure has too many parts.')
    at = end
  }
  return found
}

/** Visits the elements inside a constructed element one by one, for lists that may be long. Raises `certificate.malformed`. */
export function* eachElement(parent: DerElement): Generator<DerElement> {
  if ((parent.tag & 0x20) === 0) fail('A structure was expected.')
  for (let at = 0; at < parent.content.length; ) {
    const { element, end } = elementAt(parent.content, at)
    yield element
    at = end
  }
}

/** The element, when it has this tag. Raises `certificate.malformed` when it is another or there is none. */
export function expectTag(element: DerElement | undefined, tag: number): DerElement {
  if (element?.tag !== tag) fail('A part is missing or of another kind.')
  return element!
}

/** An element read one part after the other: required parts by `take`, optional ones by `maybe`. */
export function reader(parent: DerElement): {
  take(tag?: number): DerElement
  maybe(tag: number): DerElement | undefined
  rest(): DerElement[]
} {
  const parts = elements(parent)
  let at = 0
  return {
    take(tag) {
      const part = parts[at++]
      return tag === undefined ? (part ?? fail('A part is missing.')) : expectTag(part, tag)
    },
    maybe(tag) {
      return parts[at]?.tag === tag ? parts[at++] : undefined
    },
    rest() {
      return parts.slice(at)
    },
  }
}
