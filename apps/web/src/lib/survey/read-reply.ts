/** From the form of a page of the survey to its answers. What cannot be read stays as it was written, so that the server says what is wrong. */
import { type Json, type JsonObject, type SurveyQuestion, survey } from '@cairn/core'
import { linesOf, numberOf } from '#lib/recognition/kind-fields.ts'
import { questionOfTypes } from './say-answer.ts'

/** How a question is answered with a list of one's own, where it also has options. */
export const ownList = 'list'
/** What stands before a state where options and states are one choice. */
export const stateMark = 'state:'
/** Kinds of question whose options and states are one choice. */
export const isOneChoice = ({ answer }: SurveyQuestion): boolean => answer === 'choice' || answer === 'choice-or-list'

/** The answers to these questions; one that was left empty is not there. */
export function readReply(form: FormData, questions: readonly string[]): JsonObject {
  return Object.fromEntries(
    survey.questions
      .filter(({ id }) => questions.includes(id))
      .flatMap((question) => {
        const answer = answerTo(question, form)
        return Object.keys(answer).length === 0 ? [] : [[question.id, answer]]
      }),
  )
}

function answerTo(question: SurveyQuestion, form: FormData): JsonObject {
  const text = (name: string) => String(form.get(`${question.id}.${name}`) ?? '').trim()
  const chosen = text('value')
  const state = isOneChoice(question) ? (chosen.startsWith(stateMark) ? chosen.slice(stateMark.length) : '') : text('state')
  const value = isOneChoice(question) && state !== '' ? undefined : valueGiven(question, form, text)
  const given = Object.entries({ state, words: text('words'), source: text('source') }).filter(([, each]) => each !== '')
  return { ...(value === undefined ? {} : { value }), ...Object.fromEntries(given) }
}

function valueGiven({ id, answer, options = [] }: SurveyQuestion, form: FormData, text: (name: string) => string): Json | undefined {
  const number = (name: string) => (text(name) === '' ? undefined : numberOf(text(name)))
  const byType = (scale: number) => {
    const of = typeIds.flatMap((type) => {
      const amount = number(`of.${type}`)
      return amount === undefined ? [] : [[type, typeof amount === 'number' ? amount / scale : amount]]
    })
    return of.length === 0 ? undefined : (Object.fromEntries(of) as JsonObject)
  }
  switch (answer) {
    case 'choice':
      return text('value') || undefined
    case 'choices': {
      const chosen = form.getAll(`${id}.value`).map(String)
      return chosen.length === 0 ? undefined : options.map((each) => each.id).filter((each) => chosen.includes(each))
    }
    case 'number':
      return number('value')
    case 'number-by-type':
      return byType(1) ?? number('value')
    case 'rate': {
      const amount = number('value')
      return amount === undefined ? undefined : { amount, per: text('per') }
    }
    case 'weights':
      return byType(100)
    case 'choice-or-list':
      return text('value') === ownList ? linesOf(form.get(`${id}.list`)) : text('value') || undefined
    case 'list': {
      const list = text('value')
        .split(/[\s,;،]+/)
        .filter(Boolean)
      return list.length === 0 ? undefined : list
    }
    case 'text':
      return text('value') || undefined
  }
}

const typeIds = (questionOfTypes.options ?? []).map(({ id }) => id)
