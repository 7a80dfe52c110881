/** Cases written by hand from the rules: outcome, grants, verdicts, reasons and conditions. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readRecognitionCase } from './case.ts'
import { readLibrary } from './library.ts'
import { recognise } from './recognise.ts'
import { creditCases } from './vectors/credit-cases.ts'
import { caseOf, library, type Vector } from './vectors/ground.ts'
import { ruleCases } from './vectors/rule-cases.ts'
import { useCases } from './vectors/use-cases.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
const held = readLibrary(library)
const sorted = (list: readonly string[]) => [...list].sort()

const named = (vectors: readonly Vector[]) => vectors.map((vector) => [vector.id, vector.why, vector] as const)
describe.each([
  ['credit', creditCases],
  ['rules', ruleCases],
  ['use', useCases],
] as const)('%s', (_, vectors) => {
  test.each(named(vectors))('%s: %s', (__, ___, vector) => {
    const decision = recognise(readRecognitionCase(caseOf(vector)), held, hash)
    const notPassed = Object.fromEntries(Object.entries(decision.verdicts).filter(([, verdict]) => verdict !== 'pass'))
    expect({ ...decision, verdicts: notPassed }).toMatchObject({
      outcome: vector.outcome,
      grants: vector.grants,
      verdicts: vector.not,
      reasons: sorted(vector.reasons),
      conditions: vector.conditions ?? [],
    })
    expect(decision.grants).toEqual(vector.grants)
    expect(notPassed).toEqual(vector.not)
    expect(decision.sub).toBe(vector.sub)
  })
})

test('there are more than forty, and no two of one name', () => {
  const ids = [...creditCases, ...ruleCases, ...useCases].map(({ id }) => id)
  expect(ids.length).toBeGreaterThan(90)
  expect(new Set(ids).size).toBe(ids.length)
})
