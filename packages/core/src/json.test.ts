import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { cpuClock } from '@cairn/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Json, type JsonLimits, parseJson } from './json.ts'
import { ProblemError } from './problems.ts'

const vectors = path.resolve(import.meta.dirname, '../../../../shared/vectors')
const utf8 = (text: string) => new TextEncoder().encode(text)
function refusal(input: Uint8Array | string, limits?: Partial<JsonLimits>): { code: string; pointer?: string | undefined; detail: string } {
  try {
    parseJson(input, limits)
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('it was accepted')
}

test('R-JSON-1 reads every document as JSON.parse does, from text and from bytes', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      if (/"(__proto__|constructor|prototype)"/.test(text)) return
      if (/\d{16}|[eE][+-]?\d\d/.test(text)) return
      const wanted = JSON.stringify(JSON.parse(text))
      expect(JSON.stringify(parseJson(text))).toBe(wanted)
      expect(JSON.stringify(parseJson(utf8(text)))).toBe(wanted)
    }),
  )
})

test('R-JSON-1 what JSON.parse refuses is refused, after any small edit', () => {
  fc.assert(
    fc.property(
      fc.json({ maxDepth: 4 }),
      fc.nat(),
      fc.constantFrom('', '"', '{', ']', ',', '\\', '\u0001', '0', 'x', ':'),
      (text, where, put) => {
        const at = where % (text.length + 1)
        const edited = text.slice(0, at) + put + text.slice(at + 1)
        let wanted: string | undefined
        try {
          wanted = JSON.stringify(JSON.parse(edited))
        } catch {}
        let got: string | undefined
        try {
          got = JSON.stringify(parseJson(edited))
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError)
        }
        if (wanted === undefined) expect(got, edited).toBeUndefined()
        else if (got !== undefined) expect(got).toBe(wanted)
      },
    ),
    { numRuns: 2000 },
  )
})

test('R-JSON-1 strings full of escapes end where JSON.parse ends them, and half of a surrogate pair is refused', () => {
  const piece = fc.constantFrom(
    '\\\\',
    '\\"',
    '"',
    '\\',
    '\\u00e9',
    '\\ud83d',
    '\\ude00',
    '\\n',
    '\\/',
    '\\x',
    '\\u12',
    '\u0001',
    'é',
    '😀',
    'x',
    ',',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 4 }), (one, other) => {
      const text = `["${one.join('')}","${other.join('')}"]`
      let wanted: string[] | undefined
      try {
        wanted = JSON.parse(text) as string[]
      } catch {}
      if (wanted?.every((each) => each.isWellFormed())) expect(parseJson(text)).toEqual(wanted)
      else expect(refusal(text).code).toMatch(wanted ? /^json.not-utf8$/ : /^json.(syntax|not-utf8)$/)
    }),
    { numRuns: 5000 },
  )
})

test('R-LIM-1 a string of backslashes alone is read in time', () => {
  const spent = cpuClock()
  expect(parseJson(`"${'\\'.repeat(200_000)}"`)).toBe('\\'.repeat(100_000))
  expect(refusal(`"${'\\'.repeat(200_001)}"`).code).toBe('json.syntax')
  expect(refusal(`"${'\\"'.repeat(100_000)}`).code).toBe('json.syntax')
  expect(spent()).toBeLessThan(500)
})

test('R-JSON-1 a member twice, compared after unescaping, is refused with its pointer', () => {
  expect(refusal('{"a":{"b":1,"b":2}}')).toMatchObject({ code: 'json.duplicate-member', pointer: '/a/b' })
  expect(refusal('{"a":[0,{"x":1,"\\u0078":2}]}')).toMatchObject({ code: 'json.duplicate-member', pointer: '/a/1/x' })
  expect(refusal('{"issuer":"a","Issuer":"b"}').code).toBe('json.duplicate-member')
  expect(refusal('{"ALG":"a","alg":"b"}').code).toBe('json.duplicate-member')
  expect(parseJson('{"title":1,"Title":2,"Issuer":3}')).toMatchObject({ Title: 2 })
  expect(parseJson('[{"a":1},{"a":1}]')).toHaveLength(2)
})

