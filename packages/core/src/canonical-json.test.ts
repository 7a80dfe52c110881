/** RFC 8785: the numbers of its Appendix B, its strings, its order of members. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { parseJson } from './json.ts'
import { sameJson } from './same-json.ts'

/** A double from its bits, as Appendix B writes them. */
function double(bits: string): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${bits}`))
  return view.getFloat64(0)
}

describe('RFC 8785', () => {
  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('Appendix B: %s is %s', (bits, text) => expect(canonicalJson(double(bits))).toBe(text))

  test('3.2.2.3: numbers that JSON does not have are refused', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => canonicalJson(value)).toThrow(TypeError)
  })

  test('3.2.2.2: control characters are escaped in their short form, everything else stands as it is', () => {
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
    expect(canonicalJson('\b\t\f\r\u007f\u2028')).toBe('"\\b\\t\\f\\r\u007f\u2028"')
  })

  test('3.2.3: members are sorted by UTF-16 code units, at every depth', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': { b: [], a: {} } }
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":{"a":{},"b":[]},"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}')
  })

  test('3.2.2: lists keep their order, literals are lower case', () => {
    expect(canonicalJson([56, { d: true, '10': null, '1': [] }, false])).toBe('[56,{"1":[],"10":null,"d":true},false]')
  })

  test('what was read back has the same canonical text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = canonicalJson(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
      { numRuns: 300 },
    )
    expect(canonicalJson(parseJson('{"b":1,"a":{"d":1e2,"c":"\\u00e9"}}'))).toBe('{"a":{"c":"é","d":100},"b":1}')
  })
})

test('the same JSON in another order of members is the same; nothing is not null', () => {
  expect(sameJson({ a: 1, b: [true, { c: 'x' }] }, { b: [true, { c: 'x' }], a: 1 })).toBe(true)
  expect(sameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false)
  expect([sameJson(undefined, undefined), sameJson(undefined, null), sameJson(null, undefined), sameJson(null, null)]).toEqual([
    true,
    false,
    false,
    true,
  ])
})
