/** What the operations of recognition answer with. */
import { CredentialFacts, Grant, LangString, Purpose, Uuid } from '@cairn/core'
import { z } from 'zod'
import { ProblemAnswer } from './answers.ts'

const tri = z.enum(['pass', 'fail', 'unknown'])
const outcome = z.enum(['full', 'partial', 'conditional', 'refused', 'needs-human'])
const form = z.enum(['module', 'post', 'vet', 'job'])

/** Forms of a decision: sealed as it is declared, as a European Digital Credential, as ELMO, as a CTDL transfer value. */
export const decisionForms = ['sealed', 'elm', 'elmo', 'ctdl'] as const
export const DecisionForm = z.enum(decisionForms).meta({ id: 'DecisionForm' })
export type DecisionForm = z.infer<typeof DecisionForm>

/** A decision of the engine, as the command line prints it. */
export const DecisionAnswer = z
  .strictObject({
    outcome,
    sub: z.enum(['evidence', 'judgement', 'policy-conflict']).optional(),
    grants: z.array(Grant).readonly(),
    verdicts: z.record(z.string(), tri).readonly(),
    reasons: z.array(z.string()).readonly(),
    conditions: z.array(z.string()).readonly(),
    findings: z
      .array(
        z.strictObject({
          requirement: z.string(),
          policy: z.string(),
          kind: z.string(),
          verdict: tri,
          effect: z.string().optional(),
          void: z.boolean().optional(),
          facts: z.array(z.strictObject({ path: z.string(), value: z.unknown(), source: z.string() })).readonly(),
          threshold: z.unknown().optional(),
          shortfall: z.number().optional(),
          reading: z.strictObject({ counted: z.number().nullable(), least: z.number(), most: z.number().nullable() }).optional(),
          sentence: z.string(),
        }),
      )
      .readonly(),
    counterfactual: z.array(z.strictObject({ change: z.string(), wouldGive: outcome })).readonly(),
    policies: z.array(z.strictObject({ id: z.string(), hash: z.string() })).readonly(),
  })
  .meta({ id: 'Decision' })
export type DecisionAnswer = z.infer<typeof DecisionAnswer>

/** What the rules say in their own words: what would help, and to whom an appeal goes. */
const help = z.strictObject({
  remedies: z.array(z.strictObject({ requirement: z.string(), words: LangString })),
  appealTo: z.array(LangString),
})

const versionLine = z.strictObject({
  id: Uuid,
  version: z.int(),
  hash: z.string(),
  publishedAt: z.string(),
  retiredAt: z.string().optional(),
})

/** A policy in a list. */
export const PolicyLine = z
  .strictObject({
    id: Uuid,
    title: LangString,
    savedAt: z.string(),
    versions: z.int(),
    current: versionLine.optional(),
    problems: z.int(),
    awaitsApproval: z.boolean(),
  })
  .meta({ id: 'PolicyLine' })

/** A draft of a policy with what stands in the way of publishing it. */
export const PolicyAnswer = z
  .strictObject({
    id: Uuid,
    revision: z.int(),
    savedAt: z.string(),
    draft: z.looseObject({}),
    problems: z.array(ProblemAnswer).readonly(),
    versions: z.array(versionLine),
    proposed: z.strictObject({ by: z.string(), name: z.string(), at: z.string() }).optional(),
    needsApproval: z.boolean(),
  })
  .meta({ id: 'PolicyAnswer' })
export type PolicyAnswer = z.infer<typeof PolicyAnswer>

/** A published version with its content: what both sides decide by. */
export const PublishedPolicy = z
  .strictObject({
    id: z.string(),
    version: z.int(),
    hash: z.string(),
    publishedAt: z.string(),
    retiredAt: z.string().optional(),
    policy: z.looseObject({}),
  })
  .meta({ id: 'PublishedPolicy' })
export type PublishedPolicy = z.infer<typeof PublishedPolicy>

export const BodyPolicies = z
  .strictObject({
    body: z.strictObject({ id: z.string(), name: LangString }),
    policies: z.array(PublishedPolicy),
    targets: z.array(z.strictObject({ id: z.string(), title: LangString, form, target: z.looseObject({}) })),
  })
  .meta({ id: 'BodyPolicies' })

/** What a body recognises for. */
export const TargetAnswer = z
  .strictObject({ id: Uuid, title: LangString, form, content: z.looseObject({}), archived: z.boolean() })
  .meta({ id: 'RecognitionTarget' })
export type TargetAnswer = z.infer<typeof TargetAnswer>

