/** DER is read strictly (X.690, 8 to 11), and nothing but a named problem comes out of bytes without meaning. */
import { ProblemError } from '@cairn/core'
import { createAuthority } from '@cairn/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64, parseCertificate, rawFromDer, readTimeStamp } from '../index.ts'
import { elements, readDer, readSequence } from './read-der.ts'
import { bitStringBytes, booleanOf, namedBits, numberOf, oidOf, serialOf, textOf, timeOf } from './values.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const one = (text: string) => readDer(hex(text))
/** What comes of it: the value, or the code of the problem. Anything else that is thrown is thrown on. */
function outcome(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
}
const malformed = 'certificate.malformed'

describe('X.690, 8.1 and 10.1: lengths', () => {
  test.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['an indefinite length', '3080 0000'],
    ['an indefinite length that would fit as one of 128', `04 80 ${'00'.repeat(128)}`],
    ['a long form where the short form is enough', '04 81 01 00'],
    ['a long form with a zero in front', `04 82 0080 ${'00'.repeat(128)}`],
    ['a length of five bytes', `04 85 0000000001 00`],
    ['a reserved length', '04 ff 00'],
    ['a length beyond the end', '04 02 00'],
    ['a length of four gigabytes', '04 84 ffffffff 00'],
    ['a length that ends too early', '04 82 01'],
    ['something after it', '0500 00'],
    ['a high tag number', '1f 81 01 00'],
  ])('%s is refused', (_, text) => {
    expect(outcome(() => one(text))).toBe(malformed)
  })
  test('short and long forms in their shortest writing are read', () => {
    expect(one('04 00').content.length).toBe(0)
    expect(one(`04 7f ${'00'.repeat(127)}`).content.length).toBe(127)
    expect(one(`04 81 80 ${'00'.repeat(128)}`).content.length).toBe(128)
    expect(one(`04 82 0100 ${'00'.repeat(256)}`).content.length).toBe(256)
  })
  test('the parts of a structure end where it ends, and a primitive has none', () => {
    expect(elements(one('30 04 0500 0500')).map(({ tag }) => tag)).toEqual([5, 5])
    expect(outcome(() => elements(one('30 03 0500 05')))).toBe(malformed)
    expect(outcome(() => elements(one('30 03 0402 00')))).toBe(malformed)
    expect(outcome(() => elements(one('04 02 0500')))).toBe(malformed)
    expect(outcome(() => readSequence(hex('31 00')))).toBe(malformed)
  })
  test('R-LIM-1: depth costs no stack, and a structure has a bounded number of parts', () => {
    let deep = hex('0500')
    for (let level = 0; level < 3000; level++) {
      const size = deep.length
      const head = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
      deep = Uint8Array.from([0x30, ...head, ...deep])
    }
    expect(readDer(deep).tag).toBe(0x30)
    expect(outcome(() => parseCertificate(deep.slice(0, 9000)))).toBe(malformed)
    const many = new Uint8Array(4 + 2 * 10_001)
    many.set([0x30, 0x82, (many.length - 4) >> 8, (many.length - 4) & 255])
    for (let at = 4; at < many.length; at += 2) many[at] = 5
    expect(outcome(() => elements(readDer(many)))).toBe(malformed)
  })
})

