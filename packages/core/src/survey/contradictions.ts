/** Answers that cannot all be meant. */
import { type Problem, problem } from '../problems.ts'
import { AwardType } from '../recognition/words.ts'
import type { SurveyAnswers } from './answers.ts'
import type { SurveyWordKey } from './words/survey-words.ts'

type Values = Readonly<Record<string, unknown>>

/** Answers that exclude one another: the question to look at, and the other one where there are two. */
export interface Contradiction {
  at: string
  to?: string
  /** Which rule, as a word of the survey: `contradiction.…`. */
  why: Extract<SurveyWordKey, `contradiction.${string}`>
  detail: string
}
type Rule = (values: Values) => Contradiction | undefined

const shares = (values: Values) => (values.B3 ?? {}) as Partial<Record<AwardType, number>>
const tested = ({ B8 }: Values) => B8 === 'test' || B8 === 'supervised'

const rules: readonly Rule[] = [
  (values) =>
    values.B3 !== undefined && Object.values(shares(values)).every((share) => share === 0)
      ? { at: 'B3', why: 'contradiction.nothing-counts', detail: 'Every type counts for nothing, so no certificate is accepted.' }
      : undefined,
  (values) => {
    const of = shares(values)
    const order = AwardType.options.flatMap((type) => of[type] ?? [])
    return order.some((share, at) => at > 0 && share > order[at - 1]!)
      ? { at: 'B3', why: 'contradiction.less-counts-more', detail: 'A type that shows less counts for more than one that shows more.' }
      : undefined
  },
  (values) => {
    const of = shares(values)
    return tested(values) && ((of.participation ?? 0) > 0 || (of.attendance ?? 0) > 0)
      ? {
          at: 'B8',
          to: 'B3',
          why: 'contradiction.untested-counts',
          detail: 'A test is asked for, and question B3 counts certificates that show none.',
        }
      : undefined
  },
  (values) =>
    tested(values) && values.B3 !== undefined && !((shares(values)['successful-completion'] ?? 0) > 0)
      ? {
          at: 'B8',
          to: 'B3',
          why: 'contradiction.tested-does-not-count',
          detail: 'A test is asked for, and question B3 does not count certificates of completion.',
        }
      : undefined,
  (values) =>
    values.B9 === 'tested-in-person' && values.B8 === 'none'
      ? {
          at: 'B9',
          to: 'B8',
          why: 'contradiction.in-person-without-test',
          detail: 'A test in person is asked for, and question B8 asks for none.',
        }
      : undefined,
  (values) => {
    if (typeof values.B1 !== 'object' || values.B1 === null || values.B3 === undefined) return undefined
    const of = shares(values)
    return Object.keys(values.B1).some((type) => !of[type as AwardType])
      ? {
          at: 'B1',
          to: 'B3',
          why: 'contradiction.hours-without-weight',
          detail: 'Hours are given for a type that question B3 does not count.',
        }
      : undefined
  },
]

/** What excludes one another among the answers, as far as they were given. */
export function contradictionsAmong({ answers }: Pick<SurveyAnswers, 'answers'>): Contradiction[] {
  const values = Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, answer?.value]))
  return rules.flatMap((rule) => rule(values) ?? [])
}

/** Problems `survey.contradiction`, one for each pair of answers that exclude one another, pointing at the later one. */
export function contradictionsIn(given: Pick<SurveyAnswers, 'answers'>): Problem[] {
  return contradictionsAmong(given).map(({ at, detail }) => problem('survey.contradiction', detail, `/answers/${at}`))
}
