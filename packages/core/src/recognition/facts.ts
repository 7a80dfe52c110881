/** What a requirement is judged by, and what a judgement says. */
import type { Json } from '../json.ts'
import type { AccreditationRecord } from './accreditation.ts'
import type { Applicant, CredentialFacts } from './case.ts'
import { addIntervals, epsilon, type Interval } from './convert.ts'
import type { Target } from './target.ts'
import type { AwardType, Tri } from './words.ts'

/** Numbers that the requirements of one policy share. */
export interface PolicyNumbers {
  minHours?: number | null | undefined
  typeFactor?: Partial<Record<AwardType, number>> | null | undefined
  generalCap?: number | null | undefined
  duplicateMonths?: number | null | undefined
  recognisedIssuers?: readonly string[] | null | undefined
}

/** A narrower skill and the broader one next to it; one step, not transitive. */
export interface SkillRelation {
  narrower: string
  broader: string
}

/** Everything a requirement may look at. */
export interface RecognitionFacts {
  asOf: string
  credentials: readonly CredentialFacts[]
  target: Target
  applicant: Applicant
  accreditations: readonly AccreditationRecord[]
  skillRelations: readonly SkillRelation[]
  numbers: PolicyNumbers
  /** True when a line of an agreement in force gives the grant. */
  agreed: boolean
}

/** A fact that was looked at: where it stands in the case or the library, and who vouches for it. */
export interface FactUsed {
  path: string
  value: Json
  source: 'signed' | 'registry' | 'human' | 'self'
}

/** What came of one requirement. `reasons` are codes; those of a passed one are worth knowing, such as a level within the tolerance only. */
export interface Judgement {
  verdict: Tri
  reasons: readonly string[]
  facts: readonly FactUsed[]
  threshold?: Json
  /** How much is missing, in the unit of the threshold. */
  shortfall?: number
  /** Where a workload can be read in several ways: what was counted, in the unit of the threshold, and what it is between (domain 2.3, 6). */
  reading?: Reading
}

/** An amount that was counted among those that other readings give; `counted` is `null` where none could be, `most` where nothing bounds it. */
export interface Reading extends Interval {
  counted: number | null
}

/** A verdict with nothing more to tell. */
export const judged = (verdict: Tri, reasons: readonly string[] = [], more: Partial<Judgement> = {}): Judgement => ({
  facts: [],
  ...more,
  verdict,
  reasons,
})

/** A fact of a credential. */
export const factOf = (credential: CredentialFacts, name: keyof CredentialFacts, source: FactUsed['source'] = 'signed'): FactUsed => ({
  path: `/credentials/${credential.id}/${name}`,
  value: (credential[name] ?? null) as Json,
  source,
})

/** What was counted beside what other readings give; nothing where there is one reading alone. */
export function readingOf(counted: number | null, intervals: readonly Interval[]): { reading?: Reading } {
  const { least, most } = addIntervals(intervals)
  if (most !== null && most - least <= epsilon) return {}
  const tidy = (amount: number) => Math.round(amount * 1e6) / 1e6
  return { reading: { counted, least: tidy(least), most: most === null ? null : tidy(most) } }
}

/** A requirement over several credentials fails if it fails for one, else is unknown if unknown for one. */
export function judgeEach(facts: RecognitionFacts, judgeOne: (credential: CredentialFacts) => Judgement): Judgement {
  return together(facts.credentials.map(judgeOne))
}

/** Judgements of parts as one. */
export function together(parts: readonly Judgement[]): Judgement {
  const verdict = parts.some((part) => part.verdict === 'fail')
    ? 'fail'
    : parts.some((part) => part.verdict === 'unknown')
      ? 'unknown'
      : 'pass'
  const telling = parts.find((part) => part.verdict === verdict && part.threshold !== undefined)
  const readings = parts.flatMap(({ reading }) => reading ?? [])
  const shortfalls = parts.flatMap(({ shortfall }) => (shortfall === undefined ? [] : [shortfall]))
  return {
    verdict,
    // A part that passed has no say in why the whole did not.
    reasons: [...new Set(parts.filter((part) => part.verdict === verdict || part.verdict !== 'pass').flatMap((part) => part.reasons))],
    facts: parts.flatMap((part) => part.facts),
    ...(telling?.threshold === undefined ? {} : { threshold: telling.threshold }),
    ...(shortfalls.length === 0 ? {} : { shortfall: Math.max(...shortfalls) }),
    // Of several amounts that are each held against the threshold, the smallest decides.
    ...(readings.length === 0 ? {} : { reading: readings.reduce((one, other) => (other.least < one.least ? other : one)) }),
  }
}
