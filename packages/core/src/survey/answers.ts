/** Answers of one body to the requirements survey. */
import { z } from 'zod'
import type { Json } from '../json.ts'
import { PlainDate } from '../moments.ts'
import { readAs } from '../read-as.ts'
import { Amount, AwardType, Id, Share } from '../recognition/words.ts'
import { LanguageTag } from '../text.ts'
import type { SurveyQuestion } from './question.ts'
import { answerStates, survey } from './survey.ts'

const words = z.string().min(1).max(4000)
const different = (list: readonly unknown[]) => new Set(list).size === list.length

function schemaOf({ id, answer, options = [] }: SurveyQuestion): z.ZodType {
  const one = options.length > 0 ? z.enum(options.map((each) => each.id)) : Id
  const names = z
    .array(id === 'B11' ? LanguageTag : Id.max(400))
    .min(1)
    .max(200)
    .refine(different, 'One of them stands there twice.')
  switch (answer) {
    case 'choice':
      return one
    case 'choices':
      return z.array(one).min(1).refine(different, 'One of them stands there twice.')
    case 'number':
      return Amount.max(1000)
    case 'number-by-type':
      return z.union([Amount, z.partialRecord(AwardType, Amount).refine((by) => Object.keys(by).length > 0, 'At least one type is named.')])
    case 'rate':
      return z.strictObject({ amount: Amount, per: z.enum(['year', 'step']) })
    case 'weights':
      return z.partialRecord(AwardType, Share).refine((by) => Object.keys(by).length > 0, 'At least one type is named.')
    case 'choice-or-list':
      return z.union([one, names])
    case 'list':
      return names
    case 'text':
      return words
  }
}

function answerTo(question: SurveyQuestion) {
  return z
    .strictObject({
      value: schemaOf(question).optional(),
      state: z.enum(answerStates).optional(),
      /** What else it is, in the body's own words; goes with the state `other`. */
      words: words.optional(),
      /** Where it is written: a law, an order, a page. */
      source: words.optional(),
    })
    .refine(({ value, state }) => (value === undefined) !== (state === undefined), 'An answer has a value or a state, and not both.')
    .refine((answer) => (answer.state === 'other') === (answer.words !== undefined), {
      message: 'Other answers, and only they, have words.',
      path: ['words'],
    })
}

/** The answers of one body, as they are kept and sent. */
export const SurveyAnswers = z.strictObject({
  survey: z.literal(survey.id),
  version: z.literal(survey.version),
  language: LanguageTag.optional(),
  answered: PlainDate,
  respondent: z.strictObject({
    /** The body's identifier, by which policies and targets name it. */
    body: Id.max(300),
    name: z.string().min(1).max(300),
    country: z.string().regex(/^[A-Z]{2}$/, 'A country code of two letters.'),
    region: z.string().min(1).max(100),
    /** The role of whoever answered, never a person's name. */
    role: z.string().min(1).max(200).optional(),
  }),
  answers: z.strictObject(Object.fromEntries(survey.questions.map((question) => [question.id, answerTo(question).optional()]))),
})
type Read = z.infer<typeof SurveyAnswers>

/** One answer as it was read. */
export interface SurveyAnswer {
  value?: Json
  state?: (typeof answerStates)[number]
  words?: string
  source?: string
}
export type SurveyAnswers = Omit<Read, 'answers'> & { answers: Readonly<Record<string, SurveyAnswer | undefined>> }

/** Reads the answers of one body. Raises `input.invalid` with a pointer for each fault: an unknown question, option or member, a share above 1. */
export const readAnswers = (json: Json): SurveyAnswers => readAs(SurveyAnswers, json) as SurveyAnswers
