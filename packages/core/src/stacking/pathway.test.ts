/** Pathways over facts of credentials: predicates, what runs out first, and a receipt that is checked against its parts (domain rules 3.2, 3.4). */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { canonicalJson } from '../canonical-json.ts'
import type { StackReceipt } from '../declaration.ts'
import type { Json } from '../json.ts'
import type { Report } from '../report.ts'
import { checkReceipt } from './check-receipt.ts'
import { answerPathway, firstToExpire } from './first-to-expire.ts'
import { pathwayProblems, readPathway } from './pathway.ts'
import { countedAs, isHeld, missedBy, type StackingFacts, stackingFacts } from './stacking-facts.ts'

const body = 'urn:uuid:00000000-0000-4000-8000-000000000001'
const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
const given = {
  title: { en: 'Coastal work' },
  body,
  slots: [
    { id: 'core', title: { en: 'Core' }, takes: { providers: [body] }, minCredits: 6 },
    { id: 'weather', title: { en: 'Weather' }, takes: { fields: ['05'], levelMin: 5 }, minCredits: 4, currencyYears: 5 },
  ],
  rules: { totalMin: 10 },
}
const pathway = readPathway(given)
const report = (id: string, more: { issuer: string; ects: number; fields?: string[]; until?: string }): Report => ({
  format: 'elm-jades',
  verdict: 'valid',
  results: { seal: 'passed', issuer: 'passed', validity: 'passed', status: 'passed' },
  findings: [],
  registry: { id: more.issuer, legalName: 'Somebody' },
  at: '2026-05-12T00:00:00Z',
  view: {
    id,
    title: id,
    learner: 'Ana',
    awardingBody: '',
    issuer: '',
    issued: '2026-05-01T00:00:00Z',
    awardDate: '2026-05-01',
    ...(more.until ? { validUntil: more.until } : {}),
    language: 'en',
    outcomes: ['Reads a map'],
    workload: { ects: more.ects },
    level: { eqf: 5 },
    assessments: [{ title: 'Test' }],
    participation: [],
    qualityAssurance: [],
    fields: (more.fields ?? []).map((code) => ({ code, label: code })),
  },
})
const reports = [
  report('a', { issuer: body, ects: 6, until: '2028-01-01' }),
  report('b', { issuer: 'urn:other', ects: 4, fields: ['0532'] }),
]
const facts: StackingFacts[] = reports.map(stackingFacts)

test('every member of a predicate has to be met, by any one of its entries', () => {
  expect(missedBy({}, facts[0]!)).toBeUndefined()
  expect(missedBy({ providers: ['urn:x', body], outcomes: ['A MAP'] }, facts[0]!)).toBeUndefined()
  expect(missedBy({ providers: [body], fields: ['05'] }, facts[0]!)).toBe('fields')
  expect(missedBy({ fields: ['06', '053'], levelMin: 5 }, facts[1]!)).toBeUndefined()
  expect(missedBy({ levelMin: 6 }, facts[1]!)).toBe('levelMin')
  expect(missedBy({ achievements: ['urn:x'] }, facts[1]!)).toBe('achievements')
  expect(missedBy({ tags: ['badge'] }, facts[1]!)).toBe('tags')
  expect(countedAs(pathway, facts[0]!)).toMatchObject({ provider: 'OWN', tags: ['slot:core'] })
  expect(countedAs(pathway, facts[1]!)).toMatchObject({ provider: 'urn:other', tags: ['slot:weather'] })
})

test('an achievement is held where it counts and is young enough for every slot: what is too old for one may be taken again', () => {
  const [a, b] = facts.map((each) => ({ ...each, achievement: `urn:of-${each.id}` })) as [StackingFacts, StackingFacts]
  expect(isHeld(pathway, [a, b], 'urn:of-a', '2026-06-01')).toBe(true)
  expect(isHeld(pathway, [b], 'urn:of-a', '2026-06-01')).toBe(false)
  expect(isHeld(pathway, [a], 'urn:of-a', '2028-01-02')).toBe(false)
  expect(isHeld(pathway, [b], 'urn:of-b', '2031-05-01')).toBe(true)
  expect(isHeld(pathway, [b], 'urn:of-b', '2031-05-02')).toBe(false)
  expect(isHeld(pathway, [{ ...a, assessed: false }], 'urn:of-a', '2026-06-01')).toBe(false)
  expect(isHeld(pathway, [{ ...a, status: 'unknown' }], 'urn:of-a', '2026-06-01')).toBe(false)
  expect(answerPathway(pathway, [a], '2026-06-01')).not.toHaveProperty('plans')
})

test('what contradicts itself is a problem with its place', () => {
  const codes = (change: object) => pathwayProblems({ ...given, ...change } as unknown as Json).map(({ code, pointer }) => [code, pointer])
  expect(codes({})).toEqual([])
  const [core, weather] = given.slots
  expect(codes({ slots: [core, core] })).toEqual([['stacking.id-twice', '/slots/1/id']])
  expect(
    codes({
      slots: [
        { ...core, afterSlots: ['weather'] },
        { ...weather, afterSlots: ['core'] },
      ],
    })[0]?.[0],
  ).toBe('stacking.slots-cyclic')
  expect(codes({ slots: [{ ...core, afterSlots: ['nowhere'] }] })).toEqual([['stacking.slot-unknown', '/slots/0/afterSlots/0']])
  expect(codes({ slots: [{ ...core, minCredits: -1 }] })).toEqual([['input.invalid', '/slots/0/minCredits']])
  expect(codes({ slots: [{ ...core, colour: 'red' }] })).toEqual([['input.invalid', '/slots/0/colour']])
})

