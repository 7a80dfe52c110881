/** Values of a PDF file (ISO 32000-1, 7.3), read from bytes by a strict and bounded reader. */
import { ProblemError } from '@cairn/core'

/** A name without its slash, a string as one character a byte, a reference by object number. */
export type PdfValue =
  | null
  | boolean
  | number
  | { kind: 'name'; name: string }
  | { kind: 'string'; text: string }
  | { kind: 'reference'; number: number }
  | PdfValue[]
  | PdfDictionary
export type PdfDictionary = Map<string, PdfValue>

/** Refuses the document. */
export function unreadable(detail: string): never {
  throw new ProblemError('pdf.unreadable', detail)
}

const blank = new Set([0, 9, 10, 12, 13, 32])
const delimiter = new Set([...'()<>[]{}/%'].map((char) => char.charCodeAt(0)))
const mostDepth = 40
const mostValues = 200_000

/** Reads values one after the other from `at` on. */
export class PdfReader {
  at: number
  readonly bytes: Uint8Array
  #values = 0

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  /** Skips blanks and comments. */
  skip(): void {
    for (;;) {
      const byte = this.bytes[this.at]
      if (byte === undefined) return
      if (blank.has(byte)) this.at++
      else if (byte === 0x25) while (this.at < this.bytes.length && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at++
      else return
    }
  }

  /** The run of regular characters here, such as a number or a keyword. */
  word(): string {
    this.skip()
    const from = this.at
    while (this.at < this.bytes.length && !blank.has(this.bytes[this.at]!) && !delimiter.has(this.bytes[this.at]!)) this.at++
    return ascii(this.bytes, from, this.at)
  }

  /** The whole number of at most ten digits here, passed; `undefined` where another word stands. Tables of objects are made of them. */
  whole(): number | undefined {
    this.skip()
    const from = this.at
    let value = 0
    let byte = this.bytes[this.at]
    for (; byte !== undefined && byte >= 48 && byte <= 57; byte = this.bytes[++this.at]) value = value * 10 + byte - 48
    if (this.at > from && this.at - from <= 10 && (byte === undefined || blank.has(byte) || delimiter.has(byte))) return value
    this.at = from
    return undefined
  }

  /** True and passed when the word stands here. */
  takes(word: string): boolean {
    const from = this.at
    if (this.word() === word) return true
    this.at = from
    return false
  }

  value(depth = 0): PdfValue {
    if (depth > mostDepth || ++this.#values > mostValues) return unreadable('The document is nested too deeply, or has too many values.')
    this.skip()
    const byte = this.bytes[this.at]
    switch (byte) {
      case 0x2f:
        return this.#name()
      case 0x28:
        return this.#literal()
      case 0x5b:
        return this.#array(depth)
      case 0x3c:
        return this.bytes[this.at + 1] === 0x3c ? this.#dictionary(depth) : this.#hex()
      default:
        return this.#plain()
    }
  }

  #plain(): PdfValue {
    const word = this.word()
    if (word === 'null') return null
    if (word === 'true' || word === 'false') return word === 'true'
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return unreadable('A value is none that a document has.')
    if (/^\d{1,10}$/.test(word)) {
      const from = this.at
      if (/^\d{1,5}$/.test(this.word()) && this.takes('R')) return { kind: 'reference', number: Number(word) }
      this.at = from
    }
    return Number(word)
  }

  #name(): PdfValue {
    this.at++
    const from = this.at
    while (this.at < this.bytes.length && !blank.has(this.bytes[this.at]!) && !delimiter.has(this.bytes[this.at]!)) this.at++
    const written = ascii(this.bytes, from, this.at)
    if (!written.includes('#')) return { kind: 'name', name: written }
    const name = written.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    return { kind: 'name', name }
  }

