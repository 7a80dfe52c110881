/** Domain 2.3 (8): every decision carries remedies and where an appeal goes, in the body's own words. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { helpInPolicies } from './help-in-policies.ts'
import { readLibrary } from './library.ts'
import { library } from './vectors/ground.ts'
import { recogniseOne } from './vectors/recognise-one.ts'

const policies = structuredClone(library.policies) as Record<string, JsonObject>
const remedy = { en: 'Sit the oral examination.', cs: 'Složte ústní zkoušku.' }
const requirements = (policies.CREDIT!.requirements as JsonObject[]).map((each) =>
  each.id === 'K9' ? { ...each, remedy } : each.id === 'K8' ? { ...each, remedy: 'Sit the challenge test.' } : { ...each, remedy: 7 },
)
const CREDIT = { ...policies.CREDIT!, requirements, procedure: { appealTo: 'The board of studies' } }

test('what would help is told of what did not pass alone, and words that are none say nothing', () => {
  expect(() => readLibrary({ ...library, policies: { CREDIT } })).not.toThrow()
  const unsupervised = recogniseOne({ assessment: { supervised: false, idVerified: true }, issueDate: '2020-02-01' })
  expect(helpInPolicies(unsupervised, { CREDIT })).toEqual({
    remedies: [
      { requirement: 'K8', words: { und: 'Sit the challenge test.' } },
      { requirement: 'K9', words: remedy },
    ],
    appealTo: [{ und: 'The board of studies' }],
  })
  expect(helpInPolicies(recogniseOne({}), { CREDIT }).remedies).toEqual([])
  expect(helpInPolicies(recogniseOne({ status: 'revoked' }), { CREDIT }).remedies).toEqual([])
  expect(helpInPolicies(unsupervised, { CREDIT: { ...policies.CREDIT!, procedure: { appealTo: {} } } })).toEqual({
    remedies: [],
    appealTo: [],
  })
})
