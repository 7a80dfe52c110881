/** The bound by prices: never below what can be reached, and never taking away what reaches it. */
import { expect, test } from 'vitest'
import { readLibrary } from '../recognition/library.ts'
import { searchBest } from './branch-and-bound.ts'
import { slotModel } from './slot-model.ts'
import { SlotPrices } from './slot-prices.ts'
import { searchOf, slotProgram } from './slot-program.ts'
import { solveStack } from './stack.ts'
import { roundedAnswer, roundedCase } from './vectors/rounded-sums.ts'
import { unevenAnswer, unevenCase } from './vectors/uneven-sums.ts'

const emptyLibrary = readLibrary({})

test('uneven sums: as few credentials, and grades as good, as an independent solver finds', () => {
  const { answer, optimal } = solveStack({ way: 'slots', case: unevenCase }, emptyLibrary)
  const used = unevenCase.credentials.filter(({ id }) => Object.hasOwn(answer.assignment!, id))
  expect(optimal).toBe(true)
  expect(used.length).toBe(unevenAnswer.credentials)
  expect(used.reduce((sum, { grade }) => sum + grade!, 0)).toBeCloseTo(unevenAnswer.grade, 9)
})

test('rounding takes nothing away: a verdict that hangs on the seventh decimal is asked for again with fresh numbers', () => {
  const { answer, optimal } = solveStack({ way: 'slots', case: roundedCase }, emptyLibrary)
  const used = roundedCase.credentials.filter(({ id }) => Object.hasOwn(answer.assignment!, id))
  expect([optimal, answer.eligible, answer.countedCredits, used.length]).toEqual([
    true,
    false,
    roundedAnswer.counted,
    roundedAnswer.credentials,
  ])
  expect(used.reduce((sum, { grade }) => sum + grade!, 0)).toBeCloseTo(roundedAnswer.grade, 9)
})

test('the bound is nearer than that of the relaxation, true, and keeps every solution that reaches it', () => {
  const program = slotProgram(slotModel(unevenCase), { mode: 'bounds' })
  const { simplex, parts, rows, whole } = program
  const search = searchOf(program, rows.fewest, 1)
  const best = searchBest(simplex, search, { nodes: 5000 })
  expect(best.value).toBe(-unevenAnswer.credentials)
  simplex.aim(rows.fewest)
  expect(simplex.solve(Number.NEGATIVE_INFINITY)).toBe('optimal')
  const relaxed = simplex.best
  const found = new SlotPrices(simplex, parts, rows.fewest).tighten(simplex, best.value, 10)
  expect(found!.bound).toBeGreaterThanOrEqual(best.value - 1e-6)
  expect(found!.bound).toBeLessThan(relaxed)
  for (const column of whole) {
    expect(best.columns![column]).toBeGreaterThanOrEqual(simplex.low[column]!)
    expect(best.columns![column]).toBeLessThanOrEqual(simplex.high[column]!)
  }
})

test('when nothing can reach what is needed, there is no bound to tell', () => {
  const program = slotProgram(slotModel(unevenCase), { mode: 'bounds' })
  const { simplex, parts, rows } = program
  simplex.aim(rows.fewest)
  simplex.solve(Number.NEGATIVE_INFINITY)
  expect(new SlotPrices(simplex, parts, rows.fewest).tighten(simplex, -unevenAnswer.credentials + 2, 10)).toBeUndefined()
})
