/** Free answers that two people put under headings, blind to each other: how far they agree, and what a third look settles. */
import type { SurveyAnswers } from './answers.ts'
import { type OptionCount, shareOf } from './option-count.ts'
import { survey } from './survey.ts'

/** Agreement of two coders on what both coded: the share of equal codes, and Cohen's kappa, which takes away what chance would give. */
export interface CodingAgreement {
  coded: number
  agreed: number
  /** From -1 to 1; 1 where all agree and only one code was used. */
  kappa: number
}

/** The codes that one text was given; the third counts where the first two differ. */
export interface TextCoding {
  first?: string
  second?: string
  third?: string
}

/** What the codes of a question show: agreement on texts that both coded, differences that are settled or open, and how often each code holds. */
export interface CodedQuestion extends CodingAgreement {
  question: string
  texts: number
  settled: number
  open: number
  /** `share` is of texts with a code that holds. */
  codes: readonly OptionCount[]
}

/** Compares codes by the id of the answer. Nothing coded by both gives zeros. */
export function compareCodings(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): CodingAgreement {
  const both = Object.keys(one).filter((id) => Object.hasOwn(other, id))
  const agreed = both.filter((id) => one[id] === other[id]).length
  if (both.length === 0) return { coded: 0, agreed: 0, kappa: 0 }
  const share = (codes: Readonly<Record<string, string>>, code: string) => both.filter((id) => codes[id] === code).length / both.length
  const chance = [...new Set(both.map((id) => one[id]!))].reduce((sum, code) => sum + share(one, code) * share(other, code), 0)
  const observed = agreed / both.length
  const kappa = chance >= 1 ? 1 : (observed - chance) / (1 - chance)
  return { coded: both.length, agreed, kappa: Math.round(kappa * 1e4) / 1e4 }
}

/** True when both coded a text and gave it different codes. */
export const codesDiffer = ({ first, second }: TextCoding): boolean => first !== undefined && second !== undefined && first !== second

/** The code that holds: what both gave, or the third where they differ. */
export const codeOf = (given: TextCoding): string | undefined =>
  codesDiffer(given) ? given.third : given.second === undefined ? undefined : given.first

/** Sums up the codes of one question, most frequent first. */
export function sumUpCodes(question: string, given: readonly TextCoding[]): CodedQuestion {
  const by = (coder: 'first' | 'second') =>
    Object.fromEntries(given.flatMap(({ [coder]: code }, at) => (code === undefined ? [] : [[String(at), code]])))
  const differing = given.filter(codesDiffer)
  const settled = differing.filter(({ third }) => third !== undefined).length
  const holding = given.flatMap((each) => codeOf(each) ?? [])
  const codes = [...new Set(holding)].map((option) => {
    const count = holding.filter((code) => code === option).length
    return { option, count, share: shareOf(count, holding.length) }
  })
  return {
    question,
    texts: given.length,
    ...compareCodings(by('first'), by('second')),
    settled,
    open: differing.length - settled,
    codes: codes.sort((one, other) => other.count - one.count || (one.option < other.option ? -1 : 1)),
  }
}

/** What a body said in its own words, by question: answers that are text, and "other" to any. The sample certificate is a place, not words. */
export function freeTextsOf({ answers }: Pick<SurveyAnswers, 'answers'>): { question: string; text: string }[] {
  return survey.questions.flatMap(({ id, answer: kind }) => {
    const { value, words } = answers[id] ?? {}
    const text = words ?? (kind === 'text' && id !== 'C6' && typeof value === 'string' ? value : undefined)
    return text === undefined ? [] : [{ question: id, text }]
  })
}
