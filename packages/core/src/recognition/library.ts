/** The library a decision rests on: policies, targets, accreditation records, agreements, relations of skills. Its page is the recognition format. */
import { z } from 'zod'
import { PlainDate } from '../moments.ts'
import { type RequirementKind, requirementKinds } from './requirement-kinds.ts'

const id = z.string().min(1).max(300)
/** Words for people: carried along, never read by a rule. */
const words = z.unknown().optional()
const period = z.tuple([PlainDate, PlainDate.nullable()])
const kind = z.enum(Object.keys(requirementKinds) as [RequirementKind, ...RequirementKind[]])

/** Strongest first (domain rules 2.3, 4). */
export const effects = ['refuse', 'refer', 'evidence', 'condition', 'reduce', 'note'] as const
export const Effect = z.enum(effects)
export type Effect = z.infer<typeof Effect>

/** Higher ranks first. */
export const ranks = ['law', 'agreement', 'institution', 'unit'] as const
export const Rank = z.enum(ranks)
export type Rank = z.infer<typeof Rank>

export const Requirement = z
  .strictObject({
    id,
    kind,
    params: z.record(z.string(), z.unknown()).optional(),
    onFail: Effect,
    onUnknown: Effect.default('evidence'),
    condition: z.string().min(1).max(200).optional(),
    title: words,
    remedy: words,
    evidenceAccepted: words,
    why: words,
    legalBasis: words,
    note: words,
  })
  .check((context) => {
    const parsed = requirementKinds[context.value.kind].safeParse(context.value.params ?? {})
    if (parsed.success) return
    for (const issue of parsed.error.issues)
      context.issues.push({ code: 'custom', message: issue.message, path: ['params', ...issue.path], input: context.value.params })
  })
  .meta({ id: 'Requirement', title: 'Requirement' })
export type Requirement = z.infer<typeof Requirement>

export const Policy = z
  .strictObject({
    body: id,
    rank: Rank,
    purpose: z.union([id, z.array(id)]).optional(),
    effective: period,
    requirements: z.array(Requirement).max(100).default([]),
    params: z
      .strictObject({
        minHours: z.number().min(0).optional(),
        typeFactor: z.record(z.string(), z.number().min(0).max(1)).optional(),
        generalCap: z.number().min(0).optional(),
        duplicateMonths: z.int().min(0).max(600).optional(),
        recognisedIssuers: z.array(id).max(10_000).optional(),
      })
      .default({}),
    forbidsRefusalOn: z.array(kind).default([]),
    procedure: z
      .strictObject({
        deadlineDays: z.int().min(1).max(120),
        appealDays: z.int().min(0).max(365).optional(),
        appealTo: z.string().max(300).optional(),
        contact: words,
        fee: words,
      })
      .optional(),
    title: words,
    note: words,
    modelledOn: words,
    version: words,
    scope: words,
    labels: words,
    legalBasis: words,
    approvedBy: words,
    supersedes: words,
    proof: words,
  })
  .meta({ id: 'Policy', title: 'Policy' })
export type Policy = z.infer<typeof Policy>

const targetWords = { title: words, note: words, body: id }
/** What is asked for, told apart by what it holds. */
export const Target = z.union([
  z.strictObject({
    ...targetWords,
    credits: z.number().positive(),
    eqf: z.number().min(1).max(8),
    iscedF: z.string().regex(/^\d{2,4}$/),
    outcomes: z.array(z.strictObject({ id, weight: z.number().min(0), mandatory: z.boolean().default(false), title: words })),
  }),
  z.strictObject({ ...targetWords, framework: z.string().optional(), competencies: z.array(id), period: z.tuple([PlainDate, PlainDate]) }),
  z.strictObject({ ...targetWords, level: z.number(), elements: z.array(id) }),
  z.strictObject({ ...targetWords, essential: z.array(id), optional: z.array(id).default([]), safetyCritical: z.array(id).default([]) }),
])
export type Target = z.infer<typeof Target>

export const AccreditationRecord = z.strictObject({
  id,
  organisation: id,
  type: z.string().optional(),
  status: z.string().optional(),
  decision: z.string().default('positive'),
  from: PlainDate,
  to: PlainDate.nullish(),
  eqf: z.array(z.number()).default([]),
  title: words,
  note: words,
})
export type AccreditationRecord = z.infer<typeof AccreditationRecord>

/** What is given: credit, exemption, hours, a grade, a job match. */
export const Grant = z.strictObject({
  kind: z.enum([
    'specified-credit',
    'unspecified-credit',
    'exemption',
    'admission',
    'prerequisite',
    'grade-A',
    'grade-B',
    'grade-C',
    'career-hours',
    'cpd-hours',
    'job-match',
  ]),
  amount: z.number().optional(),
  unit: z.string().optional(),
  target: z.string().optional(),
  category: z.enum(['job-specific', 'general']).optional(),
})
export type Grant = z.infer<typeof Grant>

export const Agreement = z.strictObject({
  parties: z.array(id).min(2),
  effective: period,
  lines: z.array(z.strictObject({ achievement: id, edition: z.string().optional(), gives: Grant, note: words })),
  title: words,
  test: words,
  consent: words,
  note: words,
})
export type Agreement = z.infer<typeof Agreement>

/** Everything rules are read from. Other members of the file are not looked at. */
export const Library = z.object({
  policies: z.record(id, Policy).default({}),
  targets: z.record(id, Target).default({}),
  accreditationRegistry: z.array(AccreditationRecord).default([]),
  agreements: z.record(id, Agreement).default({}),
  escoRelations: z.array(z.strictObject({ narrower: id, broader: id })).default([]),
})
export type Library = z.infer<typeof Library>
