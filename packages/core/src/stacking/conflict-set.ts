/** Why a pathway cannot be met: a smallest set of goals that exclude one another with these credentials. */
import { searchBest } from './branch-and-bound.ts'
import type { WorkLimit } from './search.ts'
import type { SlotModel } from './slot-model.ts'
import { searchOf, slotProgram } from './slot-program.ts'

/** The set, sorted, and whether each step of it is proven. */
export interface ConflictSet {
  names: string[]
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
  for (const name of [...kept]) {
    const rows = goalRows.filter((goal) => goal.name === name)
    for (const { row, high } of rows) simplex.boundRow(row, Number.NEGATIVE_INFINITY, high)
    const search = { ...searchOf(program, program.rows.fewest, 1), any: true }
    const found = searchBest(simplex, search, limit)
    if (found.columns === undefined && found.proven) kept.delete(name)
    else for (const { row, low, high } of rows) simplex.boundRow(row, low, high)
    if (!found.proven) proven = false
  }
  return { names: [...kept], proven }
}
