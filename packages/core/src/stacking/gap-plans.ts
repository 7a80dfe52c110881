/** What to take next: the three plans over the catalogue that ask for the least learning. */
import { searchBest, type WorkLimit } from './branch-and-bound.ts'
import { idWeights, placementOf } from './choose-assignment.ts'
import { byCode, type SlotModel, tidy } from './slot-model.ts'
import { slotProgram } from './slot-program.ts'
import type { GapPlan } from './stack-answer.ts'

const mostPlans = 3

/**
 * At most three plans, fewest hours first, then fewer offers, then ids. A plan that only adds offers to a better one is none.
 * `proven` is false when the limit of work was reached.
 */
export function findGapPlans(model: SlotModel, limit: WorkLimit): { plans: GapPlan[]; proven: boolean } {
  const plans: GapPlan[] = []
  const hours = new Map(model.offers.map((offer) => [offer.id, offer.hours ?? 0]))
  while (plans.length < mostPlans) {
    const weights = idWeights(model.offers)
    const program = slotProgram(model, { mode: 'bounds' }, { offers: true, weights, never: plans.map((plan) => plan.take) })
    const common = { whole: program.whole, orders: program.orders, sums: program.sums, grain: 1 }
    let best = searchBest(program.simplex, { ...common, objective: program.rows.hours! }, limit)
    if (!best.columns) return { plans, proven: best.proven }
    let proven = best.proven
    let columns: Float64Array = best.columns
    let row = program.rows.hours!
    for (const next of [program.rows.offers!, ...program.rowsOf.values()]) {
      program.simplex.boundRow(row, best.value, Number.POSITIVE_INFINITY)
      row = next
      const known = sumOf(program.simplex.rowEntries(next), columns)
      best = searchBest(program.simplex, { ...common, objective: next, known }, limit)
      proven &&= best.proven
      columns = best.columns ?? columns
    }
    const take = [...placementOf(model, program, columns).keys()].filter((id) => hours.has(id)).sort(byCode)
    plans.push({ take, hours: tidy(take.reduce((all, id) => all + hours.get(id)!, 0)) })
    if (!proven) return { plans, proven }
  }
  return { plans, proven: true }
}

const sumOf = ({ columns, values }: { columns: readonly number[]; values: readonly number[] }, at: Float64Array) =>
  columns.reduce((all, column, index) => all + at[column]! * values[index]!, 0)
