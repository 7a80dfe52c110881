/** Cuts of Gomory's mixed-integer kind: rows that every whole solution keeps and the present relaxed one breaks. They bring the bound nearer to the truth. */
import type { BoxedSimplex, ProgramRow } from './boxed-simplex.ts'
import { ReachSums, type SumRow } from './reach-sums.ts'

const rounds = 8
const cutsPerRound = 16
const near = 1e-6

/** What the cuts have to know of a search. */
interface CutSearch {
  objective: number
  whole: readonly number[]
  sums: readonly SumRow[]
  grain: number
  known?: number
}

/**
 * A program with the same columns and rows, and after them the cuts that still bind. It has its own bounds, narrowed to what the sums allow,
 * so that the one that was given stays as it is.
 */
export function addCuts(program: BoxedSimplex, search: CutSearch, limit: { nodes: number }): BoxedSimplex {
  const rows = program.rows
  let current = program.withRows(rows, [])
  if (!new ReachSums(search.sums).narrow(current)) return current
  const wholeRows = findWholeRows(current, new Set(search.whole))
  const needed = search.known === undefined ? Number.NEGATIVE_INFINITY : search.known + search.grain - near
  let before = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    if (limit.nodes <= 0) return current
    current.aim(search.objective)
    const spent = current.work
    const state = current.solve(needed)
    limit.nodes -= current.work - spent
    if (state !== 'optimal') return current
    const bound = current.best
    if (round > 2 && before - bound < near) return current
    before = bound
    const found = findCuts(current, search.whole, wholeRows)
    if (found.length === 0) return current
    const binding: ProgramRow[] = []
    for (let row = rows; row < current.rows; row++) {
      const cut = current.rowEntries(row)
      if (current.activity(row) < cut.low + near) binding.push(cut)
    }
    current = current.withRows(rows, [...binding, ...found])
  }
  return current
}

/** Rows whose activity is whole whenever the columns are. */
function findWholeRows(program: BoxedSimplex, whole: ReadonlySet<number>): Uint8Array {
  const found = new Uint8Array(program.rows)
  for (let row = 0; row < program.rows; row++) {
    const { columns, values } = program.rowEntries(row)
    if (columns.every((column, at) => whole.has(column) && Number.isInteger(values[at]))) found[row] = 1
  }
  return found
}

function findCuts(program: BoxedSimplex, whole: readonly number[], wholeRows: Uint8Array): ProgramRow[] {
  const wholeColumns = new Set(whole)
  const isWhole = (variable: number) =>
    variable < program.columns ? wholeColumns.has(variable) : wholeRows[variable - program.columns] === 1
  return whole
    .map((column) => ({ column, off: Math.abs(program.value(column) - Math.round(program.value(column))) }))
    .filter(({ off }) => off > 0.01)
    .sort((a, b) => b.off - a.off || a.column - b.column)
    .slice(0, cutsPerRound)
    .flatMap(({ column }) => cutOf(program, column, isWhole) ?? [])
}

/** The cut of one basic column with a fractional value, told in columns; `undefined` when its numbers are too far apart to be trusted. */
function cutOf(program: BoxedSimplex, column: number, isWhole: (variable: number) => boolean): ProgramRow | undefined {
  const at = program.value(column)
  const part = at - Math.floor(at)
  const sums = new Map<number, number>()
  let least = 1
  for (const { variable, factor, atHigh } of program.dictionaryRow(column) ?? []) {
    const low = program.low[variable]!
    const high = program.high[variable]!
    if (high - low <= 0) continue
    const bound = atHigh ? high : low
    const slope = atHigh ? factor : -factor
    let weight: number
    if (isWhole(variable) && Number.isInteger(bound)) {
      const fraction = slope - Math.floor(slope)
      if (fraction < 1e-9 || fraction > 1 - 1e-9) continue
      weight = fraction <= part ? fraction / part : (1 - fraction) / (1 - part)
    } else weight = slope >= 0 ? slope / part : -slope / (1 - part)
    if (weight < 1e-10) continue
    const signed = atHigh ? -weight : weight
    least += signed * bound
    if (variable < program.columns) sums.set(variable, (sums.get(variable) ?? 0) + signed)
    else {
      const { columns, values } = program.rowEntries(variable - program.columns)
      columns.forEach((each, place) => {
        sums.set(each, (sums.get(each) ?? 0) + signed * values[place]!)
      })
    }
  }
  const largest = Math.max(...[...sums.values()].map(Math.abs), 0)
  if (largest === 0) return undefined
  const columns: number[] = []
  const values: number[] = []
  for (const [each, value] of sums) {
    if (Math.abs(value) > largest * 1e-6) {
      columns.push(each)
      values.push(value)
    } else least -= Math.max(value * program.low[each]!, value * program.high[each]!)
  }
  if (largest > 1e4) return undefined
  return { columns, values, low: least - near * Math.max(1, largest), high: Number.POSITIVE_INFINITY }
}
