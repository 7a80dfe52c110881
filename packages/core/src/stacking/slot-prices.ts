/**
 * A bound that sees whole credentials: the rows that join slots are given a price, and then each slot is filled by itself, exactly. The prices of the
 * relaxation are where it starts, a few steps down the subgradient make them better. For any prices the bound is true.
 */
import { BestFilling } from './best-filling.ts'
import type { BoxedSimplex } from './boxed-simplex.ts'

/** Which columns one slot counts, how large each is, and the rows that bound their sum and their number and nothing else. */
export interface SlotPart {
  columns: readonly number[]
  sizes: readonly number[]
  sumRows: readonly number[]
  countRows: readonly number[]
}

const near = 1e-6
/** How often the prices of the relaxation are made better before the first node. */
const stepsAtFirst = 200
/** A price that does not get better after so many steps goes on from the best one, with half the step. */
const patience = 3
const statesPerNode = 400_000

/** The bound of one program over its slots. */
export class SlotPrices {
  #program: BoxedSimplex
  readonly #parts: readonly SlotPart[]
  readonly #fillings: BestFilling[]
  readonly #values: Float64Array
  /** Columns of no slot, and rows that join slots. */
  readonly #single: number[]
  readonly #joining: number[]
  readonly #objective: { columns: readonly number[]; values: readonly number[] }
  readonly #prices: Float64Array
  readonly #weights: Float64Array
  readonly #solution: Float64Array
  readonly #slope: Float64Array
  /** The best prices so far. */
  readonly #kept: Float64Array
  /** Makes a step as long for a row of large numbers as for one of small ones. */
  readonly #scales: Float64Array
  #fresh = true
  /** Work done so far, in nodes of usual size. */
  work = 0

