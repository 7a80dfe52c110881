/** R-JOSE-4: base64 has one writing for each byte string, and only that one is read. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as node from './base64-node.ts'
import * as plain from './base64-plain.ts'
import { sameBytes, toHex } from './index.ts'

describe.each([
  ['the platform', node],
  ['plain', plain],
] as const)('%s', (_, { fromBase64, fromBase64Url, toBase64, toBase64Url }) => {
  test('RFC 4648, 10: the vectors of the standard, both ways', () => {
    for (const [text, encoded] of [
      ['', ''],
      ['f', 'Zg=='],
      ['fo', 'Zm8='],
      ['foo', 'Zm9v'],
      ['foob', 'Zm9vYg=='],
      ['fooba', 'Zm9vYmE='],
      ['foobar', 'Zm9vYmFy'],
    ] as const) {
      const bytes = new TextEncoder().encode(text)
      expect(toBase64(bytes)).toBe(encoded)
      expect(fromBase64(encoded)).toEqual(bytes)
      expect(toBase64Url(bytes)).toBe(encoded.replaceAll('=', ''))
      expect(fromBase64Url(encoded.replaceAll('=', ''))).toEqual(bytes)
    }
  })

  test('the two alphabets differ in two signs and are not mixed', () => {
    expect(fromBase64('+/+/')).toEqual(fromBase64Url('-_-_'))
    for (const wrong of ['-_-_', '+/-_']) expect(fromBase64(wrong)).toBeUndefined()
    for (const wrong of ['+/+/', '-_+/']) expect(fromBase64Url(wrong)).toBeUndefined()
  })

  test('R-JOSE-4: padding where it does not belong, missing padding, blanks, foreign signs and trailing bits are refused', () => {
    for (const wrong of [
      'Zg',
      'Zg=',
      'Zg===',
      'Zm8',
      'Zm9v=',
      'Zh==',
      'Zm9=',
      '=',
      '====',
      'Zg==Zg==',
      'Z g=',
      'Zm9v\n',
      ' Zm9',
      'Zm9\u00e9',
      'Zm9\u{1f600}',
      'Zm9\u012b',
    ])
      expect(fromBase64(wrong), wrong).toBeUndefined()
    for (const wrong of ['Z', 'Zg==', 'Zg=', 'Zh', 'Zm9', 'Zm8\n', 'Zm 8', 'Zm.8', 'Zm9vA', '\u0100m9v', 'Zm9v\0'])
      expect(fromBase64Url(wrong), wrong).toBeUndefined()
  })

  test('what is read is what Node reads, and writes back to the same text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
        expect(fromBase64(toBase64(bytes))).toEqual(bytes)
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
      }),
    )
    const text = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.array(fc.constantFrom(...'Zm9vQA-_=+/ \n'), { maxLength: 12 }).map((signs) => signs.join('')),
    )
    fc.assert(
      fc.property(text, (given) => {
        const url = fromBase64Url(given)
        if (url) expect(toBase64Url(url)).toBe(given)
        const standard = fromBase64(given)
        if (standard) expect(toBase64(standard)).toBe(given)
      }),
      { numRuns: 3000 },
    )
  })
})

test('both read and refuse the same texts', () => {
  const letters = fc.constantFrom(...'ABCabc019-_+/=!. \n\u00e9\u0141'.split(''))
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 12 }), (text) => {
      expect(node.fromBase64(text), JSON.stringify(text)).toEqual(plain.fromBase64(text))
      expect(node.fromBase64Url(text), JSON.stringify(text)).toEqual(plain.fromBase64Url(text))
    }),
    { numRuns: 3000 },
  )
})

test('bytes are the same when all of them are', () => {
  const bytes = Uint8Array.of(1, 2, 3)
  expect([sameBytes(bytes, bytes.slice()), sameBytes(bytes, Uint8Array.of(1, 2)), sameBytes(bytes, Uint8Array.of(1, 2, 4))]).toEqual([
    true,
    false,
    false,
  ])
})
