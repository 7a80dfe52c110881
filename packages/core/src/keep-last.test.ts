/** Maps that do not grow for ever. */
import { expect, test } from 'vitest'
import { keepLast } from './keep-last.ts'

test('the oldest goes when there are too many, and what is kept anew is the newest again', () => {
  const kept = new Map<string, number>()
  for (const [at, name] of ['a', 'b', 'c'].entries()) expect(keepLast(kept, name, at, 3)).toBe(at)
  keepLast(kept, 'a', 9, 3)
  expect([...kept]).toEqual([
    ['b', 1],
    ['c', 2],
    ['a', 9],
  ])
  keepLast(kept, 'd', 3, 3)
  expect([...kept.keys()]).toEqual(['c', 'a', 'd'])
})
