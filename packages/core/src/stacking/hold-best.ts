/** What a solution of a certain value cannot have: found by what the relaxation and the prices say of each column. */
import type { BoxedSimplex } from './boxed-simplex.ts'
import { ReachSums } from './reach-sums.ts'
import type { Search } from './search.ts'
import type { SlotPrices } from './slot-prices.ts'

const near = 1e-6
/** A move that costs as much as there is room is possible, also where rounding says a little more. */
const slack = 1e-4

/** Narrows the columns of a program for good to what a solution may have that reaches this value of the objective. */
export function holdBest(program: BoxedSimplex, search: Search, value: number, prices?: SlotPrices): void {
  program.aim(search.objective)
  if (!new ReachSums(search.sums).narrow(program) || program.solve(value - near) !== 'optimal') return
  fixByCost(program, search.whole, program.best - value + near)
  prices?.tighten(program, value - near, 20)
}

/** A column whose move would cost more than there is room stays where it is. */
export function fixByCost(program: BoxedSimplex, whole: readonly number[], room: number): void {
  const { low, high } = program
  for (const column of whole) {
    const width = high[column]! - low[column]!
    if (width <= 0) continue
    const { atHigh, loss } = program.cost(column)
    if (loss < near) continue
    const moves = Math.floor(room / loss + slack)
    if (moves >= width) continue
    if (atHigh) low[column] = high[column]! - moves
    else high[column] = low[column]! + moves
  }
}
