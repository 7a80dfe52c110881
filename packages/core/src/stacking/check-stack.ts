/** Checks an answer without solving anything: linear in the size of the case and the answer. */
import type { Library } from '../recognition/library.ts'
import { accumulateHours } from './accumulate-hours.ts'
import { measureAssignment } from './measure-assignment.ts'
import { byCode, type SlotModel, slack, slotModel } from './slot-model.ts'
import type { GapPlan, StackAnswer, StackProof } from './stack-answer.ts'
import { climbLadder } from './stack-ladder.ts'
import type { SlotCase, StackingCase } from './stacking-case.ts'
import { unusedReasons } from './unused-reasons.ts'

/**
 * What is wrong with an answer, in plain words; an empty list when it holds. For slots: the assignment breaks no hard rule, credits and gaps are as told,
 * every credential is either placed or has its reason, and an eligible answer meets every goal, which proves it. A conflict set holds a goal that is not met; with `proof`
 * no member of it can be left out, and every plan meets every goal. Whether a better assignment exists is not asked. Ladders and hours are computed again, which is linear.
 */
export function checkStack(
  stacking: StackingCase,
  answer: StackAnswer,
  { library, proof }: { library?: Library | undefined; proof?: StackProof | undefined } = {},
): string[] {
  if (stacking.way === 'slots') return checkSlots(stacking.case, answer, proof)
  if (stacking.way === 'ladder') return differences(climbLadder(stacking.case), answer)
  return library ? differences(accumulateHours(stacking.case, library), answer) : ['Hours cannot be checked without the library.']
}

function differences(right: StackAnswer, told: StackAnswer): string[] {
  const names = [...new Set([...Object.keys(right), ...Object.keys(told)])] as (keyof StackAnswer)[]
  return names.filter((name) => stable(right[name]) !== stable(told[name])).map((name) => `${name} is not what the case gives.`)
}

const members = new Set<keyof StackAnswer>([
  'eligible',
  'assignment',
  'countedCredits',
  'unused',
  'gaps',
  'conflictSet',
  'plans',
  'optimal',
  'bound',
])

function checkSlots(stacking: SlotCase, answer: StackAnswer, proof: StackProof | undefined): string[] {
  const model = slotModel(stacking)
  const faults: string[] = []
  if (Object.keys(answer).some((name) => !members.has(name as keyof StackAnswer)))
    faults.push('The answer has a member that slots do not have.')
  if ((answer.optimal === undefined) !== (answer.bound === undefined))
    faults.push('What is not proven has its bound, and what is proven has none.')
  const placed = new Map(Object.entries(answer.assignment ?? {}))
  const held = new Set(model.items.map((item) => item.id))
  if ([...placed.keys()].some((id) => !held.has(id))) faults.push('The assignment places what is not held.')
  const { counted, states, broken } = measureAssignment(model, placed)
  if (broken !== undefined) faults.push(`The assignment breaks a hard rule: ${broken}.`)
  if (broken === 'unknown') return faults
  if (Math.abs(counted - (answer.countedCredits ?? Number.NaN)) > slack || answer.countedCredits === undefined)
    faults.push('The credits counted are not those of the assignment.')
  const unmet = states.filter((state) => !state.met).map(({ goal, have, need }) => ({ goal: goal.name, have, need }))
  if (stable(byGoal(unmet)) !== stable(byGoal(answer.gaps))) faults.push('The gaps are not those of the assignment.')
  if (answer.eligible !== (unmet.length === 0)) faults.push('Eligible is not what the goals say.')
  if (stable(unusedReasons(model, placed)) !== stable([...(answer.unused ?? [])].sort((a, b) => byCode(a.id, b.id))))
    faults.push('The unused credentials or their reasons are not those of the assignment.')
  if (answer.eligible) {
    if (answer.conflictSet !== undefined || answer.plans !== undefined) faults.push('An eligible answer has no conflict and no plans.')
    return faults
  }
  const goals = new Set(model.goals.map((goal) => goal.name))
  const conflict = answer.conflictSet ?? []
  if (!isAscending(conflict) || conflict.some((name) => !goals.has(name)))
    faults.push('The conflict set names what is no goal, or names it twice.')
  // The assignment meets every goal that is no gap, so that gaps alone can exclude one another.
  if (!conflict.some((name) => unmet.some(({ goal }) => goal === name))) faults.push('The assignment meets every goal of the conflict set.')
  return [...faults, ...checkPlans(model, answer), ...(proof ? checkProof(model, answer, proof) : [])]
}

function checkPlans(model: SlotModel, { plans = [] }: StackAnswer): string[] {
  const faults: string[] = []
  const hours = new Map(model.offers.map((offer) => [offer.id, offer.hours ?? 0]))
  for (const { take, hours: told } of plans)
    if (
      !isAscending(take) ||
      take.some((id) => !hours.has(id)) ||
      Math.abs(take.reduce((sum, id) => sum + (hours.get(id) ?? 0), 0) - told) > slack
    )
      faults.push('A plan takes what is not offered, or tells other hours.')
  const contains = (plan: GapPlan, other: GapPlan) => other.take.every((id) => plan.take.includes(id))
  if (plans.length > 3 || plans.some((plan, at) => plans.some((other, place) => place !== at && contains(plan, other))))
    faults.push('There are more than three plans, or one holds another.')
  const rank = ({ take, hours: told }: GapPlan) => [told, take.length, take.join()] as const
  if (plans.some((plan, at) => at > 0 && isBefore(rank(plan), rank(plans[at - 1]!)))) faults.push('The plans are not in their order.')
  return faults
}

/** Fewest hours first, then fewer offers, then ids. */
const isBefore = (one: readonly [number, number, string], other: readonly [number, number, string]) =>
  (one[0] - other[0] || one[1] - other[1] || byCode(one[2], other[2])) < 0

const isAscending = (names: readonly string[]) => names.every((name, at) => at === 0 || names[at - 1]! < name)

function checkProof(model: SlotModel, { conflictSet = [], plans = [] }: StackAnswer, proof: StackProof): string[] {
  const faults: string[] = []
  const offers = new Set(model.offers.map(({ id }) => id))
  const offersIn = (placement: Record<string, string>) =>
    Object.keys(placement)
      .filter((id) => offers.has(id))
      .sort(byCode)
  const unmetIn = (placement: Record<string, string>) => {
    const { states, broken } = measureAssignment(model, new Map(Object.entries(placement)))
    return broken === undefined ? states.filter((state) => !state.met).map(({ goal }) => goal.name) : undefined
  }
  if (stable(Object.keys(proof.conflict).sort(byCode)) !== stable(conflictSet)) faults.push('The proof is of another conflict set.')
  for (const [left, placement] of Object.entries(proof.conflict)) {
    const unmet = unmetIn(placement)
    if (offersIn(placement).length > 0 || !unmet || unmet.some((name) => name !== left && conflictSet.includes(name)))
      faults.push(`That ${left} is part of the conflict is not shown.`)
  }
  if (proof.plans.length !== plans.length) faults.push('The proof is of other plans.')
  for (const [at, placement] of proof.plans.entries())
    if (stable(offersIn(placement)) !== stable(plans[at]?.take) || unmetIn(placement)?.length !== 0)
      faults.push('That a plan meets every goal is not shown.')
  return faults
}

const byGoal = (gaps: StackAnswer['gaps']) => [...gaps].sort((a, b) => byCode(a.goal, b.goal) || byCode(String(a.need), String(b.need)))

/** JSON with members in order. */
function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_, member) =>
      typeof member === 'object' && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort((a, b) => byCode(a[0], b[0])))
        : member,
    ) ?? ''
  )
}
