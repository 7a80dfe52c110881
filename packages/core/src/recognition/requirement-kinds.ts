/** Every requirement kind there is: the closed list of the recognition format. */
import type { Judgement, RecognitionFacts } from './facts.ts'
import type { RequirementKind } from './kind.ts'
import { kindsOfLearning } from './kinds-of-learning.ts'
import { kindsOfTrust } from './kinds-of-trust.ts'
import { kindsOfUse } from './kinds-of-use.ts'

/** The table: a kind that is added here is read, judged and explained. */
export const requirementKinds = { ...kindsOfTrust, ...kindsOfLearning, ...kindsOfUse }

export type RequirementKindName = keyof typeof requirementKinds
export const requirementKindNames = Object.keys(requirementKinds).sort() as RequirementKindName[]

/** Judges by kind; the parameters were read by the kind's own schema. */
export function judgeKind(name: RequirementKindName, facts: RecognitionFacts, params: unknown): Judgement {
  return (requirementKinds[name] as RequirementKind).judge(facts, params)
}