test('R-JSON-1 names that reach a prototype are refused; objects have none', () => {
  for (const name of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])
    expect(refusal(`{"x":[{"${name}":1}]}`).code).toBe('json.forbidden-member')
  const value = parseJson('{"a":{}}') as { a: Json }
  expect(Object.getPrototypeOf(value)).toBeNull()
  expect(Object.getPrototypeOf(value.a)).toBeNull()
})

test('R-JSON-1 numbers stay within 2^53 - 1', () => {
  expect(parseJson('[9007199254740991,-9007199254740991,0.1,-0,1e3]')).toEqual([9007199254740991, -9007199254740991, 0.1, -0, 1000])
  for (const text of ['9007199254740992', '-9007199254740992', '1e400', '-1e16', '9007199254740993.5'])
    expect(refusal(text).code).toBe('json.number-range')
  for (const text of ['01', '+1', '.5', '1.', '1e', '0x1', 'NaN', 'Infinity', '-']) expect(refusal(text).code, text).toBe('json.syntax')
})

test('R-JSON-1 only well-formed UTF-8 without a byte order mark', () => {
  expect(refusal(Uint8Array.from([0x22, 0xff, 0x22])).code).toBe('json.not-utf8')
  expect(refusal(Uint8Array.from([0x22, 0xc0, 0xaf, 0x22])).code).toBe('json.not-utf8')
  expect(refusal(Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d])).code).toBe('json.byte-order-mark')
  expect(refusal('\ufeff{}').code).toBe('json.byte-order-mark')
  expect(refusal(Uint8Array.from([0x7b, 0, 0x7d, 0])).code).toBe('json.syntax')
  expect(refusal('"\\ud800"').code).toBe('json.not-utf8')
  expect(refusal('"\ud800"').code).toBe('json.not-utf8')
  expect(parseJson('"\\ud83d\\udc4d"')).toBe('👍')
})

test('R-LIM-1 depth, nodes, strings and bytes are bounded, the payload of a JWS apart', () => {
  expect(parseJson('['.repeat(64) + ']'.repeat(64))).toHaveLength(1)
  expect(refusal('['.repeat(65) + ']'.repeat(65)).code).toBe('json.too-deep')
  expect(refusal('['.repeat(500_000)).code).toBe('json.too-deep')
  expect(refusal(`[${'0,'.repeat(50_000)}0]`).code).toBe('json.too-large')
  const long = 'x'.repeat(256 * 1024 + 1)
  expect(refusal(`{"a":{"payload":"${long}"}}`, { long: ['payload'] })).toMatchObject({ code: 'json.too-large', pointer: '/a/payload' })
  expect(refusal(`{"payload":"\\n${long}"}`).code).toBe('json.too-large')
  expect((parseJson(`{"payload":"\\n${long}"}`, { long: ['payload'] }) as { payload: string }).payload).toHaveLength(long.length + 1)
  expect(refusal(' '.repeat(1024 * 1024 + 1)).code).toBe('json.too-large')
})

test('a problem names the place, never the data', () => {
  const secret = 'Ana Andromeda'
  const problem = refusal(`{"learner":{"name":"${secret}" "x":1}}`)
  expect(problem).toMatchObject({ code: 'json.syntax', pointer: '/learner/name' })
  expect(problem.detail).not.toContain(secret)
  expect(refusal(`{"a~b/c":{"d":1,"d":2}}`).pointer).toBe('/a~0b~1c/d')
})

test.skipIf(!existsSync(vectors))('naughty strings survive (needs ../shared/vectors)', () => {
  const file = path.join(vectors, 'text')
  const texts = readFileSync(path.join(file, 'blns.json'), 'utf8')
  const all = (JSON.parse(texts) as string[]).filter((text) => text.isWellFormed())
  for (const text of all) expect(parseJson(utf8(JSON.stringify({ text })))).toEqual({ text })
})
