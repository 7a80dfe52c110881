/** Accreditation on the day of issue (domain rules, 6.2), on a registry in the shape of DEQAR. */
import { sampleAccreditations } from '@cairn/testkit'
import { describe, expect, test } from 'vitest'
import type { AwardScope } from '../award-scope.ts'
import type { Json } from '../json.ts'
import { judgeAccreditation, snapshotAbout } from './judge-accreditation.ts'
import { readDeqar } from './read-deqar.ts'

const file = sampleAccreditations({ identifier: 'VATCZ-1', name: 'University of the Lakes' })
const snapshot = readDeqar(file as unknown as Json)
const scope = (change: Partial<AwardScope> = {}): AwardScope => ({
  titles: ['Data Literacy'],
  levels: [6],
  fields: ['0613'],
  places: ['CZ'],
  bodies: [{ identifiers: ['vat CZ1'] }],
  ...change,
})
const standing = (change: Partial<AwardScope> = {}, on = '2026-05-12', today = '2026-11-26', of = snapshot) =>
  judgeAccreditation(of, scope(change), on, today).standing
const changed = (change: Record<string, unknown>, records = snapshot.records) => ({
  ...snapshot,
  records: records.map((record) => (record.id.endsWith('/101') ? { ...record, ...change } : record)),
})
const faculty = { bodies: [{ identifiers: ['VATXX-2'] }] }

describe('6.2 the day', () => {
  test('covered while it holds, both days included; not before, not after', () => {
    expect(standing()).toBe('covered')
    expect([standing({}, '2024-01-01'), standing({}, '2030-12-31', '2030-12-31')]).toEqual(['covered', 'covered'])
    expect(standing({}, '2023-12-31')).toBe('not-then')
    expect(standing({}, '2031-01-01', '2031-01-01')).toBe('not-then')
  })
  test('what ended since is still fine, and is said', () => {
    expect(judgeAccreditation(snapshot, scope(), '2026-05-12', '2031-06-01')).toMatchObject({ standing: 'ended-since', outcome: 'passed' })
  })
  test('a report without an end counts six years, as DEQAR counts', () => {
    const was = { bodies: [{ identifiers: ['VATXX-3'] }] }
    expect([standing(was, '2024-03-01', '2024-03-01'), standing(was, '2024-03-02', '2024-03-02')]).toEqual(['covered', 'not-then'])
    expect(snapshot.records.find(({ id }) => id.endsWith('/103'))).toMatchObject({ to: '2024-03-01', toAssumed: true })
  })
})

describe('6.2 level, field and place', () => {
  test('outside of a limit fails; a limit that the document says nothing about stays unknown', () => {
    for (const [limits, inside, outside] of [
      [{ levels: [6, 7] }, {}, { levels: [5] }],
      [{ fields: ['06'] }, {}, { fields: ['0811'] }],
      [{ places: ['CZ', 'SK'] }, {}, { places: ['DE'] }],
    ] as const) {
      expect(standing(inside, undefined, undefined, changed(limits))).toBe('covered')
      expect(standing(outside, undefined, undefined, changed(limits))).toBe('outside')
      const [name] = Object.keys(limits) as ['levels' | 'fields' | 'places']
      expect(standing({ [name]: [] }, undefined, undefined, changed(limits))).toBe('scope-unknown')
    }
  })
  test('below higher education the registry is silent, which is no failure', () => {
    expect(judgeAccreditation(snapshot, scope({ levels: [4] }), '2026-05-12', '2026-11-26')).toMatchObject({
      standing: 'silent',
      outcome: 'unknown',
    })
  })
})

describe('6.2 the body', () => {
  test('a body is known by a number, never by its name', () => {
    expect(standing({ bodies: [{ identifiers: [], name: 'University of the Lakes' }] })).toBe('body-unknown')
    expect(standing({ bodies: [{ id: 'DEQARINST0001', identifiers: [] }] })).toBe('covered')
  })
  test('what stands above it speaks for it while it did, and what it absorbed since it did', () => {
    expect(standing(faculty)).toBe('covered')
    expect(standing(faculty, '2014-06-01')).toBe('silent')
    expect(standing({}, '2023-12-31')).toBe('not-then')
    const absorbed = { ...snapshot, records: snapshot.records.filter(({ id }) => !id.endsWith('/101')) }
    absorbed.records = absorbed.records.map((record) => (record.id.endsWith('/103') ? { ...record, to: '2026-12-31' } : record))
    expect(standing({}, '2025-05-31', undefined, absorbed)).toBe('silent')
    expect(standing({}, '2025-06-01', undefined, absorbed)).toBe('covered')
  })
  test('voluntary, flagged and negative reports accredit nobody', () => {
    expect(standing({ bodies: [{ identifiers: ['VATXX-4'] }] })).toBe('silent')
  })
})

test('6.2 a programme is accredited by its own name, for its level and place, and with its conditions', () => {
  const alone = { ...snapshot, records: snapshot.records.filter(({ id }) => !id.endsWith('/101')) }
  const of = (change: Partial<AwardScope>) => standing({ ...faculty, ...change }, undefined, undefined, alone)
  expect(of({ titles: ['hydrology '], levels: [7] })).toBe('with-conditions')
  expect(of({ titles: ['Hydrology'], levels: [6] })).toBe('outside')
  expect(of({ titles: ['Hydrology'], levels: [7], places: ['AT'] })).toBe('outside')
  expect(of({ titles: ['Other'], levels: [7] })).toBe('silent')
})

/** Every body of a registry, asked for by each of its numbers. */
function compareParts(whole: typeof snapshot): void {
  for (const body of whole.bodies)
    for (const number of [body.id, ...body.identifiers]) {
      const part = snapshotAbout(whole, [number])
      expect(part.bodies).toContain(body)
      for (const on of ['2014-06-01', '2023-12-31', '2026-05-12']) {
        const asked = [scope({ bodies: [{ identifiers: [number] }] }), on, '2026-11-26'] as const
        expect(judgeAccreditation(part, ...asked)).toEqual(judgeAccreditation(whole, ...asked))
      }
      const ids = new Set(part.bodies.map(({ id }) => id))
      for (const record of whole.records) expect(part.records.includes(record)).toBe(record.bodies.some((id) => ids.has(id)))
    }
}

test('the part of a registry about a body judges as the whole does, and holds nobody else', () => {
  // Without its own record the body rests on those of what it absorbed.
  const absorbed = { ...snapshot, records: snapshot.records.filter(({ id }) => !id.endsWith('/101')) }
  absorbed.records = absorbed.records.map((record) => (record.id.endsWith('/103') ? { ...record, to: '2026-12-31' } : record))
  for (const whole of [snapshot, absorbed]) compareParts(whole)
  expect(snapshotAbout(snapshot, ['nobody'])).toMatchObject({ bodies: [], records: [] })
  expect(snapshotAbout(snapshot, ['vat cz-1']).bodies).toEqual(snapshotAbout(snapshot, ['VATCZ1']).bodies)
})

test('a file that is none is refused with its place', () => {
  expect(() => readDeqar({ ...file, reports: [{ id: 1 }] } as unknown as Json)).toThrowError(
    expect.objectContaining({ problem: expect.objectContaining({ pointer: '/reports/0/institutions' }) }),
  )
  expect(() => readDeqar([])).toThrow('input.invalid')
})
