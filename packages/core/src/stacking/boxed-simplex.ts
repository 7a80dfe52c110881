/**
 * A dual simplex method for small linear programs in which every variable has two finite bounds. It keeps the whole dictionary (each basic variable
 * as a sum over the others), so that a change of bounds needs no new start: branch and bound moves bounds and calls `solve` again.
 */

/** One row: `low <= sum of values[i] * column[columns[i]] <= high`. A row without bounds is an objective, or is bound later. */
export interface ProgramRow {
  columns: number[]
  values: number[]
  low: number
  high: number
}

/** A linear program with bounds on every column; which columns must be whole is the business of the search. */
export interface Program {
  low: number[]
  high: number[]
  rows: ProgramRow[]
}

/** What one call of `solve` found: the optimum, that there is no solution, that the optimum is below the cut-off, or that too many steps were taken. */
export type SimplexState = 'optimal' | 'infeasible' | 'cut' | 'stalled'

const tolerance = 1e-7
const zero = 1e-11
const mostSteps = 4000
const stepsBeforeRebuild = 400
/** Rounding adds up to less than this between two rebuilds: a verdict that hangs on less is asked for again with fresh numbers. */
const doubt = 1e-4
const numbersPerNode = 400_000

/** The dictionary of one program. Variables are the columns, then the rows. */
export class BoxedSimplex {
  readonly columns: number
  readonly rows: number
  readonly low: Float64Array
  readonly high: Float64Array
  /** Bounds of each row that follow from those of the columns, with room to spare: what a row has when nothing else bounds it. */
  readonly #widestLow: Float64Array
  readonly #widestHigh: Float64Array
  readonly #program: Program
  readonly #table: Float64Array
  readonly #basic: Int32Array
  readonly #other: Int32Array
  /** Where a variable stands: a column of the dictionary, or -1 - row. */
  readonly #place: Int32Array
  readonly #atHigh: Uint8Array
  readonly #beta: Float64Array
  readonly #touched: Int32Array
  readonly #filled: Int32Array
  #objective = 0
  #pivots = 0
  /** By how much the last verdict was missed that there is no solution, or none that is good enough. */
  #missed = 0
  /** Work done so far in nodes of usual size: what counts is how many numbers were touched, not how long it took. */
  work = 0

  constructor(program: Program) {
    const n = program.low.length
    const m = program.rows.length
    this.#program = program
    this.columns = n
    this.rows = m
    this.low = new Float64Array(n + m)
    this.high = new Float64Array(n + m)
    this.low.set(program.low)
    this.high.set(program.high)
    this.#widestLow = new Float64Array(m)
    this.#widestHigh = new Float64Array(m)
    this.#table = new Float64Array(m * n)
    this.#basic = new Int32Array(m)
    this.#other = new Int32Array(n)
    this.#place = new Int32Array(n + m)
    this.#atHigh = new Uint8Array(n + m)
    this.#beta = new Float64Array(m)
    this.#touched = new Int32Array(n)
    this.#filled = new Int32Array(n)
    program.rows.forEach((row, i) => {
      let least = -1
      let most = 1
      row.columns.forEach((column, at) => {
        const value = row.values[at]!
        least += Math.min(value * program.low[column]!, value * program.high[column]!)
        most += Math.max(value * program.low[column]!, value * program.high[column]!)
      })
      this.#widestLow[i] = least
      this.#widestHigh[i] = most
      this.boundRow(i, row.low, row.high)
    })
    this.#start()
  }

