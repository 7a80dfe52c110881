/** Every requirement kind alone under a policy of its own: pass, fail and unknown, with the reasons that are told. */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { readRecognitionCase } from './case.ts'
import { readLibrary } from './library.ts'
import { recognise } from './recognise.ts'
import { requirementKindNames } from './requirement-kinds.ts'
import { caseOf, library, need } from './vectors/ground.ts'
import { type KindVector, kindCases } from './vectors/kind-cases.ts'
import { recogniseOne } from './vectors/recognise-one.ts'

function decideAlone({ kind, target, params, numbers, applicant, agreements }: KindVector, changes: JsonObject) {
  const policy = {
    body: 'SOME',
    rank: 'institution',
    purpose: 'credit',
    effective: ['2020-01-01', null],
    params: numbers ?? {},
    requirements: [need('Q', kind, 'refer', 'evidence', params ? { params } : {})],
  }
  const held = readLibrary({ ...library, policies: { ONLY: policy } })
  const given = caseOf({
    id: kind,
    why: '',
    target,
    credentials: [changes],
    policies: ['ONLY'],
    ...(applicant ? { applicant } : {}),
    ...(agreements ? { agreements } : {}),
    outcome: '',
    grants: [],
    not: {},
    reasons: [],
  })
  return recognise(readRecognitionCase(given), held, () => 'hash', { counterfactual: false })
}

describe.each(kindCases.map((vector, at) => [`${vector.kind} (${at})`, vector] as const))('%s', (_, vector) => {
  if (vector.passes)
    test('passes', () => {
      const decision = decideAlone(vector, vector.passes!)
      expect(decision.verdicts).toEqual({ Q: 'pass' })
      expect(decision.findings[0]).toMatchObject({ requirement: 'Q', verdict: 'pass', sentence: `recognition.${vector.kind}.pass` })
    })
  for (const [verdict, given, sub] of [
    ['fail', vector.fails, 'judgement'],
    ['unknown', vector.unknown, 'evidence'],
  ] as const) {
    if (!given) continue
    const [why, changes, ...reasons] = given
    test(`${verdict}: ${why}`, () => {
      const decision = decideAlone(vector, changes)
      expect(decision.verdicts).toEqual({ Q: verdict })
      expect(decision.reasons).toEqual(reasons.toSorted())
      // Nothing counts of what has the factor 0, whatever the effect says.
      expect(decision).toMatchObject(
        reasons.includes('ATTENDANCE_ONLY') ? { outcome: 'refused', grants: [] } : { outcome: 'needs-human', sub, grants: [] },
      )
    })
  }
})

test('no kind is without a case, and each that can pass or fail does', () => {
  expect([...new Set(kindCases.map(({ kind }) => kind))].sort()).toEqual([...requirementKindNames])
  expect(requirementKindNames).toHaveLength(39)
})

test('domain 2.4: duplicates within 24 months count once, among what is handed in together too', () => {
  const of = (one: string, other: string) => recogniseOne({ issueDate: one }, 'POST', { issueDate: other }).verdicts.H7
  expect(of('2023-05-20', '2025-05-20')).toBe('fail')
  expect(of('2025-05-20', '2025-05-20')).toBe('fail')
  expect(of('2023-05-19', '2025-05-20')).toBe('pass')
  expect(recogniseOne({ title: null }, 'POST', { title: null }).verdicts.H7).toBe('pass')
})
