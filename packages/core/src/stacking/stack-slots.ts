/** A case of slots, answered in full: assignment, reasons, gaps, conflict and plans. */
import { chooseAssignment } from './choose-assignment.ts'
import { findConflictSet } from './conflict-set.ts'
import { findGapPlans } from './gap-plans.ts'
import { measureAssignment } from './measure-assignment.ts'
import { slotModel } from './slot-model.ts'
import type { StackAnswer, StackBound, StackProof, StackResult } from './stack-answer.ts'
import type { SlotCase } from './stacking-case.ts'
import { unusedReasons } from './unused-reasons.ts'

/** Nodes that one answer may spend when nothing else is said: seven seconds on a plain machine, which one case in a thousand of forty credentials needs. */
const nodesByDefault = 12_000

/** Solves a case of slots exactly within a number of nodes; what is not proven is told with its bound. */
export function stackSlots(stacking: SlotCase, nodes = nodesByDefault): StackResult {
  const model = slotModel(stacking)
  const limit = { nodes }
  const { eligible, placed, unproven } = chooseAssignment(model, limit)
  let bound: StackBound | undefined = unproven
  const { counted, states } = measureAssignment(model, placed)
  const answer: StackAnswer = {
    eligible,
    assignment: Object.fromEntries(placed),
    countedCredits: counted,
    unused: unusedReasons(model, placed),
    gaps: states.filter((state) => !state.met).map(({ goal, have, need }) => ({ goal: goal.name, have, need })),
  }
  let proof: StackProof | undefined
  if (!eligible) {
    const conflict = findConflictSet(model, limit)
    answer.conflictSet = conflict.names
    proof = { conflict: conflict.without, plans: [] }
    if (!conflict.proven) bound ??= { choice: 'conflictSet', value: conflict.names.length, bound: 0 }
    if (stacking.catalogue != null) {
      const { plans, placements, proven } = findGapPlans(model, limit)
      answer.plans = plans
      proof.plans = placements
      if (!proven) bound ??= { choice: 'plans', value: plans.length, bound: 0 }
    }
  }
  const more = { ...(proof ? { proof } : {}), nodes: Math.ceil(nodes - limit.nodes) }
  if (bound) return { answer: { ...answer, optimal: false, bound }, optimal: false, bound, ...more }
  return { answer, optimal: true, ...more }
}
