/** One entry a requirement kind: its parameters and how it is judged. */
import { z } from 'zod'
import type { Judgement, RecognitionFacts } from './facts.ts'

/** A requirement kind. `params` reads its parameters; `judge` gives the verdict with reasons. */
export interface RequirementKind<S extends z.ZodType = z.ZodType> {
  params: S
  judge(facts: RecognitionFacts, params: z.output<S>): Judgement
}

/** Ties the type of the parameters to the judge. */
export const kind = <S extends z.ZodType>(params: S, judge: (facts: RecognitionFacts, params: z.output<S>) => Judgement) => ({
  params,
  judge,
})

/** A kind without parameters. */
export const plainKind = (judge: (facts: RecognitionFacts) => Judgement) => kind(z.strictObject({}), judge)

/** Parameters that are one list of words. */
export const words = <N extends string, T extends z.ZodType>(name: N, word: T) =>
  z.strictObject({ [name]: z.array(word).min(1).max(500) } as Record<N, z.ZodArray<T>>)
