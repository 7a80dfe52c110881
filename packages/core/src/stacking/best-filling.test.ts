/** The best filling of a slot against every filling one by one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BestFilling } from './best-filling.ts'

const column = fc.record({
  size: fc.integer({ min: 0, max: 6 }),
  low: fc.integer({ min: 0, max: 1 }),
  more: fc.integer({ min: 0, max: 2 }),
})
const slot = fc.record({
  columns: fc.array(fc.tuple(column, fc.integer({ min: -9, max: 9 })), { maxLength: 5 }),
  leastSum: fc.integer({ min: 0, max: 12 }),
  room: fc.constantFrom(0, 1, 4, Number.MAX_SAFE_INTEGER - 20),
  leastCount: fc.constantFrom(0, 0, 2),
  mostCount: fc.constantFrom(1, 3, Number.MAX_SAFE_INTEGER),
})

function everyFilling(low: Int32Array, high: Int32Array): number[][] {
  let all: number[][] = [[]]
  for (const [at, least] of low.entries())
    all = all.flatMap((counts) => Array.from({ length: high[at]! - least + 1 }, (_, more) => [...counts, least + more]))
  return all
}
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

test('best, its counts, and what each column may have, are those of brute force', () => {
  fc.assert(
    fc.property(slot, fc.integer({ min: 0, max: 6 }), ({ columns, leastSum, room, leastCount, mostCount }, slack) => {
      const sizes = columns.map(([one]) => one.size)
      const weights = columns.map(([, weight]) => weight)
      const low = Int32Array.from(columns, ([one]) => one.low)
      const high = Int32Array.from(columns, ([one]) => one.low + one.more)
      const bounds = { low, high, leastSum, mostSum: leastSum + room, leastCount, mostCount }
      const weigh = (counts: readonly number[]) => sum(counts.map((count, at) => count * weights[at]!))
      const right = everyFilling(low, high).filter((counts) => {
        const [size, count] = [sum(counts.map((each, at) => each * sizes[at]!)), sum(counts)]
        return size >= leastSum && size <= bounds.mostSum && count >= leastCount && count <= mostCount
      })
      const filling = new BestFilling(sizes)
      expect(filling.bound(bounds)).toBe(true)
      const best = filling.best((at) => weights[at]!)
      expect(best).toBe(Math.max(...right.map(weigh)))
      if (right.length === 0) return
      const counts: number[] = []
      filling.trace((at, count) => {
        counts[at] = count
      })
      expect(right).toContainEqual(counts)
      expect(weigh(counts)).toBe(best)
      filling.narrow(best - slack, (at, least, most) => {
        const values = right.filter((each) => weigh(each) >= best - slack).map((each) => each[at]!)
        expect([least, most]).toEqual([Math.min(...values), Math.max(...values)])
      })
    }),
    { numRuns: 400 },
  )
})

test('a slot with too many sums is left alone', () => {
  const filling = new BestFilling([100_000])
  const bounds = { low: Int32Array.of(0), high: Int32Array.of(2), leastSum: 1, mostSum: 150_000, leastCount: 0, mostCount: 9 }
  expect(filling.bound(bounds)).toBe(false)
})
