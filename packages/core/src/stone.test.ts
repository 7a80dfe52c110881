import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AchievementSpecification } from './specification.ts'
import { drawStone, type StoneFacts, stoneOf } from './stone.ts'

const facts: StoneFacts = {
  id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  title: 'Data Literacy 101',
  field: '06',
  eqf: 5,
  ects: 3,
  outcomes: 4,
}
const count = (text: string, part: string) => text.split(part).length - 1

test('the same facts give the same stone, another id another one', () => {
  expect(drawStone(facts)).toEqual(drawStone({ ...facts }))
  expect(drawStone({ ...facts, id: 'urn:uuid:00000000-0000-4000-8000-000000000002' }).svg).not.toBe(drawStone(facts).svg)
})

test('a stone always has its words', () => {
  expect(drawStone(facts).label).toBe('Stone for Data Literacy 101: 3 ECTS, EQF 5, field ICT')
  expect(drawStone({ id: 'x', title: 'A walk', hours: 2, outcomes: 0 }).label).toBe('Stone for A walk: 2 hours')
  expect(drawStone({ id: 'x', title: 'A walk', outcomes: 0 }).label).toBe('Stone for A walk')
})

test('as many layers as the level, as many notches as outcomes, no ids, the field as its colour', () => {
  for (const eqf of [1, 4, 8])
    for (const outcomes of [0, 1, 12]) {
      const { svg } = drawStone({ ...facts, eqf, outcomes })
      expect(count(svg, 'stroke-opacity')).toBe(eqf)
      expect(count(svg, 'stroke-width="2.4"')).toBe(outcomes)
      expect(svg).toContain('fill="#7ea9d5"')
      expect(svg).not.toMatch(/\bid=|url\(|href|style=|NaN|undefined/)
    }
})

test('width grows with the workload', () => {
  const width = (hours: number) => {
    const xs = [...(/<path d="([^"]+)"/.exec(drawStone({ ...facts, ects: 0, hours }).svg)?.[1] ?? '').matchAll(/(-?[\d.]+) -?[\d.]+/g)].map(
      (m) => Number(m[1]),
    )
    return Math.max(...xs) - Math.min(...xs)
  }
  const widths = [1, 5, 25, 150, 1500].map(width)
  expect(widths).toEqual([...widths].sort((a, b) => a - b))
  expect(width(1500)).toBeGreaterThan(1.7 * width(1))
})

test('any facts make well-formed SVG inside its frame', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
      fc.option(fc.double({ min: 0.25, max: 20_000, noNaN: true }), { nil: undefined }),
      fc.integer({ min: 0, max: 60 }),
      (id, title, eqf, hours, outcomes) => {
        const { svg } = drawStone({ id, title, outcomes, ...(eqf && { eqf }), ...(hours && { hours }) })
        expect(svg).toMatch(
          /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 240 160" role="img"><title>[^<>]*<\/title>(<path [^<>]*\/>)+<\/svg>$/,
        )
        for (const [, d] of svg.matchAll(/ d="([^"]+)"/g)) {
          const numbers = d!.match(/-?\d+(\.\d+)?/g)!.map(Number)
          for (const [index, value] of numbers.entries())
            expect(value >= -4 && value <= (index % 2 ? 164 : 244), `${value} in ${d}`).toBe(true)
        }
      },
    ),
  )
})

test('the facts come from the specification', () => {
  const specification = AchievementSpecification.parse({
    id: facts.id,
    kind: 'micro-credential',
    title: { cs: 'Data', en: 'Data Literacy 101' },
    primaryLanguage: 'en',
    fields: ['http://data.europa.eu/snb/isced-f/0612'],
    level: { eqf: 5 },
    workload: { ects: 3, hours: 80 },
    outcomes: [{ key: 'a', title: { en: 'Clean data' } }],
  })
  expect(stoneOf(specification, 'urn:uuid:00000000-0000-4000-8000-00000000000a')).toEqual({
    id: 'urn:uuid:00000000-0000-4000-8000-00000000000a',
    title: 'Data Literacy 101',
    field: '06',
    eqf: 5,
    ects: 3,
    hours: 80,
    outcomes: 1,
  })
})
