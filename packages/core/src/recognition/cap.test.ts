/** Caps are never exceeded, whatever is handed in: in all, of prior learning, of one provider, of general hours. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { type RecognitionCase, readRecognitionCase } from './case.ts'
import { convertedCredits } from './convert.ts'
import { readLibrary } from './library.ts'
import { recognise } from './recognise.ts'
import { anyCase } from './vectors/any-case.ts'
import { good, library, need } from './vectors/ground.ts'

const cappedBy = (caps: JsonObject, onFail: string) =>
  readLibrary({
    ...library,
    policies: {
      ...(library.policies as JsonObject),
      CAPS: {
        body: 'LAKE',
        rank: 'unit',
        purpose: 'credit',
        effective: ['2020-01-01', null],
        requirements: [need('Z1', 'cap', onFail, 'note', { params: caps })],
      },
    },
  })
const decide = (given: unknown, caps: JsonObject, onFail = 'reduce') => {
  const json = given as JsonObject & { policies: string[] }
  const read = readRecognitionCase({ ...json, policies: [...json.policies, 'CAPS'] } as Json)
  return { read, decision: recognise(read, cappedBy(caps, onFail), () => 'hash', { counterfactual: false }) }
}

/** What of an amount each group of credentials gave: by its credits. */
function partsOf(amount: number, { credentials }: RecognitionCase, group: (issuer: string) => string): Map<string, number> {
  const credits = credentials.map((each) => convertedCredits(each) ?? 0)
  const sum = credits.reduce((all, each) => all + each, 0)
  const parts = new Map<string, number>()
  credentials.forEach(({ issuer }, at) => {
    const name = group(issuer ?? '')
    parts.set(name, (parts.get(name) ?? 0) + amount * (sum > 0 ? credits[at]! / sum : 1 / credits.length))
  })
  return parts
}

const issuer = fc.constantFrom('COLLEGE-1', 'COLLEGE-2', 'STUDIO')
const ects = fc.constantFrom(1, 2.5, 5, 6)
const matches = fc.constantFrom({ A: 'full', B: 'full', C: 'full' }, { A: 'full', B: 'partial' }, { B: 'full' })
/** Good credentials that differ in who awarded them, how much they are and what they match. */
const goodCase = fc
  .tuple(anyCase, fc.array(fc.record({ issuer, ects, matches }), { minLength: 1, maxLength: 3 }))
  .map(([given, parts]) => ({
    ...given,
    policies: given.policies.slice(0, 1),
    credentials: parts.map((each, at) => ({
      id: `c${at + 1}`,
      ...good[given.target as string],
      ...(given.target === 'MODULE'
        ? { issuer: each.issuer, issueDate: '2023-05-20', matches: each.matches }
        : { title: `Observing ${at}`, competencies: [] }),
      workload: [{ value: each.ects, unit: 'ECTS' }],
    })),
  }))

const most = fc.constantFrom(0, 1, 2.5, 4, 6, 60)
const caps = fc.record({ externalMax: most, rplMax: most, providerMax: most, generalMax: most }, { requiredKeys: [] })

test('no grant goes over any cap, and what is cut is told', () => {
  let cut = 0
  fc.assert(
    fc.property(goodCase, caps, fc.constantFrom('reduce', 'note'), (given, limits, onFail) => {
      const { read, decision } = decide(given, limits as JsonObject, onFail)
      const free = decide(given, {}).decision
      const sum = (grants: typeof decision.grants, unit: string, category?: string) =>
        grants.reduce((all, each) => all + (each.unit === unit && (!category || each.category === category) ? (each.amount ?? 0) : 0), 0)
      const [credits, asked] = [sum(decision.grants, 'ECTS'), sum(free.grants, 'ECTS')]
      const used = read.applicant?.externalCreditUsed ?? 0
      const within = (amount: number, limit: number | undefined) => limit === undefined || amount <= limit + 1e-6
      expect(within(credits, limits.externalMax === undefined ? undefined : Math.max(0, limits.externalMax - used))).toBe(true)
      const general = sum(decision.grants, 'hours', 'general')
      const usedHours = read.applicant?.generalHoursUsed ?? 0
      expect(within(general, limits.generalMax === undefined ? undefined : Math.max(0, limits.generalMax - usedHours))).toBe(true)
      if (limits.providerMax !== undefined) {
        const room = [...partsOf(asked, read, (issuer) => issuer)].reduce((all, [, part]) => all + Math.min(part, limits.providerMax!), 0)
        expect(within(credits, room)).toBe(true)
      }
      if (limits.rplMax !== undefined) {
        const prior = new Set(['STUDIO', 'CENTRE-1', ''])
        const part = partsOf(asked, read, (issuer) => (prior.has(issuer) ? 'prior' : 'accredited'))
        expect(within(credits, (part.get('accredited') ?? asked) + limits.rplMax)).toBe(true)
      }
      if (credits < asked - 1e-6 && decision.outcome !== 'refused' && decision.outcome !== 'needs-human') {
        cut++
        expect(decision.outcome === 'full').toBe(false)
        expect(decision.reasons.some((reason) => reason.endsWith('_CAP'))).toBe(true)
      }
    }),
    { numRuns: 1000, seed: 77 },
  )
  expect(cut).toBeGreaterThan(20)
})

const two = (one: JsonObject, other: JsonObject) => ({
  id: 'two',
  type: 'recognition',
  asOf: '2026-03-01',
  target: 'MODULE',
  policies: ['CREDIT'],
  credentials: [one, other].map((each, at) => ({
    id: `c${at}`,
    awardType: 'successful-completion',
    issueDate: '2025-05-20',
    proof: 'qualified-eseal',
    status: 'valid',
    holderMatch: 'verified',
    eqf: 6,
    assessment: { supervised: true, idVerified: true },
    matches: { A: 'full', B: 'full', C: 'full' },
    ...each,
  })),
})

test('of two providers each gives its part at most: 5 of 6 credits are of one, of which 3 count, and 1 is of the other', () => {
  const given = two(
    { issuer: 'COLLEGE-1', workload: [{ value: 5, unit: 'ECTS' }] },
    { issuer: 'COLLEGE-2', issueDate: '2023-05-20', workload: [{ value: 1, unit: 'ECTS' }] },
  )
  const { decision } = decide(given, { providerMax: 3 })
  expect(decision).toMatchObject({ outcome: 'partial', reasons: ['COMBINED_EVIDENCE', 'PROVIDER_CAP'] })
  expect(decision.grants).toEqual([
    { kind: 'exemption', target: 'MODULE' },
    { kind: 'specified-credit', amount: 4, unit: 'ECTS', target: 'MODULE' },
  ])
})

test('prior learning beside accredited learning is capped for its part', () => {
  const given = two(
    { issuer: 'COLLEGE-1', workload: [{ value: 3, unit: 'ECTS' }] },
    { issuer: 'COLLEGE-2', issueDate: '2024-06-01', workload: [{ value: 3, unit: 'ECTS' }] },
  )
  // The accreditation of the second college ended six years after 2018-03-01: what it awarded later is prior learning, and is referred for that besides.
  const { decision } = decide({ ...given, policies: ['OLD'] }, { rplMax: 1 })
  expect(decision.grants).toEqual([
    { kind: 'exemption', target: 'MODULE' },
    { kind: 'specified-credit', amount: 4, unit: 'ECTS', target: 'MODULE' },
  ])
})
