/** What would change an outcome: the smallest changes, each by hand. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { readRecognitionCase } from './case.ts'
import { readLibrary } from './library.ts'
import { recognise } from './recognise.ts'
import { caseOf, library, type Vector } from './vectors/ground.ts'

const held = readLibrary(library)
function changesFor(credentials: readonly JsonObject[], target: Vector['target'] = 'MODULE', more: Partial<Vector> = {}) {
  const given = caseOf({ id: 'x', why: '', target, credentials, outcome: '', grants: [], not: {}, reasons: [], ...more })
  return recognise(readRecognitionCase(given), held, () => 'hash').counterfactual
}

test('nothing is better than full', () => expect(changesFor([{}])).toEqual([]))

test('nothing mends a revoked credential, whatever else is wrong', () => {
  expect(changesFor([{ status: 'revoked', eqf: 5 }])).toEqual([])
  expect(changesFor([{ holderMatch: 'mismatch' }])).toEqual([])
})

test('a level within the tolerance', () => {
  expect(changesFor([{ eqf: 5 }])).toEqual([{ change: '/credentials/c1/eqf = 6', wouldGive: 'full' }])
})

test('a level below the tolerance: two steps up give the module, one gives credit', () => {
  expect(changesFor([{ eqf: 4 }])).toEqual([
    { change: '/credentials/c1/eqf = 6', wouldGive: 'full' },
    { change: '/credentials/c1/eqf = 5', wouldGive: 'partial' },
  ])
})

test('two faults are mended together, and one of them leads as far as the other lets it', () => {
  expect(changesFor([{ eqf: 5, assessment: { supervised: false, idVerified: true } }])).toEqual([
    { change: '/credentials/c1/assessment/supervised = true and /credentials/c1/eqf = 6', wouldGive: 'full' },
    { change: '/credentials/c1/assessment/supervised = true', wouldGive: 'partial' },
  ])
})

test('hours without a factor: the factor of the issuer, or more work', () => {
  expect(changesFor([{ workload: [{ value: 125, unit: 'hours', basis: 'total' }] }])).toEqual([
    { change: '/credentials/c1/workload = [{"basis":"total","hoursPerECTS":25,"unit":"hours","value":125}]', wouldGive: 'full' },
    { change: '/credentials/c1/workload = [{"basis":"total","unit":"ECTS","value":5}]', wouldGive: 'full' },
  ])
})

test('one of several outcomes is enough, and the others are not told beside it', () => {
  expect(changesFor([{ matches: { A: 'full', C: 'full' } }])).toEqual([{ change: '/credentials/c1/matches/B = "full"', wouldGive: 'full' }])
})

test('more than three facts are missing: all that are needed and no other', () => {
  const missing = { status: null, holderMatch: null, eqf: null, workload: null, matches: null }
  const [first, ...others] = changesFor([missing])
  expect(others).toEqual([])
  expect(first?.wouldGive).toBe('full')
  expect(first?.change.split(' and ')).toEqual([
    '/credentials/c1/eqf = 6',
    '/credentials/c1/holderMatch = "verified"',
    '/credentials/c1/matches/A = "full"',
    '/credentials/c1/matches/B = "full"',
    '/credentials/c1/status = "valid"',
    '/credentials/c1/workload = [{"basis":"total","unit":"ECTS","value":5}]',
  ])
})

test('participation would count in full as a completed course', () => {
  expect(changesFor([{ awardType: 'participation' }], 'POST')).toEqual([
    { change: '/credentials/c1/awardType = "successful-completion"', wouldGive: 'full' },
  ])
})

test('a conflict of peers is settled by the fact that they dispute', () => {
  expect(changesFor([{}], 'MODULE', { policies: ['CREDIT', 'ADVANCED'] })).toEqual([
    { change: '/credentials/c1/eqf = 7', wouldGive: 'full' },
  ])
})

test('what no fact of a case answers is named by its requirement', () => {
  expect(changesFor([{}], 'MODULE', { policies: ['CREDIT', 'LANGUAGE'] })).toEqual([{ change: 'P2: met', wouldGive: 'full' }])
})
