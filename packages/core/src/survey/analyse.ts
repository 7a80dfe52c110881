/** What many answers to the survey show: who answered, how answers are distributed, and how they differ by region and kind of body (domain 5). */
import type { AwardType } from '../recognition/words.ts'
import type { SurveyAnswer, SurveyAnswers } from './answers.ts'
import { type CodedQuestion, freeTextsOf, sumUpCodes, type TextCoding } from './coding.ts'
import { type OptionCount, shareOf } from './option-count.ts'
import { type NumberSummary, summarise } from './quantiles.ts'
import type { SurveyQuestion } from './question.ts'
import { survey } from './survey.ts'

/** The answers to one question. `skipped` said nothing at all. */
export interface Distribution {
  question: string
  answered: number
  other: number
  doNotKnow: number
  noRule: number
  skipped: number
  options: readonly OptionCount[]
  /** Amounts; of a question by type, one for each type of certificate. */
  numbers: readonly ({ of?: string } & NumberSummary)[]
}

/** One question by region or by kind of body. Groups that would show a country which has not consented stand together as `others`. */
export interface CrossTab {
  question: string
  by: 'region' | 'body'
  rows: readonly { group: string; answered: number; options: readonly OptionCount[]; numbers: Distribution['numbers'] }[]
}

/** The analysis as plain data. Lists are sorted, so the order of the answers changes nothing. */
export interface SurveyAnalysis {
  survey: string
  version: number
  responses: number
  /** Answers that may not be published, or not yet for want of others beside them, are counted here and nowhere else. */
  keptBack: number
  countries: readonly { country: string; responses: number }[]
  regions: readonly { region: string; responses: number; countries: number }[]
  bodies: readonly { body: string; responses: number }[]
  /** Empty when nothing may be told. */
  distributions: readonly Distribution[]
  crossTabs: readonly CrossTab[]
  /** Answers in words, as far as somebody put them under headings. */
  coded: readonly CodedQuestion[]
}

const consentOf = ({ answers }: SurveyAnswers) => answers.D5?.value ?? 'no'
const bodyOf = ({ answers }: SurveyAnswers) => (typeof answers.A1?.value === 'string' ? answers.A1.value : 'other')
const countriesOf = (list: readonly SurveyAnswers[]) => new Set(list.map(({ respondent }) => respondent.country))

/**
 * True when a reader could tell whose answers these are, and it was not allowed. Answers with a name are known one by one and can be taken from the
 * whole; so those without have to be of two countries at least.
 */
const exposes = (list: readonly SurveyAnswers[]) => countriesOf(list.filter((each) => consentOf(each) !== 'named')).size === 1

/**
 * Analyses answers for publication. Those without consent are left out of everything. Those that may be told only together with others are never
 * shown for a country alone, nor can they be had by taking one row, or what is known by name, from the whole: while they are all of one country they
 * are kept back as well. `codes` are those of answers in words, by question and body.
 */
export function analyse(many: readonly SurveyAnswers[], codes: CodesByBody = new Map()): SurveyAnalysis {
  const consenting = many.filter((each) => consentOf(each) !== 'no')
  const named = consenting.filter((each) => consentOf(each) === 'named')
  const told = exposes(consenting) ? named : consenting
  return {
    survey: survey.id,
    version: survey.version,
    responses: many.length,
    keptBack: many.length - told.length,
    countries: tally(named, ({ respondent }) => respondent.country).map(([country, list]) => ({ country, responses: list.length })),
    regions: tally(told, ({ respondent }) => respondent.region).map(([region, list]) => ({
      region,
      responses: list.length,
      countries: countriesOf(list).size,
    })),
    bodies: tally(told, bodyOf).map(([body, list]) => ({ body, responses: list.length })),
    distributions: told.length > 0 ? survey.questions.map((question) => distributionOf(question, told)) : [],
    crossTabs: told.length > 0 ? crossTabsOf(told) : [],
    coded: codedOf(told, codes),
  }
}

/** Codes by question and by the identifier of the body. */
export type CodesByBody = ReadonlyMap<string, ReadonlyMap<string, TextCoding>>

function codedOf(list: readonly SurveyAnswers[], codes: CodesByBody): CodedQuestion[] {
  return survey.questions.flatMap(({ id }) => {
    const given = codes.get(id)
    if (!given) return []
    const saying = list.filter((each) => freeTextsOf(each).some(({ question }) => question === id))
    return saying.length === 0
      ? []
      : [
          sumUpCodes(
            id,
            saying.map(({ respondent }) => given.get(respondent.body) ?? {}),
          ),
        ]
  })
}

function tally(list: readonly SurveyAnswers[], keyOf: (each: SurveyAnswers) => string): [string, SurveyAnswers[]][] {
  const groups = new Map<string, SurveyAnswers[]>()
  for (const each of list) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each])
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1))
}

