/** What schemas find wrong is said in plain sentences, and each can be read back. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readIssue, sayIssue } from './say-issue.ts'

test.each<[string, z.ZodType, unknown, object | undefined]>([
  ['nothing where something is needed', z.strictObject({ name: z.string() }), {}, { fault: 'needed' }],
  ['an empty text', z.string().min(1), '', { fault: 'needed' }],
  ['a text that is too short', z.string().min(12), 'a', { fault: 'characters-least', n: 12 }],
  ['a text that is too long', z.string().max(200), 'a'.repeat(201), { fault: 'characters-most', n: 200 }],
  ['a word for a number', z.number(), 'soon', { fault: 'number' }],
  ['what is no number', z.int(), Number.NaN, { fault: 'number' }],
  ['a number that is too large', z.int().max(8), 9, { fault: 'number-most', n: 8 }],
  ['a number that is too small', z.number().min(0.5), 0, { fault: 'number-least', n: 0.5 }],
  ['none of a number that has to be more', z.number().gt(0), 0, { fault: 'number-above', n: 0 }],
  ['a number that reaches its limit', z.number().lt(1), 1, { fault: 'number-below', n: 1 }],
  ['an empty list', z.array(z.string()).min(1), [], { fault: 'several-least', n: 1 }],
  ['a long list', z.array(z.string()).max(1), ['a', 'b'], { fault: 'several-most', n: 1 }],
  ['none of the choices', z.enum(['a', 'b']), 'c', { fault: 'choice' }],
  ['no address', z.url(), 'nowhere', { fault: 'address' }],
  ['another form', z.string().regex(/^a$/), 'b', { fault: 'form' }],
  ['a text for a list', z.array(z.string()), 'a', { fault: 'form' }],
  ['a sentence of its own', z.string().regex(/^a$/, 'An a, please.'), 'b', undefined],
])('%s', (_, schema, value, said) => {
  const [issue] = schema.safeParse(value).error!.issues
  const sentence = sayIssue(issue!)
  expect(readIssue(sentence)).toEqual(said)
  expect(sentence).not.toMatch(/expected (string|number|int|array)|received|Invalid|>=|<=|undefined/)
  if (said === undefined) expect(sentence).toBe('An a, please.')
})