  /** Sets the bounds of a row; infinite ones stand for none. */
  boundRow(row: number, low: number, high: number): void {
    this.low[this.columns + row] = Math.max(low, this.#widestLow[row]!)
    this.high[this.columns + row] = Math.min(high, this.#widestHigh[row]!)
    if (low > this.#widestHigh[row]!) this.low[this.columns + row] = low
    if (high < this.#widestLow[row]!) this.high[this.columns + row] = high
  }

  /** The entries of a row as they were given. */
  rowEntries(row: number): ProgramRow {
    return this.#program.rows[row]!
  }

  /** The dictionary row of a basic column: each other variable with its factor and the bound it rests on; `undefined` when the column is not basic. */
  dictionaryRow(column: number): { variable: number; factor: number; atHigh: boolean }[] | undefined {
    const at = this.#place[column]!
    if (at >= 0) return undefined
    const from = (-1 - at) * this.columns
    const entries: { variable: number; factor: number; atHigh: boolean }[] = []
    for (let j = 0; j < this.columns; j++) {
      const factor = this.#table[from + j]!
      const variable = this.#other[j]!
      if (factor !== 0) entries.push({ variable, factor, atHigh: this.#atHigh[variable] === 1 })
    }
    return entries
  }

  /** The activity of a row in the present solution. */
  activity(row: number): number {
    return this.value(this.columns + row)
  }

  /** A program of its own with the present bounds, the first `kept` rows, and more of them. */
  withRows(kept: number, more: readonly ProgramRow[]): BoxedSimplex {
    const bounded = this.#program.rows
      .slice(0, kept)
      .map((row, at) => ({ ...row, low: this.low[this.columns + at]!, high: this.high[this.columns + at]! }))
    const low = [...this.low.subarray(0, this.columns)]
    const high = [...this.high.subarray(0, this.columns)]
    return new BoxedSimplex({ low, high, rows: [...bounded, ...more] })
  }

  #start(): void {
    const { columns: n, rows: m } = this
    this.#table.fill(0)
    for (let i = 0; i < m; i++) {
      const row = this.#program.rows[i]!
      for (let at = 0; at < row.columns.length; at++) this.#table[i * n + row.columns[at]!]! += row.values[at]!
      this.#basic[i] = n + i
      this.#place[n + i] = -1 - i
    }
    for (let j = 0; j < n; j++) {
      this.#other[j] = j
      this.#place[j] = j
    }
    this.#pivots = 0
  }

  /** Computes the dictionary of the same basis afresh from the rows, so that rounding does not add up. */
  #rebuild(): void {
    const wanted = Int32Array.from(this.#basic)
    this.#start()
    const { columns: n } = this
    for (const variable of wanted) {
      if (this.#place[variable]! < 0) continue
      const column = this.#place[variable]!
      let best = -1
      let size = 1e-9
      for (let i = 0; i < this.rows; i++) {
        if (wanted.includes(this.#basic[i]!)) continue
        const value = Math.abs(this.#table[i * n + column]!)
        if (value > size) {
          size = value
          best = i
        }
      }
      if (best >= 0) this.#pivot(best, column)
    }
    this.#pivots = 0
  }

  /** Chooses the row that is maximised from now on. */
  aim(row: number): void {
    this.#objective = row
    const at = this.#place[this.columns + row]!
    if (at < 0) return
    let best = -1
    let size = 0
    for (let i = 0; i < this.rows; i++) {
      const value = Math.abs(this.#table[i * this.columns + at]!)
      if (value > size) {
        size = value
        best = i
      }
    }
    if (best >= 0) this.#pivot(best, at)
  }

  /** The value of a column in the present solution. */
  value(column: number): number {
    const at = this.#place[column]!
    if (at < 0) return this.#beta[-1 - at]!
    return this.#atHigh[column] ? this.high[column]! : this.low[column]!
  }

  /** The value of the objective in the present solution. */
  get best(): number {
    return this.value(this.columns + this.#objective)
  }

  /** What the objective loses for each unit that a column moves off the bound it rests on, and whether it is the upper one; 0 for a basic column. */
  cost(column: number): { atHigh: boolean; loss: number } {
    const at = this.#place[column]!
    if (at < 0) return { atHigh: false, loss: 0 }
    const row = this.#place[this.columns + this.#objective]!
    return { atHigh: this.#atHigh[column] === 1, loss: Math.abs(this.#table[(-1 - row) * this.columns + at]!) }
  }

  /** What one more unit of a row is worth to the objective in the present solution; 0 where the row does not bind. */
  price(row: number): number {
    const at = this.#place[this.columns + row]!
    if (at < 0) return 0
    const aim = -1 - this.#place[this.columns + this.#objective]!
    return this.#table[aim * this.columns + at]!
  }

  /** Maximises within the present bounds; gives up as soon as the optimum cannot reach `cutoff`. After `most` steps `best` is still a bound. */
  solve(cutoff: number, most = mostSteps): SimplexState {
    if (this.#pivots > stepsBeforeRebuild) this.#refresh()
    const state = this.#run(cutoff, most)
    if ((state !== 'infeasible' && state !== 'cut') || this.#missed > doubt || this.#pivots === 0) return state
    this.#refresh()
    return this.#run(cutoff, most)
  }

  #refresh(): void {
    this.#rebuild()
    this.aim(this.#objective)
    this.#pivots = 0
  }

  #run(cutoff: number, most: number): SimplexState {
    const { columns: n, rows: m, low, high } = this
    const table = this.#table
    const beta = this.#beta
    const aim = -1 - this.#place[n + this.#objective]!
    for (let j = 0; j < n; j++) {
      const variable = this.#other[j]!
      const gain = table[aim * n + j]!
      if (low[variable]! > high[variable]! + tolerance) {
        this.#missed = Number.POSITIVE_INFINITY
        return 'infeasible'
      }
      if (gain > zero) this.#atHigh[variable] = 1
      else if (gain < -zero) this.#atHigh[variable] = 0
    }
    for (let i = 0; i < m; i++) {
      let sum = 0
      for (let j = 0; j < n; j++) {
        const value = table[i * n + j]!
        if (value !== 0) {
          const variable = this.#other[j]!
          sum += value * (this.#atHigh[variable] ? high[variable]! : low[variable]!)
        }
      }
      beta[i] = sum
    }
    for (let step = 0; step < most; step++) {
      if (beta[aim]! < cutoff) {
        this.#missed = cutoff - beta[aim]!
        return 'cut'
      }
      let leaving = -1
      let worst = tolerance
      for (let i = 0; i < m; i++) {
        if (i === aim) continue
        const variable = this.#basic[i]!
        const off = Math.max(low[variable]! - beta[i]!, beta[i]! - high[variable]!)
        if (off > worst) {
          worst = off
          leaving = i
        }
      }
      if (leaving < 0) return 'optimal'
      const state = this.#step(leaving, aim)
      if (state !== undefined) return state
    }
    return 'stalled'
  }

  /** One step: the leaving variable goes to the bound it breaks; variables that are passed on the way jump to their other bound. */
  #step(leaving: number, aim: number): SimplexState | undefined {
    const { columns: n, rows: m, low, high } = this
    const table = this.#table
    const beta = this.#beta
    const variable = this.#basic[leaving]!
    const up = beta[leaving]! < low[variable]!
    const goal = up ? low[variable]! : high[variable]!
    const from = leaving * n
    let count = 0
    for (let j = 0; j < n; j++) {
      const value = table[from + j]!
      if (value < 1e-9 && value > -1e-9) continue
      const other = this.#other[j]!
      if (high[other]! - low[other]! <= 0) continue
      if (((this.#atHigh[other] === 1) === value > 0) === up) continue
      this.#touched[count++] = j
    }
    let left = Math.abs(goal - beta[leaving]!)
    const flips: number[] = []
    for (;;) {
      let best = -1
      let ratio = Number.POSITIVE_INFINITY
      let size = 0
      for (let at = 0; at < count; at++) {
        const j = this.#touched[at]!
        if (j < 0) continue
        const weight = Math.abs(table[from + j]!)
        const here = Math.abs(table[aim * n + j]!) / weight
        if (here < ratio - 1e-10 || (here <= ratio + 1e-10 && weight > size)) {
          ratio = Math.min(here, ratio)
          size = weight
          best = at
        }
      }
      if (best < 0) {
        this.#missed = left
        return 'infeasible'
      }
      const j = this.#touched[best]!
      const other = this.#other[j]!
      const reach = size * (high[other]! - low[other]!)
      if (reach < left - tolerance) {
        left -= reach
        flips.push(j)
        this.#touched[best] = -1
        continue
      }
      for (const flip of flips) this.#flip(flip)
      const move = (goal - beta[leaving]!) / table[from + j]!
      for (let i = 0; i < m; i++) beta[i]! += table[i * n + j]! * move
      const value = (this.#atHigh[other] ? high[other]! : low[other]!) + move
      this.#pivot(leaving, j)
      beta[leaving] = value
      this.#atHigh[variable] = up ? 0 : 1
      this.work += (this.rows * this.columns) / numbersPerNode
      return undefined
    }
  }

  #flip(column: number): void {
    const { columns: n, rows: m } = this
    const variable = this.#other[column]!
    const move = (this.high[variable]! - this.low[variable]!) * (this.#atHigh[variable] ? -1 : 1)
    this.#atHigh[variable] = this.#atHigh[variable] ? 0 : 1
    for (let i = 0; i < m; i++) this.#beta[i]! += this.#table[i * n + column]! * move
  }

  /** Exchanges a basic variable for another one. */
  #pivot(row: number, column: number): void {
    const { columns: n, rows: m } = this
    const table = this.#table
    const from = row * n
    const inverse = 1 / table[from + column]!
    const filled = this.#filled
    let count = 0
    for (let j = 0; j < n; j++) {
      if (j === column) continue
      const value = table[from + j]!
      if (value === 0) continue
      if (value < zero && value > -zero) table[from + j] = 0
      else {
        table[from + j] = -value * inverse
        filled[count++] = j
      }
    }
    table[from + column] = inverse
    for (let i = 0; i < m; i++) {
      if (i === row) continue
      const at = i * n
      const factor = table[at + column]!
      if (factor === 0) continue
      for (let each = 0; each < count; each++) {
        const j = filled[each]!
        table[at + j]! += factor * table[from + j]!
      }
      table[at + column] = factor * inverse
    }
    const entering = this.#other[column]!
    const leaving = this.#basic[row]!
    this.#basic[row] = entering
    this.#other[column] = leaving
    this.#place[entering] = -1 - row
    this.#place[leaving] = column
    this.#pivots++
  }
}
