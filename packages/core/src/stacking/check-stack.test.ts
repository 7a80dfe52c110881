/** Domain 3.4: what the solver gives is accepted by the checker, which solves nothing, and whatever is edited in it is refused. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../json.ts'
import { readLibrary } from '../recognition/library.ts'
import { checkStack } from './check-stack.ts'
import { measureAssignment } from './measure-assignment.ts'
import { slotModel } from './slot-model.ts'
import { solveStack } from './stack.ts'
import type { StackAnswer, StackProof, UnusedReason } from './stack-answer.ts'
import type { SlotCase } from './stacking-case.ts'
import { anyCase, slotsOf } from './vectors/any-slots.ts'
import { workedLibrary } from './vectors/worked.ts'

const library = readLibrary(workedLibrary as Json)
interface Certificate {
  answer: StackAnswer
  proof: StackProof | undefined
}

/** Edits by name; each gives true when it found something to edit. */
const edits: Record<string, (given: Certificate, at: number, stacking: SlotCase) => boolean> = {
  eligible: ({ answer }) => {
    answer.eligible = !answer.eligible
    return true
  },
  credits: ({ answer }, at) => {
    answer.countedCredits! += at % 2 ? 0.5 : -1
    return true
  },
  'gap more': ({ answer }) => answer.gaps.push({ goal: 'totalMin', have: 1, need: 2 }) > 0,
  'gap less': ({ answer }) => answer.gaps.pop() !== undefined,
  'gap other': ({ answer }, at) => {
    const gap = answer.gaps[at % (answer.gaps.length || 1)]
    return gap !== undefined && 'have' in gap && Object.assign(gap, { need: gap.need + 1 }) === gap
  },
  'placed less': ({ answer }, at) => {
    const ids = Object.keys(answer.assignment!)
    return ids.length > 0 && delete answer.assignment![ids[at % ids.length]!]
  },
  'placed elsewhere': ({ answer }, at, stacking) => {
    const ids = Object.keys(answer.assignment!)
    const slots = stacking.pathway.slots
    const [id, slot] = [ids[at % (ids.length || 1)], slots[at % slots.length]!.id]
    if (id === undefined || answer.assignment![id] === slot) return false
    const before = amountsOf(stacking, answer)
    answer.assignment![id] = slot
    // Another choice that is as good in all that is told is no worse an answer.
    return amountsOf(stacking, answer) !== before
  },
  'placed nowhere': ({ answer }, at) => {
    const ids = Object.keys(answer.assignment!)
    return ids.length > 0 && Object.assign(answer.assignment!, { [ids[at % ids.length]!]: 'elsewhere' }) !== undefined
  },
  'unused more': ({ answer }) => answer.unused!.push({ id: 'nobody', reason: 'CAP' }) > 0,
  'unused less': ({ answer }) => answer.unused!.pop() !== undefined,
  'unused other': ({ answer }, at) => {
    const one = answer.unused![at % (answer.unused!.length || 1)]
    const other: UnusedReason = one?.reason === 'CAP' ? 'NO_SLOT' : 'CAP'
    return one !== undefined && Object.assign(one, { reason: other }) === one
  },
  'conflict less': ({ answer }, at) =>
    Boolean(answer.conflictSet && answer.conflictSet.splice(at % answer.conflictSet.length, 1).length > 0),
  'conflict more': ({ answer }, _, stacking) => {
    const goal = slotModel(stacking).goals.find(({ name }) => !answer.conflictSet?.includes(name))
    return (
      goal !== undefined &&
      answer.conflictSet !== undefined &&
      answer.conflictSet.push(goal.name) > 0 &&
      answer.conflictSet.sort().length > 0
    )
  },
  'conflict added': ({ answer }) => answer.eligible && Object.assign(answer, { conflictSet: ['totalMin'] }) === answer,
  'plan less': ({ answer }) => answer.plans?.pop() !== undefined,
  'plan takes less': ({ answer }) => answer.plans?.find(({ take }) => take.length > 0)?.take.pop() !== undefined,
  'plan hours': ({ answer }) =>
    answer.plans?.[0] !== undefined && Object.assign(answer.plans[0], { hours: answer.plans[0].hours + 1 }) === answer.plans[0],
  'plan twice': ({ answer }) => answer.plans?.[0] !== undefined && answer.plans.push(structuredClone(answer.plans[0])) > 0,
  'plan order': ({ answer }) => (answer.plans?.length ?? 0) > 1 && answer.plans!.reverse().length > 0,
  member: ({ answer }) => Object.assign(answer, { gradeB: ['M'] }) === answer,
  'not proven': ({ answer }) => Object.assign(answer, { optimal: false }) === answer,
  'proof of conflict': ({ proof }, at) => {
    const names = Object.keys(proof?.conflict ?? {})
    return names.length > 0 && delete proof!.conflict[names[at % names.length]!]
  },
  'conflict of what is met': ({ answer, proof }, _, stacking) => {
    const met = slotModel(stacking).goals.find(({ name }) => !answer.gaps.some(({ goal }) => goal === name))
    if (!met || !proof) return false
    answer.conflictSet = [met.name]
    proof.conflict = { [met.name]: {} }
    return true
  },
  'proof that shows nothing': ({ proof }, at) => {
    const names = Object.keys(proof?.conflict ?? {})
    const left = names[at % (names.length || 1)]
    // Nothing placed meets no slot.
    if (!proof || !left || !names.some((name) => name !== left && name.startsWith('slot:'))) return false
    proof.conflict[left] = {}
    return true
  },
  'proof less': ({ proof }) => proof?.plans.pop() !== undefined,
  'plan that does not suffice': ({ proof }, _, stacking) => {
    const placement = proof?.plans.find((each) => Object.keys(each).some((id) => id.startsWith('c')))
    if (!placement) return false
    for (const id of Object.keys(placement)) if (id.startsWith('c')) delete placement[id]
    return measureAssignment(slotModel(stacking), new Map(Object.entries(placement))).states.some(({ met }) => !met)
  },
  'proof of plan': ({ proof }) => {
    // Where a held credential stands in a plan may not matter; where its offers stand does.
    const offers = proof?.plans.flatMap((each) => Object.keys(each).flatMap((id) => (id.startsWith('k') ? [{ each, id }] : []))) ?? []
    return offers[0] !== undefined && delete offers[0].each[offers[0].id]
  },
}

/** What an assignment comes to, as the answer tells it. */
function amountsOf(stacking: SlotCase, { assignment }: StackAnswer): string {
  const { counted, states, broken } = measureAssignment(slotModel(stacking), new Map(Object.entries(assignment!)))
  return JSON.stringify([counted, broken, states.filter(({ met }) => !met).map(({ goal, have }) => [goal.name, have])])
}

test.each(Object.keys(edits))('%s', (name) => {
  let edited = 0
  fc.assert(
    fc.property(anyCase, fc.nat(11), (stacking, at) => {
      const { answer, proof } = solveStack(stacking, library)
      const given: Certificate = structuredClone({ answer, proof })
      expect(checkStack(stacking, given.answer, { proof: given.proof })).toEqual([])
      if (!edits[name]!(given, at, slotsOf(stacking))) return
      edited++
      expect(checkStack(stacking, given.answer, { proof: given.proof }), JSON.stringify([answer, given])).not.toEqual([])
    }),
    { numRuns: 150, seed: 34 },
  )
  expect(edited).toBeGreaterThan(2)
})
