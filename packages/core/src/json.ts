/**
 * The one strict JSON parser for everything signed (R-JSON-1, limits of R-LIM-1): UTF-8 alone, no byte order mark, no member twice, no name that
 * reaches a prototype, no number that cannot be read exactly, objects without prototype. One pass that checks and builds.
 */
import { type ProblemCode, ProblemError } from './problems.ts'

/** A parsed value. */
export type Json = null | boolean | number | string | Json[] | JsonObject
/** A parsed object; it has no prototype. */
export interface JsonObject {
  [key: string]: Json
}

/** How much is read. `bytes` of input, `depth` of nesting, `nodes` in all, `string` in UTF-16 units; members of the top object named in `long` may be longer. */
export interface JsonLimits {
  bytes: number
  depth: number
  nodes: number
  string: number
  long: readonly string[]
}

/** The limits of R-LIM-1: 1 MiB, 64 deep, 50,000 nodes, 256 Ki a string. */
export const jsonLimits: JsonLimits = { bytes: 1024 * 1024, depth: 64, nodes: 50_000, string: 256 * 1024, long: [] }

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])
/** Names on which a verdict may hang: two spellings of one of them in an object are refused. */
const decisive = new Map(
  (
    '@context id type issuer iss sub vct alg typ cty kid crit b64 iat sigT x5c x5t x5t#S256 etsiU payload protected header signature signatures exp nbf ' +
    'issued issuanceDate validFrom validUntil expirationDate credentialStatus credentialSubject credentialSchema credentialProfiles proof status ' +
    'statusListCredential statusListIndex statusPurpose encodedList jwk jku x5u cnf nonce aud'
  )
    .split(' ')
    .map((name) => [name.toLowerCase(), name]),
)
const whole = /^-?(?:0|[1-9]\d*)$/
/** The end of a string from a letter before a backslash on: a quotation mark behind an even number of backslashes. */
const ending = /[^\\](?:\\\\)*"/g
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const escapes: Record<string, string> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** True for an object; an array and null are none. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Parses strictly (R-JSON-1).
 * @throws ProblemError `json.*`, with a JSON Pointer and the offset, never with data.
 * @example parseJson('{"a":1}') // { a: 1 } without a prototype
 */
