/** The stacking engine's door: one case, one answer. */
import type { Library } from '../recognition/library.ts'
import { accumulateHours } from './accumulate-hours.ts'
import type { StackAnswer, StackResult } from './stack-answer.ts'
import { climbLadder } from './stack-ladder.ts'
import { stackSlots } from './stack-slots.ts'
import type { StackingCase } from './stacking-case.ts'

/**
 * Answers a case with its account: `optimal` is false, and `bound` there, when the nodes did not suffice for the proof. Deterministic, free of the order of
 * the input. Raises `stacking.*` where hours need a policy that the library lacks.
 */
export function solveStack(stacking: StackingCase, library: Library, nodes?: number): StackResult {
  if (stacking.way === 'slots') return stackSlots(stacking.case, nodes)
  const answer = stacking.way === 'ladder' ? climbLadder(stacking.case) : accumulateHours(stacking.case, library)
  return { answer, optimal: true, nodes: 0 }
}

/** The answer alone, as it goes on the wire. @example stack(readStackingCase(parseJson(text)), library).eligible */
export function stack(stacking: StackingCase, library: Library): StackAnswer {
  return solveStack(stacking, library).answer
}
