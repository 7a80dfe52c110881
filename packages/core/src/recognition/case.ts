/** A case: what was handed in, for which target, under which policies. Facts come from verified reports; `null` or absent is unknown. */
import { z } from 'zod'
import type { Json } from '../json.ts'
import { PlainDate } from '../moments.ts'
import { readAs } from '../read-as.ts'
import { Amount, AwardType, EqfLevel, forPeople, Id, Mode, ProofKind, Unit } from './words.ts'

/** One reading of the workload of a credential. */
export const WorkloadFact = z.strictObject({
  value: Amount,
  unit: Unit,
  basis: z.enum(['total', 'contact']).nullish(),
  hoursPerECTS: z.number().min(1).max(100).nullish(),
})
export type WorkloadFact = z.infer<typeof WorkloadFact>

const AssessmentFacts = z.strictObject({
  type: z.string().max(500).nullish(),
  supervised: z.boolean().nullish(),
  idVerified: z.boolean().nullish(),
  inPerson: z.boolean().nullish(),
})

/** A mark is there (its text, or true), is not there (false or empty), or nobody told. */
const Mark = z.union([z.boolean(), z.string().max(500)]).nullish()

/** What is known of one credential. */
export const CredentialFacts = z.strictObject({
  ...forPeople,
  id: Id,
  title: z.string().max(1000).nullish(),
  awardType: AwardType.nullish(),
  issuer: Id.nullish(),
  issueDate: PlainDate.nullish(),
  learningEnd: PlainDate.nullish(),
  validUntil: PlainDate.nullish(),
  proof: ProofKind.nullish(),
  status: z.enum(['valid', 'revoked', 'suspended', 'invalid', 'unknown']).nullish(),
  holderMatch: z.enum(['verified', 'mismatch']).nullish(),
  eqf: EqfLevel.nullish(),
  workload: z.array(WorkloadFact).max(50).nullish(),
  assessment: AssessmentFacts.nullish(),
  mode: Mode.nullish(),
  /** By outcome; an outcome that is not named is known not to be matched, `null` is not known. */
  matches: z.record(Id, z.enum(['full', 'partial']).nullable()).nullish(),
  marks: z.strictObject({ reference: Mark, signature: Mark, seal: Mark }).nullish(),
  competencies: z.array(Id).max(500).nullish(),
  skills: z.array(Id).max(500).nullish(),
  achievement: Id.nullish(),
  edition: Id.nullish(),
  providerAuthorised: z.boolean().nullish(),
  vetLevel: z.int().min(0).max(20).nullish(),
  elements: z.array(Id).max(500).nullish(),
})
export type CredentialFacts = z.infer<typeof CredentialFacts>

/** The body's ledger of the applicant; an absent entry means nothing so far. */
export const Applicant = z.strictObject({
  recognisedOutcomes: z.array(Id).max(1000).nullish(),
  countedCredentials: z.array(Id).max(1000).nullish(),
  countedAwards: z
    .array(z.strictObject({ achievement: Id.nullish(), title: z.string().max(1000).nullish(), issueDate: PlainDate }))
    .max(1000)
    .nullish(),
  externalCreditUsed: Amount.nullish(),
  generalHoursUsed: Amount.nullish(),
  elementsHeld: z.array(Id).max(1000).nullish(),
})
export type Applicant = z.infer<typeof Applicant>

/** A recognition case; `asOf` is the day of application. */
export const RecognitionCase = z.strictObject({
  ...forPeople,
  category: z.unknown().optional(),
  id: Id,
  type: z.literal('recognition'),
  asOf: PlainDate,
  credentials: z
    .array(CredentialFacts)
    .min(1)
    .max(100)
    .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'Two credentials have the same id.'),
  target: Id,
  policies: z
    .array(Id)
    .min(1)
    .max(100)
    .refine((list) => new Set(list).size === list.length, 'A policy is listed twice.'),
  agreements: z.array(Id).max(100).nullish(),
  applicant: Applicant.nullish(),
})
export type RecognitionCase = z.infer<typeof RecognitionCase>

/** Reads a case. Raises `input.invalid` with a pointer for each fault. */
export const readRecognitionCase = (json: Json): RecognitionCase => readAs(RecognitionCase, json)