/** Where a learner can ask, and what would be sent. */
export const AskOptions = z
  .strictObject({
    learner: z.string(),
    /** What would be sent of each; `issuer` is its name in the registry. */
    credentials: z.array(
      z.strictObject({
        title: z.string(),
        issuer: z.string().optional(),
        facts: z.strictObject({ module: CredentialFacts, post: CredentialFacts }),
        outcomes: z.array(z.string()).readonly(),
      }),
    ),
    bodies: z.array(
      z.strictObject({
        id: Uuid,
        name: LangString,
        purposes: z.array(Purpose),
        targets: z.array(z.strictObject({ id: Uuid, title: LangString, form })),
        deadlineDays: z.int(),
      }),
    ),
  })
  .meta({ id: 'AskOptions' })

/** How a body answered in the end: by its rules alone, or by a named person. */
export const Confirmation = z
  .strictObject({
    outcome,
    grants: z.array(Grant).readonly(),
    as: z.enum(['proposed', 'full', 'partial', 'refused']),
    by: z.string().optional(),
    at: z.string(),
    words: z.string().optional(),
  })
  .meta({ id: 'Confirmation' })
export type Confirmation = z.infer<typeof Confirmation>

const state = z.enum(['submitted', 'evidence-asked', 'decided', 'appealed', 'closed'])
const appeal = z.strictObject({
  at: z.string(),
  words: z.string(),
  outcome: z.enum(['upheld', 'changed']).optional(),
  answer: z.string().optional(),
  by: z.string().optional(),
})

/** A request in the list of the desk. */
export const RecognitionLine = z
  .strictObject({
    id: Uuid,
    learner: z.string(),
    title: z.string(),
    target: LangString,
    purpose: Purpose,
    state,
    submittedAt: z.string(),
    dueOn: z.string(),
    overdue: z.boolean(),
    outcome: outcome.optional(),
  })
  .meta({ id: 'RecognitionLine' })

/** A request on the desk: proposal, facts, precedents, and every step so far. */
export const RecognitionAnswer = z
  .strictObject({
    id: Uuid,
    revision: z.int(),
    learner: z.string(),
    email: z.string(),
    language: z.string(),
    title: z.string(),
    purpose: Purpose,
    target: z.strictObject({ id: Uuid, title: LangString, form, content: z.looseObject({}) }),
    state,
    submittedAt: z.string(),
    dueOn: z.string(),
    overdue: z.boolean(),
    credentials: z.array(z.strictObject({ facts: CredentialFacts, issuer: z.string().optional() })),
    /** The facts that a person of the body added, and may change. */
    known: z.looseObject({}),
    outcomes: z.array(z.string()).readonly(),
    comparison: z
      .strictObject({ matches: z.record(z.string(), z.enum(['full', 'partial', 'none'])), by: z.string(), at: z.string() })
      .optional(),
    decision: DecisionAnswer,
    help,
    policies: z.array(z.strictObject({ id: z.string(), title: LangString, version: z.int(), hash: z.string() })),
    precedents: z.array(z.strictObject({ outcome: z.string(), count: z.int(), appeals: z.int() })),
    question: z.string().optional(),
    answer: z.string().optional(),
    confirmed: Confirmation.optional(),
    appealUntil: z.string().optional(),
    appeal: appeal.optional(),
  })
  .meta({ id: 'RecognitionAnswer' })
export type RecognitionAnswer = z.infer<typeof RecognitionAnswer>

/** What the learner sees behind the link. */
export const FollowAnswer = z
  .strictObject({
    body: z.strictObject({ id: Uuid, name: LangString }),
    learner: z.string(),
    title: z.string(),
    purpose: Purpose,
    target: z.strictObject({ title: LangString, form }),
    state,
    submittedAt: z.string(),
    dueOn: z.string(),
    question: z.string().optional(),
    answer: z.string().optional(),
    decision: DecisionAnswer.optional(),
    help: help.optional(),
    confirmed: Confirmation.optional(),
    appealUntil: z.string().optional(),
    mayAppeal: z.boolean(),
    appeal: appeal.optional(),
  })
  .meta({ id: 'FollowAnswer' })
export type FollowAnswer = z.infer<typeof FollowAnswer>

/** How many published policies would accept what an edition awards, and what would change that. */
export const ForecastAnswer = z
  .strictObject({
    policies: z.int(),
    accepting: z.int(),
    lines: z.array(
      z.strictObject({ body: LangString, policy: LangString, target: LangString, outcome, reasons: z.array(z.string()).readonly() }),
    ),
    gains: z.array(z.strictObject({ change: z.string(), adds: z.int() })),
  })
  .meta({ id: 'Forecast' })
export type ForecastAnswer = z.infer<typeof ForecastAnswer>
