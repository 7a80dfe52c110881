/** Answers of bodies in words: options, amounts, states, by the words of a survey in one language. */
import { type SurveyQuestion, type SurveyWordKey, survey } from '@cairn/core'
import { sayNumber } from '#lib/page/dates.ts'
import { languageName } from '#lib/page/languages.ts'
import type { Say } from './say.ts'

/** Words of a survey and their language. */
export interface Spoken {
  say: Say
  language: string
}

/** The question of an id. */
export const questionOf = (id: string): SurveyQuestion => survey.questions.find((each) => each.id === id)!
/** The question whose options are the types of certificate. */
export const questionOfTypes = survey.questions.find(({ answer }) => answer === 'weights')!

const has = ({ options = [] }: SurveyQuestion, option: string) => options.some(({ id }) => id === option)

/** An answer as it is shown: an option of the question, a type of certificate, a year or a step, a language, a list. */
export function sayOption(question: string, option: string, { say, language }: Spoken): string {
  const of = [questionOf(question), questionOfTypes].find((each) => has(each, option))
  if (of) return say(`${of.id}.${option}` as SurveyWordKey)
  if (option === 'list') return say('page.named-ones')
  if (option === 'year' || option === 'step') return say(`page.per-${option}`)
  return question === 'B11' ? languageName(option, language) : option
}

/** What the amounts of a question are counted in. */
export function unitOf(id: string, { say }: Spoken): string {
  const { unit, answer } = questionOf(id)
  return answer === 'weights' ? '%' : unit === 'years' ? say('page.years') : say('page.hours')
}

interface Answered {
  value?: unknown
  state?: string
  words?: string
}
/** One answer of one body in a line, with the body's own words where it gave some. */
export function sayAnswer(id: string, { value, state, words }: Answered, spoken: Spoken): string {
  if (state) return words ?? spoken.say(`state.${state}` as SurveyWordKey)
  const { answer, unit } = questionOf(id)
  const list = new Intl.ListFormat(spoken.language)
  const number = (amount: unknown) => sayNumber(Number(amount), spoken.language)
  const amount = (given: unknown) => {
    if (answer === 'weights') return `${number(Number(given) * 100)}\u00a0%`
    const style: Intl.NumberFormatOptions = unit ? { style: 'unit', unit: unit === 'years' ? 'year' : 'hour', unitDisplay: 'long' } : {}
    return new Intl.NumberFormat(spoken.language, { maximumFractionDigits: 2, ...style }).format(Number(given))
  }
  if (typeof value === 'number') return amount(value)
  if (Array.isArray(value)) return list.format(value.map((each) => sayOption(id, String(each), spoken)))
  if (typeof value !== 'object' || value === null) return sayOption(id, String(value), spoken)
  if (answer === 'rate') {
    const rate = value as { amount: number; per: string }
    return `${amount(rate.amount)}, ${sayOption(id, rate.per, spoken)}`
  }
  const types = (questionOfTypes.options ?? []).flatMap(({ id: type }) => {
    const each = (value as Record<string, unknown>)[type]
    return each === undefined ? [] : [`${sayOption(id, type, spoken)}: ${amount(each)}`]
  })
  return list.format(types)
}
