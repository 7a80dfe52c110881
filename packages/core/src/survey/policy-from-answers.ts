/** From the answers of a body to the draft of its policy: for the body to read, correct, approve and sign. */
import type { Json, JsonObject } from '../json.ts'
import { refuseProblems } from '../problems.ts'
import { readAs } from '../read-as.ts'
import { Policy } from '../recognition/policy.ts'
import type { SurveyAnswer, SurveyAnswers } from './answers.ts'
import { contradictionsIn } from './contradictions.ts'
import type { FragmentRequirement, PolicyFragment, SurveyQuestion } from './question.ts'
import { survey } from './survey.ts'
import { surveyText } from './words/words-of-survey.ts'

/** What the draft could not settle: the question, and why. `words` are the body's own. */
export interface OpenPoint {
  question: string
  why: 'other' | 'do-not-know' | 'not-answered' | 'differs-by-type'
  words?: string
}

/** A draft with the id it gets in a library, what is still open, and the pathway where hours a year or a step are asked for. */
export interface PolicyDraft {
  id: string
  policy: Policy
  open: readonly OpenPoint[]
  pathway?: { award: string; rules: Record<string, never>; accumulate: { needHours: number; policy: string } }
}

/** Gathers pieces of one policy. */
interface Making {
  id: string
  requirements: JsonObject[]
  params: Record<string, Json>
  purpose: Set<string>
  rank: string
  open: OpenPoint[]
}

/**
 * Compiles the draft. What a body does not know, or says in other words, becomes a question to a person, so that no case is decided by a gap.
 * Raises `survey.contradiction` for answers that exclude one another.
 * @example const { id, policy } = policyFromAnswers(readAnswers(json)); readLibrary({ policies: { [id]: policy } })
 */
export function policyFromAnswers(given: SurveyAnswers): PolicyDraft {
  refuseProblems(contradictionsIn(given))
  const { respondent, answered, answers } = given
  const id = `${respondent.body}/draft-${answered}`
  const making: Making = { id, requirements: [], params: {}, purpose: new Set(), rank: 'institution', open: [] }
  // Whoever is accepted, it is the same person: no answer is needed for that.
  add(making, 'holder', { kind: 'holder-match', onFail: 'refuse', onUnknown: 'evidence' })
  for (const question of survey.questions) take(making, question, answers[question.id])
  const { requirements, params, rank, open } = making
  const purpose = making.purpose.size > 0 ? [...making.purpose].sort() : everyPurpose
  const basis = answers.D1?.value
  const policy = readAs(Policy, {
    body: respondent.body,
    rank,
    purpose,
    effective: [answered, null],
    params,
    requirements,
    version: `${survey.id} ${survey.version}, ${answered}`,
    title: titleOf(respondent.name),
    // Stays when a version is published under a number of its own: which answers the rules began with.
    modelledOn: { survey: survey.id, version: survey.version, answered },
    ...(basis === undefined ? {} : { legalBasis: [basis] }),
  })
  const rate = answers.B2?.value as { amount: number } | undefined
  const accumulate = rate && { needHours: rate.amount, policy: id }
  return { id, policy, open, ...(accumulate ? { pathway: { award: respondent.name, rules: {}, accumulate } } : {}) }
}

const titleOf = (name: string) => ({
  en: `What ${name} recognises`,
  fr: `Ce que reconnaît ${name}`,
  es: `Lo que reconoce ${name}`,
  ru: `Что признаёт ${name}`,
  zh: `${name}承认的内容`,
  ar: `ما تعترف به ${name}`,
  cs: `Co uznává: ${name}`,
})

/** What a certificate may count for where the body did not say; a person is asked then in every case. */
const everyPurpose = [
  ...new Set(survey.questions.find(({ id }) => id === 'B12')!.options!.flatMap(({ carries }) => carries?.purpose ?? [])),
].sort()