  constructor(program: BoxedSimplex, parts: readonly SlotPart[], objective: number) {
    this.#program = program
    this.#parts = parts
    this.#fillings = parts.map((part) => new BestFilling(part.sizes))
    this.#values = new Float64Array(parts.length)
    const inSlots = new Set(parts.flatMap((part) => part.columns))
    this.#single = Array.from({ length: program.columns }, (_, column) => column).filter((column) => !inSlots.has(column))
    const own = new Set(parts.flatMap((part) => [...part.sumRows, ...part.countRows]))
    own.add(objective)
    this.#joining = Array.from({ length: program.rows }, (_, row) => row).filter((row) => !own.has(row))
    this.#objective = program.rowEntries(objective)
    this.#prices = new Float64Array(program.rows)
    this.#weights = new Float64Array(program.columns)
    this.#solution = new Float64Array(program.columns)
    this.#slope = new Float64Array(program.rows)
    this.#kept = new Float64Array(program.rows)
    this.#scales = Float64Array.from(
      { length: program.rows },
      (_, row) => 1 / Math.max(1e-9, ...program.rowEntries(row).values.map((v) => v * v)),
    )
  }

  /**
   * Closes in on the part that the bounds of the program describe, which is solved: the bound, and narrower columns where another count cannot
   * reach `needed`. `undefined` when nothing in the part reaches it.
   */
  tighten(program: BoxedSimplex, needed: number, steps: number): { bound: number; narrowed: boolean } | undefined {
    this.#program = program
    if (this.#fresh && needed > Number.NEGATIVE_INFINITY) {
      for (const row of this.#joining) this.#prices[row] = this.#program.price(row)
      this.#fresh = false
      steps = stepsAtFirst
    }
    if (!this.#boundSlots()) return { bound: Number.POSITIVE_INFINITY, narrowed: false }
    let best = Number.POSITIVE_INFINITY
    let share = 1
    let since = 0
    for (let step = 0; ; step++) {
      const bound = this.#evaluate()
      if (bound < needed) return undefined
      if (bound < best - near) {
        best = bound
        since = 0
        this.#kept.set(this.#prices)
      } else if (++since >= patience) {
        since = 0
        share /= 2
        this.#prices.set(this.#kept)
      }
      if (step >= steps || needed === Number.NEGATIVE_INFINITY) break
      if (!this.#descend(share * Math.max(bound - needed, near))) break
    }
    this.#prices.set(this.#kept)
    this.#evaluate()
    return this.#narrow(best, needed)
  }

  #boundSlots(): boolean {
    const { low, high, columns } = this.#program
    return this.#parts.every((part, at) => {
      const bounds = (rows: readonly number[]) => [
        Math.ceil(Math.max(0, ...rows.map((row) => low[columns + row]!)) - near),
        Math.floor(Math.min(Number.MAX_SAFE_INTEGER, ...rows.map((row) => high[columns + row]!)) + near),
      ]
      const [leastSum, mostSum] = bounds(part.sumRows)
      const [leastCount, mostCount] = bounds(part.countRows)
      return this.#fillings[at]!.bound({
        low: Int32Array.from(part.columns, (column) => low[column]!),
        high: Int32Array.from(part.columns, (column) => high[column]!),
        leastSum: leastSum!,
        mostSum: mostSum!,
        leastCount: leastCount!,
        mostCount: mostCount!,
      })
    })
  }

  /** The bound at the present prices; fills in the solution that reaches it. */
  #evaluate(): number {
    const program = this.#program
    const { low, high, columns } = program
    const weights = this.#weights.fill(0)
    this.#objective.columns.forEach((column, at) => {
      weights[column]! += this.#objective.values[at]!
    })
    let bound = 0
    for (const row of this.#joining) {
      const price = this.#prices[row]!
      if (price === 0) continue
      bound += price * (price > 0 ? high[columns + row]! : low[columns + row]!)
      const { columns: at, values } = program.rowEntries(row)
      for (let each = 0; each < at.length; each++) weights[at[each]!]! -= price * values[each]!
    }
    for (const column of this.#single) {
      const value = weights[column]! > 0 ? high[column]! : low[column]!
      this.#solution[column] = value
      bound += weights[column]! * value
    }
    this.#parts.forEach((part, at) => {
      const filling = this.#fillings[at]!
      const value = filling.best((each) => weights[part.columns[each]!]!)
      this.work += filling.states / statesPerNode
      this.#values[at] = value
      bound += value
      if (value === Number.NEGATIVE_INFINITY) return
      filling.trace((each, count) => {
        this.#solution[part.columns[each]!] = count
      })
    })
    return bound
  }

  /** One step down the subgradient; false at its bottom. */
  #descend(gap: number): boolean {
    const program = this.#program
    const { low, high, columns } = program
    let norm = 0
    for (const row of this.#joining) {
      const { columns: at, values } = program.rowEntries(row)
      let activity = 0
      for (let each = 0; each < at.length; each++) activity += this.#solution[at[each]!]! * values[each]!
      const price = this.#prices[row]!
      const [least, most] = [low[columns + row]!, high[columns + row]!]
      const rest = price > 0 ? most : price < 0 ? least : Math.min(most, Math.max(least, activity))
      this.#slope[row] = rest - activity
      norm += this.#slope[row]! ** 2 * this.#scales[row]!
    }
    if (norm < near) return false
    for (const row of this.#joining) {
      const price = this.#prices[row]!
      const moved = price - (gap / norm) * this.#slope[row]! * this.#scales[row]!
      // Across zero the other bound of the row holds: stop there.
      this.#prices[row] = price * moved < 0 ? 0 : moved
    }
    return true
  }

  #narrow(bound: number, needed: number): { bound: number; narrowed: boolean } {
    const { low, high } = this.#program
    let narrowed = false
    if (needed === Number.NEGATIVE_INFINITY) return { bound, narrowed }
    this.#parts.forEach((part, at) => {
      this.#fillings[at]!.narrow(this.#values[at]! - (bound - needed) - near, (each, least, most) => {
        const column = part.columns[each]!
        if (least > low[column]!) {
          low[column] = least
          narrowed = true
        }
        if (most < high[column]!) {
          high[column] = most
          narrowed = true
        }
      })
    })
    return { bound, narrowed }
  }
}
