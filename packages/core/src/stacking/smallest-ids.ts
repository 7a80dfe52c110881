/** The last choice: of all solutions that are as good, the one with the smallest ids. */

import type { BoxedSimplex, ProgramRow } from './boxed-simplex.ts'
import { searchBest } from './branch-and-bound.ts'
import { holdBest } from './hold-best.ts'
import type { Search, WorkLimit } from './search.ts'
import { byCode } from './slot-model.ts'
import type { ItemClass, SlotProgram } from './slot-program.ts'

/** So many other solutions are looked at one by one; where there are more, id after id is asked for. */
const mostOthers = 3

/** What is chosen among: solutions that reach `value` of the objective, by the ids of those that count. All of them have as many of these ids. */
interface Even {
  search: Search
  value: number
  ids: readonly string[]
}

/**
 * The solution with the smallest ids among all that are as good as `columns`. `decided` says how many of the ids are settled: all when it is proven.
 * Most often there is no other, which one search tells.
 */
export function smallestIds(
  { simplex, classes }: SlotProgram,
  { search, value, ids }: Even,
  columns: Float64Array,
  limit: WorkLimit,
): { columns: Float64Array; decided: number } {
  const uses = usesOf(classes, simplex, ids)
  const asked: Search = { ...search, known: value - search.grain, any: true }
  const seen: ProgramRow[] = []
  let best = columns
  let latest = columns
  holdBest(simplex, search, value)
  for (let tries = 0; tries < mostOthers; tries++) {
    seen.push(otherThan(latest, uses))
    const found = searchBest(simplex.withRows(simplex.rows, seen), asked, limit)
    if (!found.columns) return { columns: best, decided: found.proven ? ids.length : 0 }
    latest = found.columns
    if (isSmaller(latest, best, uses)) best = latest
  }
  for (const [at, { variable, columns: own }] of uses.entries()) {
    if (stands(best, own)) {
      simplex.low[variable] = 1
      continue
    }
    if (simplex.high[variable]! < 1) continue
    const before = simplex.low[variable]!
    simplex.low[variable] = 1
    const found = searchBest(simplex, asked, limit)
    if (found.columns) best = found.columns
    else if (!found.proven) return { columns: best, decided: at }
    else {
      simplex.low[variable] = before
      simplex.high[variable] = 0
    }
  }
  return { columns: best, decided: ids.length }
}

/** How a program tells whether an item stands somewhere: the columns of which one is then 1, and the column or row that is their sum. */
interface Use {
  id: string
  variable: number
  columns: readonly number[]
}

/** In the order of ids. */
function usesOf(classes: readonly ItemClass[], { columns: count }: BoxedSimplex, ids: readonly string[]): Use[] {
  const wanted = new Set(ids)
  return classes
    .flatMap(({ members, memberColumns, places, row }) => {
      if (memberColumns.length > 0)
        return members.map(({ id }, at) => ({ id, variable: memberColumns[at]!, columns: [memberColumns[at]!] }))
      if (members.length > 1) return []
      return [
        { id: members[0]!.id, variable: row === undefined ? places[0]!.column : count + row, columns: places.map((place) => place.column) },
      ]
    })
    .filter(({ id }) => wanted.has(id))
    .sort((a, b) => byCode(a.id, b.id))
}

const stands = (solution: Float64Array, columns: readonly number[]) => columns.some((column) => solution[column]! > 0.5)

/** The first id that only one of them has is in it. */
function isSmaller(one: Float64Array, other: Float64Array, uses: readonly Use[]): boolean {
  const first = uses.find(({ columns }) => stands(one, columns) !== stands(other, columns))
  return first !== undefined && stands(one, first.columns)
}

/** A row that only this choice of ids breaks, among those with as many. */
function otherThan(solution: Float64Array, uses: readonly Use[]): ProgramRow {
  const used = uses.filter(({ columns }) => stands(solution, columns))
  const columns = used.flatMap((use) => use.columns)
  return { columns, values: columns.map(() => 1), low: Number.NEGATIVE_INFINITY, high: used.length - 1 }
}