export function parseJson(input: Uint8Array | string, limits: Partial<JsonLimits> = {}): Json {
  const full = { ...jsonLimits, ...limits }
  if (input.length > full.bytes) throw new ProblemError('json.too-large', `The document has more than ${full.bytes} bytes.`, '')
  return new Reader(decode(input), full).document()
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(input: Uint8Array | string): string {
  let text: string
  if (typeof input === 'string') {
    if (!input.isWellFormed()) throw new ProblemError('json.not-utf8', 'The text has half of a surrogate pair.', '')
    text = input
  } else {
    try {
      text = utf8.decode(input)
    } catch {
      throw new ProblemError('json.not-utf8', 'Some bytes are not UTF-8.', '')
    }
  }
  if (text.charCodeAt(0) === 0xfeff) throw new ProblemError('json.byte-order-mark', 'The first character is U+FEFF.', '')
  return text
}

/** A name of members, and whether it is another spelling of a decisive one. */
interface Name {
  name: string
  other: boolean
}

class Reader {
  readonly #text: string
  readonly #limits: JsonLimits
  #at = 0
  #nodes = 0
  #depth = 0
  readonly #path: (string | number)[] = []
  readonly #names = new Map<string, Name>()

  constructor(text: string, limits: JsonLimits) {
    this.#text = text
    this.#limits = limits
  }

  document(): Json {
    this.#blanks()
    const value = this.#value()
    this.#blanks()
    if (this.#at < this.#text.length) this.#fail('json.syntax', 'Something follows the document')
    return value
  }

  #fail(code: ProblemCode, what: string): never {
    const pointer = this.#path
      .slice(0, this.#depth)
      .map((step) => `/${String(step).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('')
    throw new ProblemError(code, `${what}, at character ${this.#at}.`, pointer)
  }

  #blanks(): void {
    const text = this.#text
    for (;;) {
      const c = text.charCodeAt(this.#at)
      if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) this.#at++
      else return
    }
  }

  #value(): Json {
    if (++this.#nodes > this.#limits.nodes) this.#fail('json.too-large', `There are more than ${this.#limits.nodes} values`)
    switch (this.#text.charCodeAt(this.#at)) {
      case 0x22:
        return this.#string(this.#depth === 1 && this.#limits.long.includes(String(this.#path[0])))
      case 0x7b:
        return this.#object()
      case 0x5b:
        return this.#array()
      case 0x74:
        return this.#word('true', true)
      case 0x66:
        return this.#word('false', false)
      case 0x6e:
        return this.#word('null', null)
      default:
        return this.#number()
    }
  }

  #word<T extends Json>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#fail('json.syntax', 'This is no JSON value')
    this.#at += word.length
    return value
  }

  #number(): number {
    number.lastIndex = this.#at
    const found = number.exec(this.#text)?.[0]
    if (found === undefined) this.#fail('json.syntax', this.#at < this.#text.length ? 'This is no JSON value' : 'The text ends too early')
    const value = Number(found)
    if (whole.test(found) ? !Number.isSafeInteger(value) : !(Math.abs(value) <= Number.MAX_SAFE_INTEGER))
      this.#fail('json.number-range', 'A number is beyond 2^53 - 1')
    this.#at += found.length
    return value
  }

  #string(long = false): string {
    const text = this.#text
    const start = ++this.#at
    let at = start
    for (;;) {
      const c = text.charCodeAt(at)
      if (c === 0x22) {
        if (at - start > this.#limits.string && !long)
          this.#fail('json.too-large', `A string has more than ${this.#limits.string} characters`)
        this.#at = at + 1
        return text.slice(start, at)
      }
      if (c === 0x5c) return this.#escaped(start, at, long)
      if (!(c >= 0x20)) {
        this.#at = at
        this.#fail('json.syntax', at < text.length ? 'A control character stands in a string' : 'A string does not end')
      }
      at++
    }
  }

  /**
   * A string with a backslash in it. Where it ends and what it says is found by the platform, which accepts exactly the strings of RFC 8259. What it
   * refuses is read again letter by letter, so that the problem has its place.
   */
  #escaped(start: number, backslash: number, long: boolean): string {
    ending.lastIndex = backslash - 1
    if (!ending.test(this.#text)) return this.#lettered(start, backslash, long)
    const literal = this.#text.slice(start - 1, ending.lastIndex)
    let value: string
    try {
      value = JSON.parse(literal) as string
    } catch {
      return this.#lettered(start, backslash, long)
    }
    this.#at = ending.lastIndex
    return this.#checked(value, long)
  }

  /** The value when it is not too long and no escape brought half of a pair. */
  #checked(value: string, long: boolean): string {
    if (value.length > this.#limits.string && !long)
      this.#fail('json.too-large', `A string has more than ${this.#limits.string} characters`)
    if (!value.isWellFormed()) this.#fail('json.not-utf8', 'An escape is half of a surrogate pair')
    return value
  }

  /** The rest of a string from its first backslash on, letter by letter. */
  #lettered(start: number, backslash: number, long: boolean): string {
    const text = this.#text
    let value = text.slice(start, backslash)
    let at = backslash
    let from = at
    for (;;) {
      const c = text.charCodeAt(at)
      if (c === 0x22) {
        value += text.slice(from, at)
        this.#at = at + 1
        break
      }
      if (c === 0x5c) {
        value += text.slice(from, at)
        const letter = text[at + 1] ?? ''
        this.#at = at
        if (letter === 'u') {
          const hex = text.slice(at + 2, at + 6)
          if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.#fail('json.syntax', 'An escape is not complete')
          value += String.fromCharCode(Number.parseInt(hex, 16))
          at += 6
        } else {
          const plain = escapes[letter]
          if (plain === undefined) this.#fail('json.syntax', 'There is no such escape')
          value += plain
          at += 2
        }
        from = at
        continue
      }
      if (!(c >= 0x20)) {
        this.#at = at
        this.#fail('json.syntax', at < text.length ? 'A control character stands in a string' : 'A string does not end')
      }
      at++
    }
    return this.#checked(value, long)
  }

  #enter(): number {
    if (this.#depth >= this.#limits.depth) this.#fail('json.too-deep', `There are more than ${this.#limits.depth} levels`)
    this.#at++
    this.#blanks()
    return this.#depth++
  }

  #array(): Json[] {
    const level = this.#enter()
    const values: Json[] = []
    if (this.#text.charCodeAt(this.#at) === 0x5d) {
      this.#at++
      this.#depth--
      return values
    }
    for (;;) {
      this.#path[level] = values.length
      values.push(this.#value())
      this.#blanks()
      const c = this.#text.charCodeAt(this.#at)
      if (c !== 0x2c && c !== 0x5d) this.#fail('json.syntax', 'A comma or a closing bracket was expected')
      this.#at++
      if (c === 0x5d) break
      this.#blanks()
    }
    this.#depth--
    return values
  }

  #object(): JsonObject {
    const level = this.#enter()
    this.#path[level] = ''
    const members: JsonObject = Object.create(null)
    if (this.#text.charCodeAt(this.#at) === 0x7d) {
      this.#at++
      this.#depth--
      return members
    }
    let spellings = false
    for (;;) {
      if (this.#text.charCodeAt(this.#at) !== 0x22) this.#fail('json.syntax', 'The name of a member was expected')
      const { name, other } = this.#name(this.#string())
      this.#path[level] = name
      if (other) spellings = true
      if (name in members) this.#fail('json.duplicate-member', 'It stands there again')
      this.#blanks()
      if (this.#text.charCodeAt(this.#at) !== 0x3a) this.#fail('json.syntax', 'A colon was expected')
      this.#at++
      this.#blanks()
      members[name] = this.#value()
      this.#blanks()
      const c = this.#text.charCodeAt(this.#at)
      if (c !== 0x2c && c !== 0x7d) this.#fail('json.syntax', 'A comma or a closing brace was expected')
      this.#at++
      if (c === 0x7d) break
      this.#blanks()
    }
    if (spellings) this.#spellings(members)
    this.#depth--
    return members
  }

  /** Refuses forbidden names. The same string is answered for a name met before: the platform finds members by it at once. */
  #name(name: string): Name {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    if (forbidden.has(name)) this.#fail('json.forbidden-member', 'A name is never allowed')
    const spelling = decisive.get(name.toLowerCase())
    const met = { name, other: spelling !== undefined && spelling !== name }
    this.#names.set(name, met)
    return met
  }

  #spellings(members: JsonObject): void {
    const seen = new Set<string>()
    for (const name of Object.keys(members)) {
      const lower = name.toLowerCase()
      if (!decisive.has(lower)) continue
      if (seen.has(lower)) this.#fail('json.duplicate-member', 'A member appears in two spellings')
      seen.add(lower)
    }
  }
}