describe('X.690, 8.3 and 8.19, 11: values', () => {
  test('whole numbers stand in their shortest form', () => {
    expect(numberOf(one('02 01 7f'))).toBe(127)
    expect(numberOf(one('02 02 0080'))).toBe(128)
    expect(serialOf(one('02 02 00ff'))).toBe('00ff')
    for (const wrong of ['02 00', '02 02 007f', '02 02 ff80', '02 01 80', '02 07 01000000000000', '04 01 00'])
      expect(
        outcome(() => numberOf(one(wrong))),
        wrong,
      ).toBe(malformed)
  })
  test('object identifiers, with large arcs, and in their shortest form', () => {
    expect(oidOf(one('06 03 550461'))).toBe('2.5.4.97')
    expect(oidOf(one('06 09 2a864886f70d01010b'))).toBe('1.2.840.113549.1.1.11')
    expect(oidOf(one('06 03 883703'))).toBe('2.999.3')
    for (const wrong of ['06 00', '06 02 5584', '06 03 558004', `06 41 ${'55'.repeat(65)}`])
      expect(
        outcome(() => oidOf(one(wrong))),
        wrong,
      ).toBe(malformed)
  })
  test('truth is ff or 00', () => {
    expect([booleanOf(one('01 01 ff')), booleanOf(one('01 01 00'))]).toEqual([true, false])
    for (const wrong of ['01 01 01', '01 00', '01 02 ffff'])
      expect(
        outcome(() => booleanOf(one(wrong))),
        wrong,
      ).toBe(malformed)
  })
  test('bit strings: keys have no bits left over, key usage may', () => {
    expect([...bitStringBytes(one('03 02 00 80'))]).toEqual([0x80])
    expect(namedBits(one('03 02 06 c0'))).toEqual([0, 1])
    expect(namedBits(one('03 02 01 06'))).toEqual([5, 6])
    for (const wrong of ['03 02 01 80', '03 00'])
      expect(
        outcome(() => bitStringBytes(one(wrong))),
        wrong,
      ).toBe(malformed)
    for (const wrong of ['03 02 08 80', '03 01 03', '03 00'])
      expect(
        outcome(() => namedBits(one(wrong))),
        wrong,
      ).toBe(malformed)
  })
  test('RFC 5280, 4.1.2.5: times end in Z, have seconds, and exist', () => {
    const time = (tag: string, text: string) =>
      outcome(() => timeOf(one(`${tag} ${text.length.toString(16).padStart(2, '0')} ${Buffer.from(text).toString('hex')}`)))
    expect(time('17', '491231235959Z')).toBe('2049-12-31T23:59:59Z')
    expect(time('17', '500101000000Z')).toBe('1950-01-01T00:00:00Z')
    expect(time('18', '20500101000000Z')).toBe('2050-01-01T00:00:00Z')
    expect(time('18', '20260512100000.25Z')).toBe('2026-05-12T10:00:00.25Z')
    for (const [tag, text] of [
      ['17', '2605121000Z'],
      ['17', '260512100000+0000'],
      ['17', '260512100000'],
      ['18', '20260512100000.250Z'],
      ['18', '20260512100000,25Z'],
      ['17', '261312100000Z'],
      ['17', '260230100000Z'],
      ['17', '260512250000Z'],
      ['04', '260512100000Z'],
    ] as const)
      expect(time(tag, text), text).toBe(malformed)
  })
  test('texts are of a known kind and well-formed', () => {
    expect(textOf(one('0c 02 c5bd'))).toBe('Ž')
    expect(textOf(one('1e 04 017d 0041'))).toBe('ŽA')
    for (const wrong of ['0c 01 c5', '1e 03 017d00', '02 01 41'])
      expect(
        outcome(() => textOf(one(wrong))),
        wrong,
      ).toBe(malformed)
  })
  test('RFC 3279, 2.2.3: an ECDSA signature becomes r || s of the full width, or nothing', () => {
    expect([...rawFromDer(hex('30 06 020101 020102'), 2)!]).toEqual([0, 1, 0, 2])
    expect([...rawFromDer(hex('30 08 02020080 02020081'), 1)!]).toEqual([0x80, 0x81])
    for (const wrong of [
      '30 06 020181 020102',
      '30 08 02020101 02020101',
      '30 03 020101',
      '30 09 020101 020102 020103',
      '31 06 020101 020102',
      '',
    ])
      expect(rawFromDer(hex(wrong), 1), wrong).toBeUndefined()
  })
})

describe('nothing but a named problem', () => {
  const known = new Set(['certificate.malformed', 'timestamp.malformed'])
  const readers = [readDer, (bytes: Uint8Array) => elements(readDer(bytes)), parseCertificate, readTimeStamp]
  const all = (bytes: Uint8Array) => {
    for (const read of readers) {
      const found = outcome(() => read(bytes))
      if (typeof found === 'string') expect(known).toContain(found)
    }
    rawFromDer(bytes, 32)
  }
  test('from bytes without meaning', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), all), { numRuns: 2000 })
  })
  test('from structures without meaning', () => {
    const nested: fc.Arbitrary<Uint8Array> = fc.letrec<{ node: Uint8Array }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc
          .tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 12, 0x17, 0x18, 0x80), fc.uint8Array({ maxLength: 12 }))
          .map(([tag, content]) => Uint8Array.from([tag, content.length, ...content])),
        fc.tuple(fc.constantFrom(0x30, 0x31, 0xa0, 0xa3), fc.array(tie('node'), { maxLength: 6 })).map(([tag, parts]) => {
          const content = parts.flatMap((part) => [...part])
          return Uint8Array.from(
            content.length < 128 ? [tag, content.length, ...content] : [tag, 0x82, content.length >> 8, content.length & 255, ...content],
          )
        }),
      ),
    })).node
    fc.assert(fc.property(nested, all), { numRuns: 3000 })
  })
  test('from a certificate of which any byte was changed, left out or added', () => {
    const der = fromBase64(createAuthority('Neighbourhood').anchor)!
    expect(parseCertificate(der).subject.commonName).toBe('Neighbourhood Root')
    const place = fc.nat(der.length - 1)
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 255 }), fc.constantFrom('change', 'remove', 'add'), (at, byte, how) => {
        if (how === 'change') all(der.map((each, index) => (index === at ? byte : each)))
        else all(Uint8Array.from([...der.subarray(0, at), ...(how === 'add' ? [byte] : []), ...der.subarray(how === 'add' ? at : at + 1)]))
      }),
      { numRuns: 3000 },
    )
  })
})
