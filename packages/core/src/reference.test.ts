import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillReference, patternsCollide } from './reference.ts'

test.each([
  ['UZ-{year}-{number}', 'UZ-{year}-{number}', true],
  ['UZ-{year}-{number}', 'UZ-2026-{number}', true],
  ['{year}{number}', '{number}', true],
  ['A{number}', 'A1{number}', true],
  ['A{number}7', 'A{number}', true],
  ['A{number}x', 'A{number}', false],
  ['UZ-{year}-{number}', 'UZ-{number}', false],
  ['UZ-{number}', 'VZ-{number}', false],
  ['{number}-{year}', '12-{number}', false],
])('%s and %s: %s', (one, other, can) => {
  expect(patternsCollide(one, other)).toBe(can)
  expect(patternsCollide(other, one)).toBe(can)
})

test('whatever two patterns give out alike, they can collide', () => {
  const pattern = fc
    .array(fc.constantFrom('{year}', 'A', '1', '20', '-'), { maxLength: 4 })
    .map((pieces) => [...pieces, '{number}'].join(''))
  const number = fc.integer({ min: 1, max: 100_000 })
  fc.assert(
    fc.property(pattern, pattern, number, number, (one, other, a, b) => {
      const alike = fillReference(one, { year: 2026, number: a }) === fillReference(other, { year: 2026, number: b })
      return !alike || patternsCollide(one, other)
    }),
    { numRuns: 2000 },
  )
})