function take(making: Making, question: SurveyQuestion, answer: SurveyAnswer | undefined): void {
  if (question.part !== 'B' && question.id !== 'D2') return
  if (answer?.state === 'no-rule' && question.id !== 'B12') return
  if (answer?.value === undefined) {
    const why = answer?.state === 'other' ? 'other' : answer ? 'do-not-know' : 'not-answered'
    making.open.push({ question: question.id, why, ...(answer?.words === undefined ? {} : { words: answer.words }) })
    // A question that was skipped asks for nothing, save what every policy must say; one that is open asks a person.
    if (why !== 'not-answered' || question.id === 'B12') if (question.part === 'B') askPerson(making, question, answer?.words)
    return
  }
  const chosen = new Set([answer.value].flat())
  const options = (question.options ?? []).filter((each) => question.answer !== 'weights' && chosen.has(each.id))
  const collected: Record<string, string[]> = {}
  for (const { id, carries } of options) {
    if (!carries) continue
    carry(making, options.length > 1 || question.answer === 'choices' ? `${question.id}-${id}` : question.id, carries, answer.value)
    for (const [kind, list] of Object.entries(carries.collect ?? {})) collected[kind] = [...(collected[kind] ?? []), ...list]
  }
  for (const [kind, list] of Object.entries(collected))
    add(making, question.id, { ...collecting[kind]!, params: { [listName[kind]!]: list } })
  if (question.carries && options.length === 0) carry(making, question.id, question.carries, settled(making, question, answer.value))
}

const listName: Readonly<Record<string, string>> = { 'formal-marks': 'need', authenticity: 'proofs' }
const collecting: Readonly<Record<string, FragmentRequirement>> = {
  'formal-marks': { kind: 'formal-marks', onFail: 'evidence', onUnknown: 'evidence' },
  authenticity: { kind: 'authenticity', onFail: 'refuse', onUnknown: 'evidence' },
}

/** A policy has one number of hours: of several the largest is drafted, and told as open. */
function settled(making: Making, question: SurveyQuestion, value: Json): Json {
  if (question.answer !== 'number-by-type' || typeof value !== 'object') return value
  making.open.push({ question: question.id, why: 'differs-by-type' })
  return Math.max(...(Object.values(value as JsonObject) as number[]))
}

function askPerson(making: Making, question: SurveyQuestion, words: string | undefined): void {
  add(making, question.id, {
    kind: 'human-question',
    params: { question: words ?? surveyText(question.id) },
    onFail: 'refer',
    onUnknown: 'refer',
  })
}

function carry(making: Making, name: string, { params = {}, requirements = [], purpose = [], rank }: PolicyFragment, value: Json): void {
  for (const [param, given] of Object.entries(params)) {
    const number = filled(given, value)
    // A certificate that must tell its duration adds nothing to one that needs so many hours.
    if (making.params[param] === undefined || param !== 'minHours') making.params[param] = number
  }
  for (const each of requirements)
    add(making, requirements.length > 1 ? `${name}-${each.kind}` : name, filled(each as never, value) as never)
  for (const each of purpose) making.purpose.add(each)
  if (rank) making.rank = rank
}

/** The fragment with the value of the answer in place of `$value`. */
function filled(fragment: unknown, value: Json): Json {
  if (fragment === '$value') return value
  if (fragment === null || typeof fragment !== 'object') return fragment as Json
  if (Array.isArray(fragment)) return fragment.map((each) => filled(each, value))
  return Object.fromEntries(Object.entries(fragment).map(([name, each]) => [name, filled(each, value)]))
}

/** Ids begin with the policy's own, so that several drafts can apply together. */
function add(making: Making, name: string, requirement: FragmentRequirement): void {
  const text = surveyText(name.split('-')[0]!)
  making.requirements.push({ id: `${making.id}#${name}`, ...(requirement as unknown as JsonObject), ...(text.en ? { why: text } : {}) })
}
