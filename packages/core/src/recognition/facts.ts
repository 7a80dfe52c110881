/** What a requirement is judged by, and what a judgement says. */
import type { Json } from '../json.ts'
import type { AccreditationRecord } from './accreditation.ts'
import type { Applicant, CredentialFacts } from './case.ts'
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
  const shortfalls = parts.flatMap(({ shortfall }) => (shortfall === undefined ? [] : [shortfall]))
  return {
    verdict,
    // A part that passed has no say in why the whole did not.
    reasons: [...new Set(parts.filter((part) => part.verdict === verdict || part.verdict !== 'pass').flatMap((part) => part.reasons))],
    facts: parts.flatMap((part) => part.facts),
    ...(telling?.threshold === undefined ? {} : { threshold: telling.threshold }),
    ...(shortfalls.length === 0 ? {} : { shortfall: Math.max(...shortfalls) }),
  }
}
