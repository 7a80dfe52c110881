/** A case: the facts of some credentials, what is asked of whom, and what the body already counted. `null` or absent is unknown. */
import { z } from 'zod'
import { PlainDate } from '../moments.ts'

const id = z.string().min(1).max(300)
const words = z.unknown().optional()
const unknownable = <T extends z.ZodType>(schema: T) => schema.nullish()

export const WorkloadFact = z.strictObject({
  value: z.number().positive(),
  unit: z.enum(['ECTS', 'UK-credit', 'NZ-credit', 'US-credit', 'CEU', 'hours']),
  basis: unknownable(z.enum(['total', 'contact'])),
  hoursPerECTS: unknownable(z.number().positive()),
})
export type WorkloadFact = z.infer<typeof WorkloadFact>

/** Facts of one credential, taken from a verification report, a register or a person; never from unverified input. */
export const CredentialFacts = z.strictObject({
  id,
  title: z.string().optional(),
  note: words,
  awardType: unknownable(z.enum(['successful-completion', 'participation', 'attendance'])),
  issuer: unknownable(id),
  issueDate: unknownable(PlainDate),
  learningEnd: unknownable(PlainDate),
  validUntil: unknownable(PlainDate),
  proof: unknownable(z.enum(['qualified-eseal', 'advanced-eseal', 'wallet-vc', 'platform-verified', 'paper'])),
  status: unknownable(z.enum(['valid', 'revoked', 'suspended', 'invalid', 'unknown'])),
  holderMatch: unknownable(z.enum(['verified', 'mismatch'])),
  eqf: unknownable(z.number().min(1).max(8)),
  workload: unknownable(z.array(WorkloadFact)),
  assessment: unknownable(
    z.strictObject({
      type: unknownable(z.string()),
      supervised: unknownable(z.boolean()),
      idVerified: unknownable(z.boolean()),
      inPerson: unknownable(z.boolean()),
      grade: unknownable(z.number()),
      gradingScheme: unknownable(z.string()),
    }),
  ),
  mode: unknownable(z.enum(['presential', 'online', 'blended'])),
  matches: unknownable(z.record(id, z.enum(['full', 'partial', 'none']))),
  marks: unknownable(
    z.strictObject({
      reference: unknownable(z.union([z.string(), z.boolean()])),
      signature: unknownable(z.boolean()),
      seal: unknownable(z.boolean()),
    }),
  ),
  competencies: unknownable(z.array(id)),
  skills: unknownable(z.array(id)),
  achievement: unknownable(id),
  edition: unknownable(z.string()),
  providerAuthorised: unknownable(z.boolean()),
  vetLevel: unknownable(z.number()),
  elements: unknownable(z.array(id)),
  qaType: unknownable(z.string()),
  trustLists: unknownable(z.array(id)),
  iscedF: unknownable(z.string()),
  annex1Complete: unknownable(z.boolean()),
  language: unknownable(z.string()),
  answers: unknownable(z.record(id, z.enum(['pass', 'fail']))),
})
export type CredentialFacts = z.infer<typeof CredentialFacts>

/** What the applicant already holds or the body already counted; absent means nothing so far, for the body's ledger is complete. */
export const Applicant = z.strictObject({
  recognisedOutcomes: z.array(id).default([]),
  countedCredentials: z.array(id).default([]),
  countedAwards: z.array(z.strictObject({ achievement: id.nullish(), title: z.string().nullish(), issueDate: PlainDate })).default([]),
  externalCreditUsed: z.number().min(0).default(0),
  rplCreditUsed: z.number().min(0).default(0),
  generalHoursUsed: z.number().min(0).default(0),
  elementsHeld: z.array(id).default([]),
  achievementsHeld: z.array(id).default([]),
})
export type Applicant = z.infer<typeof Applicant>

export const RecognitionCase = z.strictObject({
  id,
  type: z.literal('recognition'),
  asOf: PlainDate,
  credentials: z.array(CredentialFacts).min(1).max(60),
  target: id,
  policies: z.array(id).min(1).max(20),
  agreements: z.array(id).max(20).default([]),
  applicant: Applicant.default(Applicant.parse({})),
  title: words,
  category: words,
  note: words,
  modelledOn: words,
  consent: words,
  test: words,
})
export type RecognitionCase = z.infer<typeof RecognitionCase>
