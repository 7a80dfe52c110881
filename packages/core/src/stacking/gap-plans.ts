/** What to take next: the three plans over the catalogue that ask for the least learning. */
import { searchBest } from './branch-and-bound.ts'
import { placementOf } from './choose-assignment.ts'
import type { WorkLimit } from './search.ts'
import { byCode, type SlotModel, tidy } from './slot-model.ts'
import { searchOf, slotProgram } from './slot-program.ts'
import { smallestIds } from './smallest-ids.ts'
import type { GapPlan } from './stack-answer.ts'

const mostPlans = 3

/**
 * At most three plans, fewest hours first, then fewer offers, then ids. A plan that only adds offers to a better one is none.
 * `placements` tell for each where it would stand. `proven` is false when the limit of work was reached.
 */
export function findGapPlans(
  model: SlotModel,
  limit: WorkLimit,
): { plans: GapPlan[]; placements: Record<string, string>[]; proven: boolean } {
  const plans: GapPlan[] = []
  const placements: Record<string, string>[] = []
  const hours = new Map(model.offers.map((offer) => [offer.id, offer.hours ?? 0]))
  while (plans.length < mostPlans) {
    const program = slotProgram(model, { mode: 'bounds' }, { offers: true, never: plans.map((plan) => plan.take) })
    const { simplex, rows } = program
    const hoursFirst = searchBest(simplex, searchOf(program, rows.hours!, 1), limit)
    if (!hoursFirst.columns) return { plans, placements, proven: hoursFirst.proven }
    simplex.boundRow(rows.hours!, hoursFirst.value, Number.POSITIVE_INFINITY)
    const known = sumOf(simplex.rowEntries(rows.offers!), hoursFirst.columns)
    const offersNext = searchBest(simplex, { ...searchOf(program, rows.offers!, 1), known }, limit)
    simplex.boundRow(rows.offers!, offersNext.value, Number.POSITIVE_INFINITY)
    const even = offersNext.columns ?? hoursFirst.columns
    const ids = [...hours.keys()]
    const { columns, decided } = smallestIds(
      program,
      { search: searchOf(program, rows.offers!, 1), value: offersNext.value, ids },
      even,
      limit,
    )
    const proven = hoursFirst.proven && offersNext.proven && decided === ids.length
    const placement = placementOf(model, program, columns)
    placements.push(Object.fromEntries(placement))
    const take = [...placement.keys()].filter((id) => hours.has(id)).sort(byCode)
    plans.push({ take, hours: tidy(take.reduce((all, id) => all + hours.get(id)!, 0)) })
    if (!proven) return { plans, placements, proven }
  }
  return { plans, placements, proven: true }
}

const sumOf = ({ columns, values }: { columns: readonly number[]; values: readonly number[] }, at: Float64Array) =>
  columns.reduce((all, column, index) => all + at[column]! * values[index]!, 0)
