/** The closed list of what a recognising body may require, each with the parameters it takes (recognition format, table of kinds). */
import { z } from 'zod'

const share = z.number().min(0).max(1)
const words = z.array(z.string().min(1).max(300)).min(1).max(200)
const years = z.number().min(0).max(100)
const none = z.strictObject({})

/** Kind of requirement to the schema of its parameters. */
export const requirementKinds = {
  authenticity: z.strictObject({ proofs: words }),
  'holder-match': none,
  'issuer-trust': z.strictObject({ lists: words }),
  'issuer-listed': none,
  'accredited-at-issue': z.strictObject({ coverLevel: z.boolean().default(false) }),
  'qa-type': z.strictObject({ types: words }),
  'certificate-type': none,
  assessed: z.strictObject({ awardTypes: words }),
  'assessment-type': z.strictObject({ types: words }),
  'grade-min': z.strictObject({ scheme: z.string().min(1), min: z.number() }),
  'supervision-id': none,
  'in-person-final-assessment': none,
  level: z.strictObject({ tolerance: z.number().min(0).max(7) }),
  'level-min': z.strictObject({ eqf: z.number().min(1).max(8) }),
  'level-equals': none,
  workload: z.strictObject({ ratio: share }),
  'min-hours': none,
  'contact-hours': z.strictObject({ min: z.number().min(0) }),
  'outcome-coverage': z.strictObject({ full: share, partial: share }),
  'mandatory-outcomes': none,
  field: z.strictObject({ iscedF: words }),
  'competency-link': none,
  'essential-skills': none,
  'optional-skills': z.strictObject({ share }),
  'formal-marks': z.strictObject({ need: z.array(z.enum(['reference', 'signature', 'seal'])).min(1) }),
  'annex1-complete': none,
  currency: z.strictObject({ years, byField: z.record(z.string().regex(/^\d{2,4}$/), years).default({}) }),
  'not-expired': z.strictObject({ for: z.enum(['essential', 'optional', 'safetyCritical']).optional() }),
  'in-period': none,
  language: z.strictObject({ languages: words }),
  'mode-in': z.strictObject({ modes: words }),
  'prerequisites-held': z.strictObject({ achievements: words }),
  'not-already-counted': none,
  'no-duplicate': none,
  cap: z.strictObject({
    externalMax: z.number().min(0).optional(),
    rplMax: z.number().min(0).optional(),
    providerMax: z.record(z.string(), z.number().min(0)).optional(),
    generalMax: z.number().min(0).optional(),
  }),
  'agreement-line': none,
  precedent: none,
  'authorised-provider': none,
  'human-question': z.strictObject({ question: z.string().min(1).max(2000) }),
} as const

export type RequirementKind = keyof typeof requirementKinds
/** The parameters of a kind, parsed. */
export type ParametersOf<K extends RequirementKind> = z.output<(typeof requirementKinds)[K]>
