/** Bad input gets a clear problem with its place, never a silent default. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../canonical-json.ts'
import type { Json, JsonObject } from '../json.ts'
import { type Problem, ProblemError } from '../problems.ts'
import { readRecognitionCase } from './case.ts'
import { readLibrary } from './library.ts'
import { recognise } from './recognise.ts'
import { creditCases } from './vectors/credit-cases.ts'
import { caseOf, library } from './vectors/ground.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

/** A copy with the member that the pointer names set, or taken away. */
function changed<T>(value: T, pointer: string, to?: unknown): T {
  const copy = structuredClone(value)
  const steps = pointer.split('/').slice(1)
  let place = copy as Record<string, unknown>
  for (const step of steps.slice(0, -1)) place = place[step] as Record<string, unknown>
  if (to === undefined) delete place[steps.at(-1)!]
  else place[steps.at(-1)!] = to
  return copy
}
function problemsOf(work: () => unknown): readonly Problem[] {
  try {
    work()
  } catch (error) {
    if (error instanceof ProblemError) return error.problems
    throw error
  }
  return []
}

const credit = '/policies/CREDIT'
describe('a library', () => {
  test.each<[string, string, unknown, string]>([
    ['an unknown member of a policy', `${credit}/ranks`, 'law', `${credit}/ranks`],
    ['an unknown rank', `${credit}/rank`, 'ministry', `${credit}/rank`],
    ['an unknown purpose', `${credit}/purpose`, 'fun', `${credit}/purpose`],
    ['an unknown requirement kind', `${credit}/requirements/0/kind`, 'star-sign', `${credit}/requirements/0/kind`],
    ['an unknown effect', `${credit}/requirements/0/onFail`, 'forget', `${credit}/requirements/0/onFail`],
    ['no effect', `${credit}/requirements/0/onFail`, undefined, `${credit}/requirements/0/onFail`],
    ['an unknown proof', `${credit}/requirements/0/params/proofs`, ['stamp'], `${credit}/requirements/0/params/proofs/0`],
    ['an unknown parameter', `${credit}/requirements/5/params/ration`, 1, `${credit}/requirements/5/params/ration`],
    ['a parameter that is missing', `${credit}/requirements/0/params`, undefined, `${credit}/requirements/0/params/proofs`],
    ['a negative amount', `${credit}/requirements/9/params/externalMax`, -1, `${credit}/requirements/9/params/externalMax`],
    [
      'thresholds that contradict each other',
      `${credit}/requirements/6/params`,
      { full: 0.3, partial: 0.5 },
      `${credit}/requirements/6/params/partial`,
    ],
    ['a condition without its word', `${credit}/requirements/7/condition`, undefined, `${credit}/requirements/7/condition`],
    ['two requirements of one id', `${credit}/requirements/1/id`, 'K1', `${credit}/requirements/1/id`],
    ['a policy that ends before it begins', `${credit}/effective`, ['2025-01-01', '2024-12-31'], `${credit}/effective`],
    ['a day that does not exist', `${credit}/effective`, ['2025-02-29', null], `${credit}/effective/0`],
    [
      'a policy that refuses on what it forbids to refuse on',
      `${credit}/forbidsRefusalOn`,
      ['assessed'],
      `${credit}/requirements/2/onFail`,
    ],
    ['a law that forbids an unknown kind', '/policies/LAW/forbidsRefusalOn', ['colour'], '/policies/LAW/forbidsRefusalOn/0'],
    ['an institution without a purpose', `${credit}/purpose`, undefined, `${credit}/purpose`],
    ['an institution without requirements', `${credit}/requirements`, [], `${credit}/requirements`],
    [
      'a number that a requirement needs and the policy lacks',
      '/policies/HOURS/params/minHours',
      undefined,
      '/policies/HOURS/params/minHours',
    ],
    ['a negative number of a policy', '/policies/HOURS/params/generalCap', -5, '/policies/HOURS/params/generalCap'],
    ['an unknown number of a policy', '/policies/HOURS/params/maxHours', 5, '/policies/HOURS/params/maxHours'],
    ['an answer later than the law allows', `${credit}/procedure`, { deadlineDays: 121 }, `${credit}/procedure/deadlineDays`],
    ['negative credits of a target', '/targets/MODULE/credits', -6, '/targets/MODULE/credits'],
    ['weights above one', '/targets/MODULE/outcomes/0/weight', 0.9, '/targets/MODULE/outcomes'],
    ['a target that is two things', '/targets/MODULE/elements', ['X1'], '/targets/MODULE'],
    ['a target that is nothing', '/targets/MODULE', { body: 'LAKE' }, '/targets/MODULE'],
    ['an unknown member of a target', '/targets/JOB/salary', 1, '/targets/JOB/salary'],
    ['an unknown kind of grant', '/agreements/HUB/lines/0/gives/kind', 'applause', '/agreements/HUB/lines/0/gives/kind'],
    ['an agreement of one', '/agreements/HUB/parties', ['LAKE'], '/agreements/HUB/parties'],
    ['a level that does not exist', '/accreditationRegistry/0/eqf', [9], '/accreditationRegistry/0/eqf/0'],
    ['a relation without a broader skill', '/escoRelations/0/broader', undefined, '/escoRelations/0/broader'],
  ])('%s', (_, at, to, pointer) => {
    const problems = problemsOf(() => readLibrary(changed(library, at, to)))
    expect(problems.map((each) => each.pointer)).toContain(pointer)
    for (const { detail } of problems) expect(detail).not.toBe('')
  })

  test('two requirements of one policy that nothing can meet together', () => {
    const requirement = { id: 'K12', kind: 'assessed', params: { awardTypes: ['attendance'] }, onFail: 'refuse', onUnknown: 'evidence' }
    const contradictory = changed(library, `${credit}/requirements/11`, requirement)
    expect(problemsOf(() => readLibrary(contradictory))[0]).toMatchObject({ pointer: `${credit}/requirements/11/params` })
  })

  test('what is no library', () => {
    expect(problemsOf(() => readLibrary([]))[0]).toMatchObject({ code: 'input.invalid', pointer: '' })
    expect(problemsOf(() => readLibrary({ policies: [] }))[0]).toMatchObject({ pointer: '/policies' })
  })

  test('words for people are let through', () => {
    let people = changed(library, `${credit}/note`, 'A note')
    people = changed(people, '/accreditationRegistry/0/agent', 'An agency')
    people = changed(people, '/agreements/HUB/test', 'by the end of learning')
    people = changed(people, `${credit}/requirements/0/why`, { en: 'Because' })
    expect(problemsOf(() => readLibrary(people))).toEqual([])
  })
})

