import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { policyFrom, policyProblems, policyTemplateNames } from './policy-templates.ts'

const given = { body: 'urn:uuid:11111111-1111-4111-8111-111111111111', from: '2026-01-01' }

test.each(policyTemplateNames)('domain 2.4: the template %s is a policy as it stands', (name) => {
  expect(policyProblems(policyFrom(name, given))).toEqual([])
})

test('what contradicts itself is told with its place', () => {
  const policy = policyFrom('university', given)
  const requirements = policy.requirements as JsonObject[]
  const mode = (id: string, modes: string[]) => ({ id, kind: 'mode-in', params: { modes }, onFail: 'refuse', onUnknown: 'evidence' })
  const contradicting = { ...policy, requirements: [...requirements, mode('A', ['online']), mode('B', ['presential'])] }
  expect(policyProblems(contradicting)).toEqual([
    expect.objectContaining({ code: 'input.invalid', pointer: `/requirements/${requirements.length + 1}/params` }),
  ])
  expect(policyProblems({ ...policy, forbidsRefusalOn: ['level'] }).map(({ pointer }) => pointer)).toEqual(['/requirements/4/onFail'])
})