function distributionOf(question: SurveyQuestion, list: readonly SurveyAnswers[]): Distribution {
  const answers = list.map(({ answers }) => answers[question.id])
  const inState = (state: string) => answers.filter((each) => each?.state === state).length
  return {
    question: question.id,
    answered: valuesOf(question, list).length,
    other: inState('other'),
    doNotKnow: inState('do-not-know'),
    noRule: inState('no-rule'),
    skipped: answers.filter((each) => each === undefined).length,
    options: optionsOf(question, list),
    numbers: numbersOf(question, list),
  }
}

const valuesOf = ({ id }: SurveyQuestion, list: readonly SurveyAnswers[]) =>
  list.flatMap(({ answers }) => (answers[id]?.value === undefined ? [] : [answers[id] as SurveyAnswer & { value: unknown }]))

function optionsOf(question: SurveyQuestion, list: readonly SurveyAnswers[]): OptionCount[] {
  const values = valuesOf(question, list).map(({ value }) => value)
  const chosen = values.map((value) =>
    question.answer === 'weights' ? Object.entries(value as object).flatMap(([type, share]) => (share > 0 ? [type] : [])) : [value].flat(),
  )
  const listed = (question.options ?? []).map(({ id }) => id)
  // Languages have no list of their own; names of bodies and free words are nobody's statistics.
  const free = question.id === 'B11' ? [...new Set(chosen.flat() as string[])].sort() : []
  const names = question.answer === 'choice-or-list' ? values.filter((value) => Array.isArray(value)).length : 0
  const counted = [...listed, ...free].map((option) => ({ option, count: chosen.filter((each) => each.includes(option)).length }))
  return [...counted, ...(question.answer === 'choice-or-list' ? [{ option: 'list', count: names }] : [])].map((each) => ({
    ...each,
    share: shareOf(each.count, values.length),
  }))
}

function numbersOf(question: SurveyQuestion, list: readonly SurveyAnswers[]): Distribution['numbers'] {
  const groups = new Map<string, number[]>()
  const put = (of: string, value: number) => groups.set(of, [...(groups.get(of) ?? []), value])
  for (const { value } of valuesOf(question, list))
    if (typeof value === 'number') put('', value)
    else if (question.answer === 'rate') put((value as { per: string }).per, (value as { amount: number }).amount)
    else if (question.answer === 'weights' || question.answer === 'number-by-type')
      for (const [type, amount] of Object.entries(value as Partial<Record<AwardType, number>>)) put(type, amount)
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([of, values]) => ({ ...(of === '' ? {} : { of }), ...summarise(values) }))
}

const closed = new Set(['choice', 'choices', 'choice-or-list', 'weights', 'number', 'number-by-type', 'rate'])

function crossTabsOf(list: readonly SurveyAnswers[]): CrossTab[] {
  return survey.questions
    .filter(({ id, part, answer }) => part !== 'A' && id !== 'D5' && closed.has(answer))
    .flatMap((question) =>
      (['region', 'body'] as const).map((by): CrossTab => {
        const groups = tally(list, by === 'region' ? ({ respondent }) => respondent.region : bodyOf)
        const told = withoutExposure(groups)
        const rows = told.map(([group, own]) => rowOf(question, group, own))
        return { question: question.id, by, rows: withoutSingleAmounts(question, told, rows) }
      }),
    )
}

const rowOf = (question: SurveyQuestion, group: string, list: readonly SurveyAnswers[]): CrossTab['rows'][number] => ({
  group,
  answered: valuesOf(question, list).length,
  options: optionsOf(question, list),
  numbers: numbersOf(question, list),
})

/** Leaves out amounts that would be those of a single country in one of the groups: in every group, so that they cannot be had from the whole. */
function withoutSingleAmounts(
  question: SurveyQuestion,
  groups: readonly [string, SurveyAnswers[]][],
  rows: CrossTab['rows'],
): CrossTab['rows'] {
  const single = new Set(
    groups.flatMap(([, list]) =>
      numbersOf(question, list).flatMap(({ of }) =>
        exposes(list.filter((each) => numbersOf(question, [each]).some((own) => own.of === of))) ? [of] : [],
      ),
    ),
  )
  return rows.map((row) => ({ ...row, numbers: row.numbers.filter(({ of }) => !single.has(of)) }))
}

/** Puts groups together until none of them shows a single country against its will; the rest cannot be had by subtraction either. */
function withoutExposure(groups: readonly [string, SurveyAnswers[]][]): [string, SurveyAnswers[]][] {
  const open = new Map(groups.filter(([, list]) => !exposes(list)))
  const others = groups.filter(([, list]) => exposes(list)).flatMap(([, list]) => list)
  if (others.length === 0) return [...open]
  // Only answers without a name hide others; the smallest such group goes first.
  const hiding = [...open]
    .filter(([, list]) => list.some((each) => consentOf(each) !== 'named'))
    .sort(([a, one], [b, other]) => one.length - other.length || (a < b ? -1 : 1))
  while (exposes(others) && hiding.length > 0) {
    const [group, list] = hiding.shift()!
    others.push(...list)
    open.delete(group)
  }
  return [...open, ['others', others]]
}