  #literal(): PdfValue {
    let open = 0
    let text = ''
    for (;;) {
      const byte = this.bytes[this.at++]
      if (byte === undefined) return unreadable('A text does not end.')
      if (byte === 0x28 && open++ === 0) continue
      if (byte === 0x29 && --open === 0) return { kind: 'string', text }
      text += byte === 0x5c ? this.#escape() : String.fromCharCode(byte)
    }
  }

  #escape(): string {
    const byte = this.bytes[this.at++] ?? 0
    const plain = { 110: '\n', 114: '\r', 116: '\t', 98: '\b', 102: '\f' }[byte]
    if (plain !== undefined) return plain
    if (byte === 13) {
      if (this.bytes[this.at] === 10) this.at++
      return ''
    }
    if (byte === 10) return ''
    const digits = /^[0-7]{1,3}/.exec(ascii(this.bytes.subarray(this.at - 1, this.at + 2)))?.[0]
    if (!digits) return String.fromCharCode(byte)
    this.at += digits.length - 1
    return String.fromCharCode(Number.parseInt(digits, 8) & 255)
  }

  #hex(): PdfValue {
    const end = this.bytes.indexOf(0x3e, this.at)
    if (end < 0) return unreadable('A text does not end.')
    const digits = ascii(this.bytes, this.at + 1, end).replace(/\s/g, '')
    if (!/^[0-9A-Fa-f]*$/.test(digits)) return unreadable('A text is not written as one.')
    this.at = end + 1
    const text = (digits.length % 2 ? `${digits}0` : digits).replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
    return { kind: 'string', text }
  }

  #array(depth: number): PdfValue[] {
    this.at++
    const values: PdfValue[] = []
    for (;;) {
      this.skip()
      if (this.bytes[this.at] === 0x5d) {
        this.at++
        return values
      }
      values.push(this.value(depth + 1))
    }
  }

  #dictionary(depth: number): PdfDictionary {
    this.at += 2
    const entries: PdfDictionary = new Map()
    for (;;) {
      this.skip()
      if (this.bytes[this.at] === 0x3e && this.bytes[this.at + 1] === 0x3e) {
        this.at += 2
        return entries
      }
      const key = this.value(depth + 1)
      if (!isName(key)) return unreadable('A dictionary has a key that is no name.')
      // Readers differ on which of two equal keys counts, so a document with two says two things.
      if (entries.has(key.name)) return unreadable('A dictionary has a key twice.')
      entries.set(key.name, this.value(depth + 1))
    }
  }
}

/** Bytes as one character each, from one place up to another. */
export function ascii(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = ''
  // Most are words of a few letters, for which a call with a list takes longer than a call each; spreading would make an object a byte.
  if (to - from <= 32) for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at]!)
  else
    for (let at = from; at < to; at += 0x8000)
      text += String.fromCharCode.apply(null, bytes.subarray(at, Math.min(at + 0x8000, to)) as unknown as number[])
  return text
}

export const isName = (value: PdfValue | undefined): value is { kind: 'name'; name: string } =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'name'
export const isText = (value: PdfValue | undefined): value is { kind: 'string'; text: string } =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'string'
export const isReference = (value: PdfValue | undefined): value is { kind: 'reference'; number: number } =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'reference'
export const isDictionary = (value: PdfValue | undefined): value is PdfDictionary => value instanceof Map

/** A name. */
export const pdfName = (name: string): PdfValue => ({ kind: 'name', name })

/** A text string: UTF-16 behind its mark where it needs more than ASCII (7.9.2.2). */
export function pdfText(words: string): PdfValue {
  if (/^[ -~]*$/.test(words)) return { kind: 'string', text: words }
  const bytes = [...Array(words.length).keys()].map((at) => words.charCodeAt(at)).flatMap((unit) => [unit >> 8, unit & 255])
  return { kind: 'string', text: `\u00fe\u00ff${String.fromCharCode(...bytes)}` }
}

/** A date (7.9.4) of a moment in UTC, RFC 3339. */
export const pdfDate = (at: string): PdfValue => ({ kind: 'string', text: `D:${at.replace(/[-:T]/g, '').slice(0, 14)}Z` })

/** A text of one character a byte as bytes. */
export function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Bytes in hexadecimal. */
export function hexText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += pairs[byte]
  return text
}
