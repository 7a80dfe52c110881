/** What the operations of stacking answer with. */
import { LangString, Pathway, Uuid } from '@cairn/core'
import { z } from 'zod'
import { ProblemAnswer } from './answers.ts'

/** An answer of the stacking engine, as the command line prints it. */
export const StackAnswerShape = z
  .looseObject({
    eligible: z.boolean(),
    assignment: z.record(z.string(), z.string()).optional(),
    countedCredits: z.number().optional(),
    gaps: z.array(z.looseObject({ goal: z.string() })),
  })
  .meta({ id: 'StackAnswer' })

/** A pathway on offer. `names` says what the ids in it are called, as far as this installation knows. */
export const OfferedPathway = z
  .strictObject({
    id: Uuid,
    body: z.strictObject({ id: Uuid, name: LangString }),
    version: z.int(),
    hash: z.string(),
    publishedAt: z.string(),
    pathway: Pathway,
    award: z.strictObject({ edition: Uuid, title: LangString }).optional(),
    names: z.record(z.string(), z.string()),
  })
  .meta({ id: 'OfferedPathway' })
export type OfferedPathway = z.infer<typeof OfferedPathway>

/** What the slots of a pathway may take, of what is known here. `unread` names members of networks whose offers could not be had. */
export const PathwayChoices = z
  .strictObject({
    achievements: z.array(z.strictObject({ id: z.string(), title: LangString, body: LangString })),
    providers: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    /** In the language in which their credentials tell them. */
    outcomes: z.array(z.string()),
    /** True when there are networks whose members could be asked. */
    members: z.boolean(),
    unread: z.array(z.string()),
  })
  .meta({ id: 'PathwayChoices' })
export type PathwayChoices = z.infer<typeof PathwayChoices>

/** A credential that was looked at, or why it could not be. */
export const HeldAnswer = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    issuer: z.string(),
    learner: z.string(),
    credits: z.number().optional(),
    eqf: z.int().optional(),
    issueDate: z.string().optional(),
    validUntil: z.string().optional(),
    status: z.enum(['valid', 'revoked', 'suspended', 'invalid', 'unknown']),
    problem: ProblemAnswer.optional(),
  })
  .meta({ id: 'HeldCredential' })
export type HeldAnswer = z.infer<typeof HeldAnswer>

/** How far credentials go on one pathway. */
export const PathwayProgress = z
  .strictObject({
    pathway: OfferedPathway,
    answer: StackAnswerShape,
    /** What may be taken next, by the ids in the plans of the answer. */
    offers: z.array(
      z.strictObject({ id: z.string(), edition: Uuid, title: z.string(), body: LangString, hours: z.number(), credits: z.number() }),
    ),
    /** What runs out first of what counts, and the gaps of the day after that are new or larger. */
    expires: z.strictObject({ id: z.string(), lastDay: z.string(), gaps: z.array(z.looseObject({ goal: z.string() })) }).optional(),
  })
  .meta({ id: 'PathwayProgress' })
export type PathwayProgress = z.infer<typeof PathwayProgress>

export const ProgressAnswer = z
  .strictObject({ held: z.array(HeldAnswer), pathways: z.array(PathwayProgress) })
  .meta({ id: 'StackProgress' })
export type ProgressAnswer = z.infer<typeof ProgressAnswer>

const state = z.enum(['asked', 'awarded', 'refused'])

/** A request for a larger award as its learner follows it. */
export const StackFollowAnswer = z
  .strictObject({
    learner: z.string(),
    progress: PathwayProgress,
    held: z.array(HeldAnswer),
    state,
    askedAt: z.string(),
    decidedAt: z.string().optional(),
    by: z.string().optional(),
    words: z.string().optional(),
    receipt: z.boolean(),
  })
  .meta({ id: 'StackFollow' })
export type StackFollowAnswer = z.infer<typeof StackFollowAnswer>

/** The same on the desk of the body. */
export const StackRequestAnswer = StackFollowAnswer.extend({
  id: Uuid,
  revision: z.int(),
  email: z.string(),
  batch: Uuid.optional(),
}).meta({ id: 'StackRequest' })
export type StackRequestAnswer = z.infer<typeof StackRequestAnswer>

export const StackRequestLine = z
  .strictObject({ id: Uuid, learner: z.string(), title: LangString, state, askedAt: z.string() })
  .meta({ id: 'StackRequestLine' })
