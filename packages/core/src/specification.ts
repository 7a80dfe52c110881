/** Achievement specifications: what can be achieved, by the elements of Annex I of 2022/C 243/02. */
import { z } from 'zod'
import { Instant, PlainDate } from './moments.ts'
import { Accreditation, Organisation } from './organisation.ts'
import { ConceptRef, Iri, LangString, LanguageTag, Urn, Uuid, WebAddress } from './text.ts'

/** The kinds of record. Only the first may carry the label micro-credential; the law's seven tests decide. */
export const kinds = [
  'micro-credential',
  'certificate-of-completion',
  'certificate-of-participation',
  'certificate-of-attendance',
  'badge',
  'diploma',
  'transcript',
] as const
export const Kind = z.enum(kinds).meta({ id: 'Kind', title: 'Kind' })
export type Kind = z.infer<typeof Kind>

const key = z.string().regex(/^[a-z0-9-]{1,40}$/)

/** One thing the learner can do afterwards; `assessedBy` names the keys of the assessments that show it. */
export const LearningOutcome = z
  .strictObject({
    key,
    title: LangString,
    description: LangString.optional(),
    type: z.enum(['knowledge', 'skill', 'responsibility']).optional(),
    assessedBy: z.array(key).max(20).default([]),
    /** Its share of the whole, where the specification may be awarded in part. */
    workload: z
      .strictObject({ ects: z.number().positive().max(600).optional(), hours: z.number().positive().max(20_000).optional() })
      .optional(),
    /** ESCO skills. */
    skills: z.array(ConceptRef).max(20).default([]),
    /** Any competency framework: WMO-No. 1209, national, sectoral. */
    competencies: z.array(ConceptRef).max(20).default([]),
  })
  .meta({ id: 'LearningOutcome', title: 'Learning outcome' })
export type LearningOutcome = z.infer<typeof LearningOutcome>

/** How it is found out that the outcomes were reached. `type`, `modes` and `supervision` are concepts of the EU lists. */
export const Assessment = z
  .strictObject({
    key,
    title: LangString,
    type: Iri.optional(),
    modes: z.array(Iri).max(6).default([]),
    supervision: Iri.optional(),
    criteria: LangString.optional(),
    criteriaUrl: WebAddress.optional(),
    graded: z.boolean().default(false),
    gradingScheme: LangString.optional(),
  })
  .meta({ id: 'Assessment', title: 'Assessment' })
export type Assessment = z.infer<typeof Assessment>

/** Notional workload: ECTS wherever possible, hours with their basis, or another credit system. */
export const Workload = z
  .strictObject({
    ects: z.number().positive().max(600).optional(),
    hours: z.number().positive().max(20_000).optional(),
    contactHours: z.number().positive().max(20_000).optional(),
    other: z.strictObject({ system: ConceptRef, points: z.number().positive().max(10_000) }).optional(),
  })
  .meta({ id: 'Workload', title: 'Workload' })
export type Workload = z.infer<typeof Workload>

/** Level of the learning experience: EQF 1-8, national level, QF-EHEA cycle, or why none applies. */
export const Level = z
  .strictObject({
    eqf: z.int().min(1).max(8).optional(),
    nqf: z
      .array(z.strictObject({ concept: ConceptRef, country: z.string().regex(/^[A-Z]{2}$/) }))
      .max(5)
      .default([]),
    cycle: z.enum(['short', 'first', 'second', 'third']).optional(),
    notApplicable: LangString.optional(),
  })
  .meta({ id: 'Level', title: 'Level' })
export type Level = z.infer<typeof Level>

/** What quality assurance stands behind it; `none` is an honest answer and must be said. */
export const QualityAssurance = z
  .strictObject({
    type: z.enum(['internal', 'external-obligatory', 'external-voluntary', 'sector-label', 'none']),
    statement: LangString.optional(),
    accreditations: z.array(Accreditation).max(10).default([]),
    nextReview: PlainDate.optional(),
  })
  .meta({ id: 'QualityAssurance', title: 'Quality assurance' })
export type QualityAssurance = z.infer<typeof QualityAssurance>

/** Whether it stands alone or counts towards something larger. */
export const Stackability = z
  .strictObject({
    type: z.enum(['standalone', 'stackable']),
    towards: z
      .array(z.strictObject({ title: LangString, id: z.string().max(500).optional() }))
      .max(10)
      .default([]),
    open: LangString.optional(),
  })
  .meta({ id: 'Stackability', title: 'Stackability' })
