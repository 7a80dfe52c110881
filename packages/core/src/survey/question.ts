/** What a question of the requirements survey is made of, and the piece of a policy that an answer carries (domain 5). */

/** A requirement before it has an id. The text `$value` in its parameters stands for the value of the answer. */
export interface FragmentRequirement {
  kind: string
  params?: Readonly<Record<string, unknown>>
  onFail: string
  onUnknown: string
  condition?: string
}

/** The piece of a policy that an answer carries. `$value` stands for the value of the answer. */
export interface PolicyFragment {
  requirements?: readonly FragmentRequirement[]
  params?: Readonly<Record<string, unknown>>
  purpose?: readonly string[]
  rank?: string
  /** Parameters that several answers add up to, by requirement kind: the proofs or marks of each chosen option. */
  collect?: Readonly<Record<string, readonly string[]>>
}

/** One closed answer; its words are those of the question's id, a point, and its own. */
export interface SurveyOption {
  id: string
  carries?: PolicyFragment
}

/**
 * How a question is answered: `choice` is one option, `choices` several, `number` an amount, `number-by-type` an amount or one for each type of
 * certificate, `rate` an amount a year or a step of the career, `weights` a share from 0 to 1 for each type, `choice-or-list` an option or names, `list` names, `text` words.
 */
export type AnswerKind = 'choice' | 'choices' | 'number' | 'number-by-type' | 'rate' | 'weights' | 'choice-or-list' | 'list' | 'text'

/** A question. Beside its own kind every one may be answered with other words, with "do not know" and with "no rule exists". */
export interface SurveyQuestion {
  id: string
  part: 'A' | 'B' | 'C' | 'D'
  answer: AnswerKind
  unit?: 'hours' | 'years'
  options?: readonly SurveyOption[]
  /** What any value carries, beside what its options carry. */
  carries?: PolicyFragment
}

/** An option with what it carries. */
export const option = (id: string, carries?: PolicyFragment): SurveyOption => ({ id, ...(carries ? { carries } : {}) })
