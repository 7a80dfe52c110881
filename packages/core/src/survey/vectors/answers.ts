/** Answers to the survey for tests: one body, and any body. */
import fc from 'fast-check'
import type { JsonObject } from '../../json.ts'
import { survey } from '../survey.ts'

/** The answers of an invented weather service. */
export const answersOf = (answers: JsonObject, respondent: JsonObject = {}): JsonObject => ({
  survey: 'requirements',
  version: 1,
  answered: '2026-05-01',
  respondent: { body: 'SKY', name: 'Sky Service', country: 'CZ', region: 'Europe', ...respondent },
  answers,
})

const types = ['successful-completion', 'participation', 'attendance']
const share = fc.constantFrom(0, 0.5, 1)
const anyValue = ({ id, answer, options = [] }: (typeof survey.questions)[number]): fc.Arbitrary<unknown> => {
  const ids = options.map((each) => each.id)
  const names = fc.uniqueArray(id === 'B11' ? fc.constantFrom('en', 'cs', 'ar') : fc.string({ minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 3,
  })
  switch (answer) {
    case 'choice':
      return fc.constantFrom(...ids)
    case 'choices':
      return fc.subarray(ids, { minLength: 1 })
    case 'number':
      return fc.constantFrom(0, 1, 10, 40)
    case 'number-by-type':
      return fc.oneof(fc.constantFrom(0, 8, 16), fc.record({ participation: fc.constantFrom(8, 16) }))
    case 'rate':
      return fc.record({ amount: fc.constantFrom(0, 40), per: fc.constantFrom('year', 'step') })
    case 'weights':
      return fc.oneof(
        fc.constant({ 'successful-completion': 1, participation: 0.5, attendance: 0 }),
        fc.constant({ 'successful-completion': 1 }),
        fc.record(Object.fromEntries(types.map((type) => [type, share])), { requiredKeys: ['attendance'] }),
      )
    case 'choice-or-list':
      return fc.oneof(fc.constantFrom(...ids), names)
    case 'list':
      return names
    case 'text':
      return fc.string({ minLength: 1, maxLength: 20 })
  }
}

const answer = (question: (typeof survey.questions)[number]) =>
  fc.oneof(
    { weight: 4, arbitrary: anyValue(question).map((value) => ({ value })) },
    { weight: 1, arbitrary: fc.constantFrom({ state: 'do-not-know' }, { state: 'no-rule' }, { state: 'other', words: 'It depends.' }) },
  )

/** Any answers that can be read. */
export const anyAnswers: fc.Arbitrary<JsonObject> = fc
  .record({
    answers: fc.record(Object.fromEntries(survey.questions.map((question) => [question.id, answer(question)])), { requiredKeys: [] }),
    country: fc.constantFrom('CZ', 'AT', 'EG', 'KE', 'CA'),
    region: fc.constantFrom('Europe', 'Africa', 'Americas'),
  })
  .map(({ answers, ...respondent }) => answersOf(answers as JsonObject, respondent))
