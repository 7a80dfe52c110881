/** Words for what the survey shows: pages, states, regions, and texts of questions in the reader's language. */
import { type answerStates, type SurveySection, type SurveyText, survey, type surveyRegions, textIn } from '@cairn/core'
import { sayNumber } from '#lib/page/dates.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'

/** Names of the pages. */
export const sectionNames: Record<SurveySection, () => string> = {
  body: m.srv_s_body,
  hours: m.srv_s_hours,
  certificate: m.srv_s_certificate,
  learning: m.srv_s_learning,
  issuing: m.srv_s_issuing,
  basis: m.srv_s_basis,
  consent: m.srv_s_consent,
}

/** What a question may be answered with beside its own kind. */
export const stateNames: Record<(typeof answerStates)[number], () => string> = {
  other: m.srv_other,
  'do-not-know': m.srv_do_not_know,
  'no-rule': m.srv_no_rule,
}

export const regionNames: Record<(typeof surveyRegions)[number], () => string> = {
  Africa: m.srv_r_africa,
  Americas: m.srv_r_americas,
  Asia: m.srv_r_asia,
  Europe: m.srv_r_europe,
  Oceania: m.srv_r_oceania,
}

/** A text of the survey, in the reader's language. */
export const sayText = (text: SurveyText, language: string = getLocale()): string => textIn({ ...text }, language, 'en')

/** The question of an id. */
export const questionOf = (id: string) => survey.questions.find((each) => each.id === id)!

const kinds = questionOf('A1').options!
const types = survey.questions.find(({ answer }) => answer === 'weights')!.options!

/** An answer as it is shown: an option of the question, a type of certificate, a year or a step, a language, a list. */
export function sayOption(question: string, option: string): string {
  const named = [...(questionOf(question).options ?? []), ...types].find(({ id }) => id === option)
  if (named) return sayText(named.label)
  if (option === 'list') return m.srv_named_ones()
  if (option === 'year') return m.srv_per_year()
  if (option === 'step') return m.srv_per_step()
  return question === 'B11' ? (new Intl.DisplayNames([getLocale()], { type: 'language' }).of(option) ?? option) : option
}

interface Answered {
  value?: unknown
  state?: string
  words?: string
}
/** One answer of one body in a line, with the body's own words where it gave some. */
export function sayAnswer(id: string, { value, state, words }: Answered): string {
  if (state) return words ?? stateNames[state as keyof typeof stateNames]()
  const { answer, unit } = questionOf(id)
  const list = new Intl.ListFormat(getLocale())
  const amount = (number: unknown) =>
    answer === 'weights' ? `${sayNumber(Number(number) * 100)} %` : `${sayNumber(Number(number))}${unit ? ` (${unitOf(id)})` : ''}`
  if (typeof value === 'number') return amount(value)
  if (Array.isArray(value)) return list.format(value.map((each) => sayOption(id, String(each))))
  if (typeof value !== 'object' || value === null) return sayOption(id, String(value))
  if (answer === 'rate') {
    const rate = value as { amount: number; per: string }
    return `${amount(rate.amount)}, ${sayOption(id, rate.per)}`
  }
  return list.format(Object.entries(value).map(([type, number]) => `${sayOption(id, type)}: ${amount(number)}`))
}

/** What the amounts of a question are counted in. */
export function unitOf(id: string): string {
  const { unit, answer } = questionOf(id)
  return answer === 'weights' ? '%' : unit === 'years' ? m.srv_years() : m.srv_hours()
}

/** A region or a kind of body; those that stand together so that none of them is named. */
export function sayGroup(group: string): string {
  if (group === 'others') return m.srv_others()
  const kind = kinds.find(({ id }) => id === group)
  return kind ? sayText(kind.label) : group === 'other' ? m.srv_other_kind() : (regionNames[group as keyof typeof regionNames]?.() ?? group)
}

/** Official languages of the United Nations in which the questions are not there yet. */
export const missingLanguages = ['ar', 'zh', 'en', 'fr', 'ru', 'es'].filter((tag) => !(survey.languages as readonly string[]).includes(tag))