export type Stackability = z.infer<typeof Stackability>

/** How long it says it is current, and why. */
export const ValidityPeriod = z
  .strictObject({ months: z.int().min(1).max(600), reason: LangString.optional() })
  .meta({ id: 'ValidityPeriod', title: 'Validity period' })
export type ValidityPeriod = z.infer<typeof ValidityPeriod>

/** A part of a diploma or transcript. */
export const Part = z
  .strictObject({
    key,
    title: LangString,
    ects: z.number().positive().max(300).optional(),
    hours: z.number().positive().max(20_000).optional(),
    specification: Urn.optional(),
  })
  .meta({ id: 'Part', title: 'Part' })
export type Part = z.infer<typeof Part>

/** The ten principles of Annex II, in the order of the Recommendation. */
export const principles = [
  'quality',
  'transparency',
  'relevance',
  'assessment',
  'pathways',
  'recognition',
  'portability',
  'learner-centred',
  'authenticity',
  'guidance',
] as const

/**
 * What can be achieved. Only `kind`, `title` and `primaryLanguage` are demanded of a draft: what else is missing is for the lint to say,
 * so that nothing half-written is ever lost.
 */
export const AchievementSpecification = z
  .strictObject({
    id: Urn,
    kind: Kind,
    title: LangString,
    primaryLanguage: LanguageTag,
    description: LangString.optional(),
    /** When another body than the institution decides, the seal is set on its behalf. */
    awardingBody: Organisation.optional(),
    outcomes: z.array(LearningOutcome).max(60).default([]),
    outcomesSummary: LangString.optional(),
    /** True where somebody may be awarded some of the outcomes; each then says its share of the workload. */
    awardedInPart: z.literal(true).optional(),
    workload: Workload.default({}),
    level: Level.default({ nqf: [] }),
    assessments: z.array(Assessment).max(30).default([]),
    /** Form of participation: concepts of the EU learning and assessment mode list. */
    participation: z.array(Iri).max(6).default([]),
    qualityAssurance: QualityAssurance.optional(),
    prerequisites: LangString.optional(),
    stackability: Stackability.optional(),
    furtherInformation: LangString.optional(),
    homepage: WebAddress.optional(),
    /** ISCED-F concepts. */
    fields: z.array(Iri).max(5).default([]),
    setting: z.enum(['formal', 'non-formal']).optional(),
    /** Languages in which it was taught. */
    taughtIn: z.array(LanguageTag).max(10).default([]),
    activity: z
      .strictObject({ title: LangString.optional(), type: Iri.optional(), from: PlainDate.optional(), to: PlainDate.optional() })
      .optional(),
    validity: ValidityPeriod.optional(),
    safetyCritical: z.boolean().default(false),
    /** Reference numbers of the awards, `{year}` and `{number}` filled in: `UZ-{year}-{number}`. */
    referenceNumbers: z
      .strictObject({
        pattern: z
          .string()
          .max(60)
          .regex(/^[A-Za-z0-9 ./_{}-]*\{number\}[A-Za-z0-9 ./_{}-]*$/),
      })
      .optional(),
    parts: z.array(Part).max(200).default([]),
    /** The designer's answers to Annex II, one a principle. */
    annex2: z.partialRecord(z.enum(principles), z.string().max(4000)).default({}),
    /** PNG of the institution's own badge, base64; the stone is drawn otherwise. */
    badge: z
      .string()
      .max(400_000)
      .regex(/^[A-Za-z0-9+/]+=*$/)
      .optional(),
  })
  .meta({ id: 'AchievementSpecification', title: 'Achievement specification' })
export type AchievementSpecification = z.infer<typeof AchievementSpecification>

/** A published, immutable edition: every award of it names the same specification id. */
export const Edition = z
  .strictObject({
    id: Uuid,
    /** Stable for all learners: `urn:uuid` of this edition's achievement. */
    achievement: Urn,
    version: z.int().min(1),
    publishedAt: Instant,
    specification: AchievementSpecification,
    /** The institution as it was on that day. */
    institution: Organisation,
  })
  .meta({ id: 'Edition', title: 'Edition' })
export type Edition = z.infer<typeof Edition>

/** Who awards by this edition: the body the specification names, else the institution. */
export function awardingBodyOf(edition: Pick<Edition, 'specification' | 'institution'>): Organisation {
  return edition.specification.awardingBody ?? edition.institution
}
