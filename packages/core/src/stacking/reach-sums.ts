/** What sums a slot can reach with whole credentials, and what that leaves of each count: the part of a knapsack that a linear relaxation does not see. */
import type { BoxedSimplex } from './boxed-simplex.ts'

/** A row of whole, positive sizes in a program. */
export interface SumRow {
  row: number
  columns: readonly number[]
  sizes: readonly number[]
  /** A column that is 1 when the sum need not reach an amount, and that amount. */
  unless?: { flag: number; need: number }
}

/** Above this sum a row is left to the relaxation. */
const mostSum = 4000

/**
 * Narrows the bounds of each row to sums that can be reached, and of each column to counts that occur in one of them.
 * False when a row can reach none.
 */
export class ReachSums {
  readonly #rows: readonly SumRow[]
  /** The bounds at which a row was last found to have nothing more to narrow. */
  readonly #settled: (Float64Array | undefined)[]

  constructor(rows: readonly SumRow[]) {
    this.#rows = rows
    this.#settled = rows.map(() => undefined)
  }

  narrow(program: BoxedSimplex): boolean {
    return this.#rows.every((row, at) => {
      const { low, high, columns } = program
      const { unless } = row
      if (unless && high[unless.flag]! < 0.5) low[columns + row.row] = Math.max(low[columns + row.row]!, unless.need)
      const bounds = this.#settled[at]
      if (!bounds || !sameBounds(program, row, bounds)) {
        if (!reachRow(program, row)) return false
        this.#settled[at] = boundsOf(program, row)
      }
      if (unless && high[columns + row.row]! < unless.need - 1e-6) {
        if (high[unless.flag]! < 0.5) return false
        low[unless.flag] = 1
      }
      return true
    })
  }
}

function boundsOf(program: BoxedSimplex, { row, columns }: SumRow): Float64Array {
  const places = [...columns, program.columns + row]
  return Float64Array.from(places.flatMap((place) => [program.low[place]!, program.high[place]!]))
}

function sameBounds({ columns: all, low, high }: BoxedSimplex, { row, columns }: SumRow, bounds: Float64Array): boolean {
  for (let at = 0; at < columns.length; at++)
    if (low[columns[at]!] !== bounds[2 * at] || high[columns[at]!] !== bounds[2 * at + 1]) return false
  return low[all + row] === bounds[2 * columns.length] && high[all + row] === bounds[2 * columns.length + 1]
}

function reachRow({ columns: all, low, high }: BoxedSimplex, { row, columns, sizes }: SumRow): boolean {
  const least = Math.max(0, Math.ceil(low[all + row]! - 1e-6))
  const most = Math.floor(high[all + row]! + 1e-6)
  if (most > mostSum) return true
  if (least > most) return false
  const width = most + 1
  const count = columns.length
  const reached = new Uint8Array((count + 1) * width)
  reached[0] = 1
  for (let at = 0; at < count; at++) {
    const [from, to] = [at * width, (at + 1) * width]
    const first = low[columns[at]!]! * sizes[at]!
    const last = high[columns[at]!]! * sizes[at]!
    for (let sum = 0; sum < width; sum++)
      if (reached[from + sum]) for (let more = first; more <= last && sum + more < width; more += sizes[at]!) reached[to + sum + more] = 1
  }
  // Backwards: what of it leads to a sum within the bounds.
  const end = count * width
  let [smallest, largest] = [-1, -1]
  for (let sum = 0; sum < width; sum++) {
    if (sum < least) reached[end + sum] = 0
    else if (reached[end + sum]) {
      if (smallest < 0) smallest = sum
      largest = sum
    }
  }
  if (smallest < 0) return false
  if (smallest > low[all + row]!) low[all + row] = smallest
  if (largest < high[all + row]!) high[all + row] = largest
  for (let at = count - 1; at >= 0; at--) {
    const [from, to] = [at * width, (at + 1) * width]
    const column = columns[at]!
    const size = sizes[at]!
    let [fewest, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let sum = 0; sum < width; sum++) {
      if (!reached[from + sum]) continue
      let leads = 0
      for (let value = low[column]!; value <= high[column]! && sum + value * size < width; value++)
        if (reached[to + sum + value * size]) {
          leads = 1
          if (value < fewest) fewest = value
          if (value > greatest) greatest = value
        }
      reached[from + sum] = leads
    }
    low[column] = Math.max(low[column]!, fewest)
    high[column] = Math.min(high[column]!, greatest)
  }
  return true
}
