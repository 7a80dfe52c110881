/** The closed word lists and small scalars of recognition: wire names, never translated. */
import { z } from 'zod'
import { PlainDate } from '../moments.ts'

/** What came of a requirement. A missing or undisclosed fact is unknown and never a failure. */
export type Tri = 'pass' | 'fail' | 'unknown'
/** What a decision comes to. */
export type Outcome = 'full' | 'partial' | 'conditional' | 'refused' | 'needs-human'

/** What kind of certificate it is. */
export const AwardType = z.enum(['successful-completion', 'participation', 'attendance'])
export type AwardType = z.infer<typeof AwardType>

/** How a credential shows where it comes from. */
export const ProofKind = z.enum(['qualified-eseal', 'advanced-eseal', 'wallet-vc', 'platform-verified', 'paper'])
export type ProofKind = z.infer<typeof ProofKind>

/** Units of workload. CEU is ten contact hours, which says nothing about total hours. */
export const Unit = z.enum(['ECTS', 'UK-credit', 'NZ-credit', 'US-credit', 'CEU', 'hours'])
export type Unit = z.infer<typeof Unit>

/** Form of participation. */
export const Mode = z.enum(['presential', 'online', 'blended'])
export type Mode = z.infer<typeof Mode>

/** What a requirement does when it fails or cannot be answered, strongest first. */
export const effects = ['refuse', 'refer', 'evidence', 'condition', 'reduce', 'note'] as const
export const Effect = z.enum(effects)
export type Effect = z.infer<typeof Effect>

/** Whose rule it is, strongest first. */
export const ranks = ['law', 'agreement', 'institution', 'unit'] as const
export const Rank = z.enum(ranks)
export type Rank = z.infer<typeof Rank>

/** What recognition is asked for. */
export const Purpose = z.enum([
  'admission',
  'credit',
  'exemption',
  'vet-accreditation',
  'career-progression',
  'cpd',
  'employment',
  'licence',
])
export type Purpose = z.infer<typeof Purpose>

/** Members that any object of the recognition format may carry for people; no rule reads them. */
export const forPeople = {
  title: z.unknown().optional(),
  note: z.unknown().optional(),
  modelledOn: z.unknown().optional(),
  consent: z.unknown().optional(),
  test: z.unknown().optional(),
}

/** From and to, both inclusive; `null` has no end. */
export const Period = z
  .tuple([PlainDate, PlainDate.nullable()])
  .refine(([from, to]) => to === null || from <= to, 'It ends before it begins.')

/** An identifier or a code of somebody else: any text that is not empty. */
export const Id = z.string().min(1).max(500)
/** An amount that is never negative. */
export const Amount = z.number().min(0).max(1_000_000)
/** A part of one. */
export const Share = z.number().min(0).max(1)
/** A level of the European Qualifications Framework. */
export const EqfLevel = z.int().min(1).max(8)
