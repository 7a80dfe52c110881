/** Operations on answers in words: two named people put them under headings, blind to each other, and a third settles where they differ. */
import { survey, Uuid } from '@cairn/core'
import { z } from 'zod'
import { operation } from './operation.ts'
import { CodedQuestionAnswer } from './survey-answers.ts'

const staff = ['owner', 'designer', 'approver'] as const
const question = z.enum(survey.questions.map(({ id }) => id))
const code = z.string().trim().min(1).max(120)
const person = z.string().min(1).max(200)
const coder = z.strictObject({ person, name: z.string() })

/** One question with its headings and how far its coding is. */
const CodingLine = z.strictObject({
  ...CodedQuestionAnswer.shape,
  headings: z.array(z.string()),
  coders: z.array(z.strictObject({ ...coder.shape, done: z.int() })),
})
/** Questions that somebody answered in words, and who may be named to code them. */
export const CodingsAnswer = z.strictObject({ questions: z.array(CodingLine), people: z.array(coder) }).meta({ id: 'SurveyCodings' })
export type CodingsAnswer = z.infer<typeof CodingsAnswer>

/**
 * One question with its texts, not saying whose they are. The caller codes as the first or second, settles as anybody else, or waits for headings.
 * The codes of both are there where they are nobody's secret any more: for the two once all texts are coded by both, for others text by text.
 */
export const CodingAnswer = z
  .strictObject({
    ...CodingLine.shape,
    as: z.enum(['first', 'second', 'third', 'nobody']),
    items: z.array(
      z.strictObject({
        invitation: Uuid,
        text: z.string(),
        /** What the caller gave. */
        mine: z.string().optional(),
        /** True once both coded it: it is not changed by them any more. */
        locked: z.boolean(),
        first: z.string().optional(),
        second: z.string().optional(),
        third: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'SurveyCoding' })
export type CodingAnswer = z.infer<typeof CodingAnswer>

const one = { id: Uuid, question }

export const surveyCodingOperations = {
  'coding.list': operation({
    method: 'GET',
    path: '/surveys/:id/coding',
    summary: 'Questions that bodies answered in words, and how far two coders agree on them',
    roles: staff,
    input: z.strictObject({ id: Uuid }),
    output: CodingsAnswer,
    problems: ['request.not-found'],
  }),
  'coding.read': operation({
    method: 'GET',
    path: '/surveys/:id/coding/:question',
    summary: 'What bodies said in words to one question, without their names, with the codes that the caller may see',
    roles: staff,
    input: z.strictObject(one),
    output: CodingAnswer,
    problems: ['request.not-found'],
  }),
  'coding.plan': operation({
    method: 'PUT',
    path: '/surveys/:id/coding/:question',
    summary: 'Say under which headings answers are put, and by which two people; a heading that is used stays',
    roles: ['owner', 'designer'],
    input: z
      .strictObject({
        ...one,
        headings: z
          .array(code)
          .min(2)
          .max(60)
          .refine((list) => new Set(list).size === list.length, 'A heading stands there twice.'),
        first: person,
        second: person,
      })
      .refine(({ first, second }) => first !== second, { message: 'Two people, not one.', path: ['second'] })
      .meta({ id: 'SurveyCodingPlan' }),
    output: CodingAnswer,
    problems: ['input.invalid', 'request.not-found', 'survey.heading-used'],
  }),
  'coding.give': operation({
    method: 'PUT',
    path: '/surveys/:id/coding/:question/codes',
    summary: 'Give codes, as one of the two; a text that both have coded is left to a third',
    roles: staff,
    input: z.strictObject({ ...one, codes: z.record(Uuid, code) }).meta({ id: 'SurveyCodesGive' }),
    output: CodingAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.not-allowed', 'survey.coded-by-both'],
  }),
  'coding.settle': operation({
    method: 'PUT',
    path: '/surveys/:id/coding/:question/settled',
    summary: 'Settle texts on which the two differ, as somebody else',
    roles: staff,
    input: z.strictObject({ ...one, codes: z.record(Uuid, code) }).meta({ id: 'SurveyCodesSettle' }),
    output: CodingAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.not-allowed'],
  }),
} as const
