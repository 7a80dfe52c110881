/**
 * What the rules of Annex I (2022/C 243/02) look at: facts, each with a pointer to where it stands. Two sources give them: a specification being
 * designed here, and a document read from elsewhere.
 */
import type { LangString } from '../text.ts'

/** A fact and the JSON Pointer to it. */
export interface Said<T> {
  readonly value: T
  readonly pointer: string
}

/** Where we stand: at design everything can still be said; a document read from elsewhere may lack what ELM cannot say. */
export type Stage = 'design' | 'document'

/** A recorded accreditation: of which levels, fields and places, and when it speaks. Absent lists limit nothing. */
export interface AccreditationFact {
  readonly decision?: string
  readonly from?: string
  readonly to?: string
  readonly eqfLevels: readonly number[]
  readonly fields: readonly string[]
  readonly countries: readonly string[]
}

/** An organisation as the rules see it; `country` is alpha-2. */
export interface BodyFact {
  readonly names: readonly string[]
  readonly identifiers: number
  readonly country?: Said<string> | undefined
  readonly accreditations: readonly AccreditationFact[]
  readonly higherEducation: boolean
}

/** A learner; only documents and awards have one. */
export interface LearnerFact {
  readonly name: string
  readonly birth?: Said<string> | undefined
  readonly identified: boolean
  readonly email: boolean
  /** Things that a credential seldom needs: national number, address, photo. */
  readonly beyondNeed: readonly Said<string>[]
}

/** An outcome; `assessments` counts those that show it, `undefined` where the document cannot say. */
export interface OutcomeFact {
  readonly text: LangString
  readonly assessments: number | undefined
}

/** An assessment; `type` and `supervision` are IRIs. */
export interface AssessmentFact {
  readonly type?: string | undefined
  readonly supervision?: string | undefined
  readonly criteria: boolean
  readonly graded: boolean
  readonly scheme: boolean
}

/** A day or moment of the story, in the order in which they must follow. */
export interface DateFact {
  readonly name: string
  /** Its place in the order; equal places need not follow one another. */
  readonly place: number
  readonly when: Said<string>
}

export interface Annex1Facts {
  readonly stage: Stage
  /** Today, a day. */
  readonly on: string
  readonly primaryLanguage: string
  readonly title: Said<LangString>
  readonly learner?: Said<LearnerFact> | undefined
  /** Country of the issuer. */
  readonly issuer?: Said<BodyFact> | undefined
  readonly awardingBody: Said<BodyFact | undefined>
  /** Set where another body seals: whether a mandate is said. */
  readonly mandate?: Said<boolean> | undefined
  readonly issued?: Said<string | undefined> | undefined
  readonly dates: readonly DateFact[]
  readonly outcomes: Said<readonly Said<OutcomeFact>[]>
  readonly outcomesSummary: boolean
  readonly workload: Said<{
    readonly ects?: Said<number> | undefined
    readonly hours?: Said<number> | undefined
    readonly contactHours?: Said<number> | undefined
    readonly other: boolean
    /** ISO 8601 durations as written, where a document has them. */
    readonly durations: readonly Said<string>[]
  }>
  readonly level: Said<{
    readonly eqf?: Said<number> | undefined
    readonly nqf: readonly Said<{ readonly iri: string; readonly country?: string | undefined; readonly eqf?: number | undefined }>[]
    readonly cycle?: Said<string> | undefined
    readonly notApplicable: boolean
  }>
  readonly assessments: Said<readonly Said<AssessmentFact>[]>
  /** IRIs of forms of participation. */
  readonly participation: Said<readonly Said<string>[]>
  readonly quality: Said<{
    readonly type?: string | undefined
    readonly records: readonly AccreditationFact[]
    readonly nextReview?: Said<string> | undefined
  }>
  readonly fields: readonly string[]
  readonly setting?: 'formal' | 'non-formal' | undefined
  readonly stackability?: Said<{ readonly stackable: boolean; readonly targets: number; readonly open: boolean }> | undefined
  readonly validity?: Said<{ readonly reason: boolean }> | undefined
  readonly safetyCritical: boolean
  /** Every text in several languages. */
  readonly texts: readonly Said<LangString>[]
  /** Keys that must be unique in their list. */
  readonly keys: readonly Said<readonly string[]>[]
  readonly parts: Said<number>
  readonly description: Said<boolean>
  /** Where a specification is awarded in part: the size that each outcome says is its share. */
  readonly shares?: readonly Said<{ readonly ects?: number | undefined; readonly hours?: number | undefined }>[] | undefined
  /** Annex II: principles the designer has answered; `undefined` on documents. */
  readonly answered?: readonly string[] | undefined
}
