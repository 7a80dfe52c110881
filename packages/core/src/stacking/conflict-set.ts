/** Why a pathway cannot be met: a smallest set of goals that exclude one another with these credentials. */
import { searchBest } from './branch-and-bound.ts'
import { placementOf } from './choose-assignment.ts'
import type { WorkLimit } from './search.ts'
import { byCode, type SlotModel } from './slot-model.ts'
import { searchOf, slotProgram } from './slot-program.ts'

/** The set, sorted, and whether each step of it is proven. */
export interface ConflictSet {
  names: string[]
  /** By goal: an assignment that meets every other goal of the set. */
  without: Record<string, Record<string, string>>
  proven: boolean
}

/**
 * Drops one goal after the other and keeps the drop when what is left still cannot be met; each try is solved anew. Hard rules stay in force
 * throughout, so that without any one member the others can be met.
 */
export function findConflictSet(model: SlotModel, limit: WorkLimit): ConflictSet {
  const program = slotProgram(model, { mode: 'bounds' })
  const { simplex, goalRows } = program
  let proven = true
  const kept = new Set(goalRows.map((goal) => goal.name))
  const without: ConflictSet['without'] = {}
  for (const name of [...kept]) {
    const rows = goalRows.filter((goal) => goal.name === name)
    for (const { row, high } of rows) simplex.boundRow(row, Number.NEGATIVE_INFINITY, high)
    const search = { ...searchOf(program, program.rows.fewest, 1), any: true }
    const found = searchBest(simplex, search, limit)
    if (found.columns === undefined && found.proven) kept.delete(name)
    else for (const { row, low, high } of rows) simplex.boundRow(row, low, high)
    // What meets all that was kept by then meets what is kept in the end.
    if (found.columns) without[name] = Object.fromEntries(placementOf(model, program, found.columns))
    if (!found.proven) proven = false
  }
  return { names: [...kept].sort(byCode), without, proven }
}