describe('a case', () => {
  const good = caseOf(creditCases[0]!)
  test.each<[string, string, unknown, string]>([
    ['an unknown member', '/hurry', true, '/hurry'],
    ['an unknown member of a credential', '/credentials/0/colour', 'blue', '/credentials/0/colour'],
    ['an unknown member of the ledger', '/applicant/debts', 1, '/applicant/debts'],
    ['an unknown unit', '/credentials/0/workload/0/unit', 'weeks', '/credentials/0/workload/0/unit'],
    ['negative credits', '/credentials/0/workload/0/value', -6, '/credentials/0/workload/0/value'],
    ['hours a credit of nothing', '/credentials/0/workload/0/hoursPerECTS', 0, '/credentials/0/workload/0/hoursPerECTS'],
    ['an unknown proof', '/credentials/0/proof', 'stamp', '/credentials/0/proof'],
    ['an unknown status', '/credentials/0/status', 'fine', '/credentials/0/status'],
    ['a match that is neither full nor partial', '/credentials/0/matches/A', 'nearly', '/credentials/0/matches/A'],
    ['a level of half', '/credentials/0/eqf', 5.5, '/credentials/0/eqf'],
    ['a text where a number belongs', '/credentials/0/eqf', '6', '/credentials/0/eqf'],
    ['no credential', '/credentials', [], '/credentials'],
    ['no policy', '/policies', [], '/policies'],
    ['another type', '/type', 'stacking', '/type'],
    ['a moment where a day belongs', '/asOf', '2026-03-01T00:00:00Z', '/asOf'],
    ['no day', '/asOf', undefined, '/asOf'],
    ['negative hours used', '/applicant/generalHoursUsed', -1, '/applicant/generalHoursUsed'],
  ])('%s', (_, at, to, pointer) => {
    const problems = problemsOf(() => readRecognitionCase(changed(good, at, to)))
    expect(problems.map((each) => each.pointer)).toContain(pointer)
  })

  test.each<[string, JsonObject, string]>([
    ['a policy that the library does not hold', { policies: ['CREDIT', 'OTHER'] }, '/policies/1'],
    ['a target that it does not hold', { target: 'OTHER' }, '/target'],
    ['a name of every object is no target', { target: 'constructor' }, '/target'],
    ['an agreement that it does not hold', { agreements: ['OTHER'] }, '/agreements/0'],
  ])('%s', (_, members, pointer) => {
    const given = readRecognitionCase({ ...good, ...members } as Json)
    expect(problemsOf(() => recognise(given, readLibrary(library), hash))[0]).toMatchObject({ pointer })
  })

  test('two credentials of one id', () => {
    const twice = changed(good, '/credentials', [...(good.credentials as Json[]), ...(good.credentials as Json[])])
    expect(problemsOf(() => readRecognitionCase(twice))[0]).toMatchObject({ pointer: '/credentials' })
  })

  test('two policies that apply together and share an id of a requirement', () => {
    const twice = readLibrary({
      ...library,
      policies: { CREDIT: (library.policies as JsonObject).CREDIT!, COPY: (library.policies as JsonObject).CREDIT! },
    })
    expect(problemsOf(() => recognise(readRecognitionCase({ ...good, policies: ['CREDIT', 'COPY'] }), twice, hash))[0]?.pointer).toBe(
      '/policies',
    )
  })
})

test('a decision names the policies by the hash of their RFC 8785 text without proof', () => {
  const policies = library.policies as JsonObject
  const given = readRecognitionCase(caseOf(creditCases[0]!))
  const signed = readLibrary({
    ...library,
    policies: { ...policies, CREDIT: { ...(policies.CREDIT as JsonObject), proof: { type: 'any' } } },
  })
  const expected = [{ id: 'CREDIT', hash: hash(canonicalJson(policies.CREDIT!)) }]
  expect(recognise(given, readLibrary(library), hash).policies).toEqual(expected)
  expect(recognise(given, signed, hash).policies).toEqual(expected)
  const other = readLibrary(changed(library, `${credit}/note`, 'Another text, another policy'))
  expect(recognise(given, other, hash).policies[0]!.hash).not.toBe(expected[0]!.hash)
})
