/** Checks an answer without solving anything: linear in the size of the case and the answer. */
import type { Library } from '../recognition/library.ts'
import { accumulateHours } from './accumulate-hours.ts'
import { measureAssignment } from './measure-assignment.ts'
import { byCode, slack, slotModel } from './slot-model.ts'
import type { StackAnswer } from './stack-answer.ts'
import { climbLadder } from './stack-ladder.ts'
import type { SlotCase, StackingCase } from './stacking-case.ts'
import { unusedReasons } from './unused-reasons.ts'

/**
 * What is wrong with an answer, in plain words; an empty list when it holds. For slots: the assignment breaks no hard rule, credits and gaps are as told,
 * every credential is either placed or has its reason, and an eligible answer meets every goal, which proves it. Whether a better assignment
 * exists is not asked. Ladders and hours are computed again, which is linear.
 */
export function checkStack(stacking: StackingCase, answer: StackAnswer, library?: Library): string[] {
  if (stacking.way === 'slots') return checkSlots(stacking.case, answer)
  if (stacking.way === 'ladder') return differences(climbLadder(stacking.case), answer)
  return library ? differences(accumulateHours(stacking.case, library), answer) : ['Hours cannot be checked without the library.']
}

function differences(right: StackAnswer, told: StackAnswer): string[] {
  const names = [...new Set([...Object.keys(right), ...Object.keys(told)])] as (keyof StackAnswer)[]
  return names.filter((name) => stable(right[name]) !== stable(told[name])).map((name) => `${name} is not what the case gives.`)
}

function checkSlots(stacking: SlotCase, answer: StackAnswer): string[] {
  const model = slotModel(stacking)
  const faults: string[] = []
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
  const goals = new Set(model.goals.map((goal) => goal.name))
  if (answer.eligible && (answer.conflictSet !== undefined || answer.plans !== undefined))
    faults.push('An eligible answer has no conflict and no plans.')
  if (!answer.eligible && ((answer.conflictSet ?? []).length === 0 || answer.conflictSet!.some((name) => !goals.has(name))))
    faults.push('The conflict set names what is no goal, or nothing.')
  const hours = new Map(model.offers.map((offer) => [offer.id, offer.hours ?? 0]))
  for (const { take, hours: told } of answer.plans ?? [])
    if (take.some((id) => !hours.has(id)) || Math.abs(take.reduce((sum, id) => sum + (hours.get(id) ?? 0), 0) - told) > slack)
      faults.push('A plan takes what is not offered, or tells other hours.')
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
