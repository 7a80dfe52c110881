/** R-DUR-2: nothing is sealed that is not what was recorded. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { digestOfIntention, digestOfStencil, isAsRecorded } from './as-recorded.ts'

const stencil = digestOfStencil(['[', ',', ']'])
const intended = { id: '01a2191d-e53b-71a7-837c-97c6155ee61d', stencil, fills: ['"a"', '1'] }
const recorded = { ...intended, digest: digestOfIntention(intended), exact: () => '["a",1]' }

test('an intention is known by its id, its stencil and each of its fills', () => {
  expect(isAsRecorded(recorded)).toBe(true)
  for (const change of [
    { fills: ['"b"', '1'] },
    { fills: ['"a",1', ''] },
    { fills: ['"a"'] },
    { stencil: digestOfStencil(['[', ';', ']']) },
    { id: '01a2191d-e53b-71a7-837c-97c6155ee61e' },
    { digest: digestOfIntention({ ...intended, fills: [] }) },
  ])
    expect(isAsRecorded({ ...recorded, ...change }), JSON.stringify(change)).toBe(false)
})

test('one that was recorded by its exact bytes is known by them', () => {
  const before = { ...recorded, digest: createHash('sha256').update(recorded.exact()).digest() }
  expect(isAsRecorded(before)).toBe(true)
  expect(isAsRecorded({ ...before, exact: () => '["b",1]' })).toBe(false)
})
