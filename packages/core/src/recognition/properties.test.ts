/** Domain 2.3, 9 and 10: order-free, the same bytes, never worse by more evidence; and a counterfactual gives what it says. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Json, type JsonObject, parseJson } from '../json.ts'
import { type RecognitionCase, readRecognitionCase } from './case.ts'
import { readLibrary } from './library.ts'
import { type Decision, recognise } from './recognise.ts'
import { anyCase, changes, type Loose } from './vectors/any-case.ts'
import { good, library } from './vectors/ground.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
const held = readLibrary(library)
const decideOn = (given: unknown, over = held): Decision => recognise(readRecognitionCase(given as Json), over, hash)
const bytesOf = (given: unknown, over = held) => JSON.stringify(decideOn(given, over))
const standing = { refused: 0, 'needs-human': 1, conditional: 2, partial: 3, full: 4 }

const turned = <T>(list: readonly T[], by: number): T[] =>
  [...list.slice(by % (list.length || 1)), ...list.slice(0, by % (list.length || 1))].reverse()
/** Every object with its members, and every list that means a set, in another order; readings of a workload keep theirs. */
function shuffled(value: unknown, by: number, name = ''): unknown {
  if (Array.isArray(value)) {
    const inner = value.map((each) => shuffled(each, by))
    return ['workload', 'effective', 'period'].includes(name) ? inner : turned(inner, by)
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(turned(Object.entries(value), by).map(([key, each]) => [key, shuffled(each, by, key)]))
}

const options = { numRuns: 400, seed: 20_251 }

describe('recognition', () => {
  test('D 2.3 (9): the order of anything handed in changes no byte', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(5), (given, by) => {
        const decision = decideOn(given)
        // The policies in another order have other hashes only where a list in them is turned; so facts alone are turned with the same library.
        expect(bytesOf(shuffled(given, by))).toBe(JSON.stringify(decision))
        const { policies: _, ...answer } = decision
        const { policies: __, ...other } = decideOn(given, readLibrary(shuffled(library, by) as Json))
        expect(JSON.stringify(other)).toBe(JSON.stringify(answer))
      }),
      options,
    )
  })

  test('D 2.3 (10): the same facts and policies give the same bytes, in another copy too', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        expect(bytesOf(structuredClone(given), readLibrary(parseJson(JSON.stringify(library))))).toBe(bytesOf(given))
      }),
      options,
    )
  })

  test('grants are empty where nothing is given, conditions where none is set, and reasons tell what did not pass', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { outcome, sub, grants, conditions, findings, reasons, verdicts } = decideOn(one)
        const given = outcome !== 'refused' && outcome !== 'needs-human'
        // Of a credit without a name a cap may leave nothing.
        if (!given || !reasons.includes('EXTERNAL_CREDIT_CAP')) expect(grants.length > 0).toBe(given)
        expect(conditions.length > 0).toBe(outcome === 'conditional')
        expect(sub !== undefined).toBe(outcome === 'needs-human')
        expect(findings.map(({ requirement }) => requirement)).toEqual(Object.keys(verdicts))
        if (outcome !== 'full') expect(reasons.length).toBeGreaterThan(0)
        for (const list of [reasons, conditions]) expect([...list].sort()).toEqual([...new Set(list)])
      }),
      options,
    )
  })

  // What becomes known may also show that a critical skill has expired, or that an outcome was recognised before: that is no better evidence.
  const favourable = (target: string): JsonObject => ({
    ...good[target],
    validUntil: '2030-01-01',
    ...(target === 'CRAFT' ? { elements: ['X1', 'X2'] } : {}),
  })
  test('D 2.3 (9): a fact that becomes known for good never worsens the outcome', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), (given, pick) => {
        const unknown = given.credentials.flatMap((each, at) =>
          Object.keys(changes).flatMap((name) =>
            each[name] === null &&
            !(name === 'skills' && each.validUntil === '2026-01-01') &&
            !(name === 'issueDate' && JSON.stringify(given.applicant).includes('Observing')) &&
            !(name === 'matches' && JSON.stringify(given.applicant).includes('"recognisedOutcomes":["')) &&
            favourable(String(given.target))[name] != null
              ? [[at, name] as const]
              : [],
          ),
        )
        if (unknown.length === 0) return
        const [at, name] = unknown[pick % unknown.length]!
        const better = structuredClone(given)
        better.credentials[at]![name] = favourable(String(given.target))[name]
        const [before, after] = [decideOn(given), decideOn(better)]
        expect(
          standing[after.outcome],
          `${name} of c${at + 1}: ${before.outcome} ${before.reasons} became ${after.outcome} ${after.reasons}`,
        ).toBeGreaterThanOrEqual(standing[before.outcome])
      }),
      { ...options, numRuns: 1500 },
    )
  })

  test('D 2.3 (9): one more credential that meets everything never worsens the outcome', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const larger = structuredClone(given)
        larger.credentials.push({ id: 'c9', ...favourable(String(given.target)), title: 'Observing storms', eqf: 7 })
        const [before, after] = [decideOn(given), decideOn(larger)]
        expect(
          standing[after.outcome],
          `${before.outcome} ${before.reasons} became ${after.outcome} ${after.reasons}`,
        ).toBeGreaterThanOrEqual(standing[before.outcome])
      }),
      options,
    )
  })

  test('a counterfactual gives what it says, and with any one setting less it does not', () => {
    let tried = 0
    let together = 0
    fc.assert(
      fc.property(anyCase, (given) => {
        for (const { change, wouldGive } of decideOn(given).counterfactual) {
          const settings = change.split(' and ')
          if (settings.some((each) => each.endsWith(': met'))) continue
          tried++
          expect(afterChanges(given, settings).outcome, change).toBe(wouldGive)
          expect(standing[wouldGive]).toBeGreaterThan(standing[decideOn(given).outcome])
          if (settings.length === 1) continue
          together++
          for (const left of settings) {
            const { outcome } = afterChanges(
              given,
              settings.filter((each) => each !== left),
            )
            expect(standing[outcome], `${change}, without ${left}`).toBeLessThan(standing[wouldGive])
          }
        }
      }),
      options,
    )
    expect(tried).toBeGreaterThan(200)
    expect(together).toBeGreaterThan(50)
  })
})

/** The case with the changes read back from their text. */
function afterChanges(given: Loose, settings: readonly string[]): Decision {
  // Values that two credentials share are copied for each: a clone would keep them one.
  const changed = JSON.parse(JSON.stringify(given)) as Loose & { agreements: string[] }
  const records: Json[] = []
  for (const setting of settings) {
    const [path, ...value] = setting.split(' = ')
    const json = parseJson(value.join(' = '))
    const [, head, id, ...rest] = path!.split('/')
    if (head === 'accreditationRegistry') {
      records.push(json)
      continue
    }
    let place = changed.credentials.find((each) => each.id === id)! as Record<string, unknown>
    for (const step of rest.slice(0, -1)) {
      place[step] ??= {}
      place = place[step] as Record<string, unknown>
    }
    place[rest.at(-1)!] = json
  }
  const registry = [...(library.accreditationRegistry as Json[]), ...records]
  return decideOn(changed, readLibrary({ ...library, accreditationRegistry: registry }))
}

test('the type of a case is what the schema reads', () => {
  const given: RecognitionCase = readRecognitionCase({
    id: 'x',
    type: 'recognition',
    asOf: '2026-03-01',
    credentials: [{ id: 'c' }],
    target: 'MODULE',
    policies: ['CREDIT'],
  })
  expect(recognise(given, held, hash)).toMatchObject({ outcome: 'needs-human', sub: 'judgement' })
})