test('only what is known to be good and has not ended counts; what runs out first is told with what it breaks', () => {
  const answer = answerPathway(pathway, facts, '2026-06-01')
  expect(answer).toMatchObject({ eligible: true, assignment: { a: 'core', b: 'weather' } })
  expect(firstToExpire(pathway, facts, answer)).toEqual({ id: 'a', lastDay: '2028-01-01', gaps: expect.any(Array) })
  expect(firstToExpire(pathway, facts, answer)?.gaps.map(({ goal }) => goal)).toEqual(expect.arrayContaining(['slot:core', 'totalMin']))
  expect(answerPathway(pathway, facts, '2028-01-02').eligible).toBe(false)
  // Of somebody who is not there yet, what was missing anyhow is not broken by it.
  const short = [facts[0]!]
  const goals = firstToExpire(pathway, short, answerPathway(pathway, short, '2026-06-01'))?.gaps.map(({ goal }) => goal)
  expect(goals).toEqual(expect.arrayContaining(['slot:core', 'totalMin']))
  expect(goals).not.toContain('slot:weather')
  const revoked = { ...facts[1]!, status: 'revoked' as const }
  expect(answerPathway(pathway, [facts[0]!, revoked], '2026-06-01').eligible).toBe(false)
})

test('a receipt holds against its very parts, and each thing that was changed in it is named', () => {
  const asOf = '2026-06-01'
  const receipt: StackReceipt = {
    kind: 'stack-receipt',
    learner: 'Ana',
    pathway: { id: 'urn:uuid:1', hash: hash(canonicalJson(pathway as unknown as Json)), content: pathway },
    asOf,
    parts: facts.map(({ id, title }) => ({ id, title, issuer: '', digest: `digest-${id}` })),
    facts: facts.map((each) => countedAs(pathway, each)),
    answer: answerPathway(pathway, facts, asOf),
    decidedAt: `${asOf}T10:00:00Z`,
    decidedBy: 'Olga',
  }
  const parts = reports.map((each) => ({ report: each, digest: `digest-${each.view!.id}` }))
  const codes = (change: Partial<StackReceipt>, held = parts) => checkReceipt({ ...receipt, ...change }, held, hash).map(({ code }) => code)
  expect(codes({})).toEqual([])
  expect(codes({}, parts.slice(1))).toEqual(['part-missing'])
  expect(codes({}, [{ ...parts[0]!, digest: 'other' }, parts[1]!])).toEqual(['part-other'])
  expect(codes({}, [{ ...parts[0]!, report: { ...reports[0]!, verdict: 'indeterminate' } }, parts[1]!])).toEqual(['part-not-valid'])
  expect(codes({ learner: 'Eva' })).toEqual(['part-of-another', 'part-of-another'])
  const easier = { ...pathway, rules: { totalMin: 1 } }
  expect(codes({ pathway: { ...receipt.pathway, content: easier } })).toContain('pathway-hash')
  const richer = receipt.facts.map((each) => ({ ...each, credits: 30 }))
  expect(codes({ facts: richer })).toEqual(expect.arrayContaining(['part-facts', 'assignment']))
  expect(codes({ parts: receipt.parts.slice(1) })).toContain('part-facts')
  expect(codes({ answer: { ...receipt.answer, assignment: { a: 'weather', b: 'core' } } })).toContain('assignment')
  expect(codes({ answer: { ...receipt.answer, eligible: false } })).toContain('assignment')
  // Told truly, and yet no award was to be had.
  const short = {
    parts: receipt.parts.slice(0, 1),
    facts: receipt.facts.slice(0, 1),
    answer: answerPathway(pathway, facts.slice(0, 1), asOf),
  }
  expect(codes(short)).toEqual(['assignment'])
  // The larger credential, where it is handed in with its parts.
  const larger = { report: report('larger', { issuer: body, ects: 10 }), digest: 'digest-larger' }
  const changed = (change: Partial<Report>) => [...parts, { ...larger, report: { ...larger.report, ...change } }]
  const award = 'larger'
  expect(codes({ award })).toEqual([])
  expect(codes({ award }, [...parts, larger])).toEqual([])
  expect(codes({ award: 'another' }, [...parts, larger])).toEqual(['award-other'])
  expect(codes({ award }, changed({ verdict: 'invalid' }))).toEqual(['award-not-valid'])
  expect(codes({ award }, changed({ registry: { id: 'urn:other', legalName: 'Somebody' } }))).toEqual(['award-other-body'])
  expect(codes({ award }, changed({ view: { ...larger.report.view!, learner: 'Eva' } }))).toEqual(['award-of-another'])
  const { view: _, ...unread } = larger.report
  expect(codes({ award }, [...parts, { ...larger, report: { ...unread, verdict: 'invalid' } }])).toEqual(['award-other'])
})
