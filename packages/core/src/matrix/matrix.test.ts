/** The acceptance matrix and what is read from it (domain 5, 1.3): by hand on small worlds, and by properties on random ones. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { ProblemError } from '../problems.ts'
import { type RecognitionCase, readRecognitionCase } from '../recognition/case.ts'
import { readLibrary } from '../recognition/library.ts'
import { acceptanceMatrix, columnsFor, matrixRows } from './acceptance-matrix.ts'
import { ask } from './ask.ts'
import { withOnly } from './certificate-with.ts'
import { type FeatureId, featureIds } from './features.ts'
import { forecast } from './forecast.ts'
import { draftGuideline } from './guideline.ts'
import { outlierRules, rareRules } from './outlier-rules.ts'
import { readAcceptance } from './read-acceptance.ts'
import { referenceCase, referenceCertificateIds } from './reference-certificates.ts'
import { smallestProfiles } from './smallest-profile.ts'
import { anyWorld, certificateOf, policyWith, rule } from './vectors/worlds.ts'

const post = { P: { body: 'NOBODY', competencies: ['OBS-1'] } }
const targets = {
  module: { body: 'ANY', credits: 5, outcomes: [] },
  post: { body: 'ANY', competencies: ['OBS-1'] },
  vet: { body: 'ANY', elements: ['e'] },
  job: { body: 'ANY', essential: ['s'] },
}
const purposes = { module: 'credit', post: 'career-progression', vet: 'vet-accreditation', job: 'employment' }
const libraryOf = (policies: JsonObject, targets: JsonObject = post) => readLibrary({ policies, targets } as Json)
const read = (changes: JsonObject = {}, more: JsonObject = {}): RecognitionCase => readRecognitionCase(certificateOf('c', changes, more))

const reference = rule('formal-marks', 'evidence', { need: ['reference'] })
const hours = rule('min-hours', 'refuse', {})
/** Five policies: two take everything, two need a reference number, one needs it and forty hours. */
const five = {
  A: policyWith([rule('holder-match', 'refuse', {})]),
  B: policyWith([rule('holder-match', 'refuse', {})]),
  C: policyWith([reference]),
  D: policyWith([reference]),
  E: policyWith([reference, hours], { minHours: 40 }),
}

test('cells, totals and the table', () => {
  const matrix = acceptanceMatrix([read()], libraryOf(five))
  expect(matrix.rows[0]).toMatchObject({ asked: 5, accepts: 2, asks: 2, refuses: 1 })
  expect(matrix.rows[0]!.cells.map(({ verdict }) => verdict)).toEqual(['accepts', 'accepts', 'asks', 'asks', 'refuses'])
  expect(matrixRows(matrix)).toEqual([
    ['certificate', 'A', 'B', 'C', 'D', 'E', 'accept', 'ask', 'refuse', 'of'],
    ['c', 'full', 'full', 'needs-human', 'needs-human', 'refused', '2', '2', '1', '5'],
  ])
})

test('a policy of another purpose, or not in force, is not asked; laws that the case lists apply along', () => {
  const library = libraryOf({
    ...five,
    X: { ...policyWith([reference]), purpose: 'credit' },
    Y: { ...policyWith([reference]), effective: ['2020-01-01', '2021-01-01'] },
    LAW: { body: 'REALM', rank: 'law', effective: ['2020-01-01', null], forbidsRefusalOn: ['min-hours'] },
  })
  const row = acceptanceMatrix([read({ marks: { reference: 'R-1' } }, { policies: ['LAW'] })], library).rows[0]!
  expect(row).toMatchObject({ asked: 5, accepts: 5 })
  expect(row.cells.filter(({ verdict }) => verdict === 'not-asked')).toHaveLength(2)
})

test('a body is asked for its own targets, and the best answer counts', () => {
  const own = { ...policyWith([rule('competency-link', 'refuse', {})]), body: 'SKY' }
  const targets = { ...post, S1: { body: 'SKY', competencies: ['X'] }, S2: { body: 'SKY', competencies: ['OBS-1'] } }
  const library = libraryOf({ Q: own }, targets)
  expect(acceptanceMatrix([read()], library).rows[0]!.cells[0]).toMatchObject({ verdict: 'accepts', target: 'S2' })
})

test('forecast: who accepts, and what a reference number would add', () => {
  expect(forecast(read(), libraryOf(five))).toEqual({
    asked: 5,
    accepts: 2,
    asks: 2,
    refuses: 1,
    gains: [
      { feature: 'reference-number', adds: 2, policies: ['C', 'D'] },
      { feature: 'electronic-seal', adds: 2, policies: ['C', 'D'] },
    ],
  })
})

test('the smallest profile, proven: two policies need nothing, four a reference number, the fifth more hours than there are', () => {
  const [eighty, all] = smallestProfiles(read(), libraryOf(five), [0.8, 1])
  expect(eighty).toMatchObject({ needed: 4, accepts: 4, reached: true })
  // Hours are granted, so they have to be told; without a link to the competencies they are general ones, and without factors every type counts.
  expect(eighty!.features).toEqual(['reference-number', 'workload'])
  expect(eighty!.proof.most).toBeLessThan(4)
  expect(all).toMatchObject({ reached: false, accepts: 4, needed: 5 })
})

test('outliers: a rule that alone keeps out what the others accept, and a rule nobody else has', () => {
  const library = libraryOf({
    ...Object.fromEntries(['A', 'B', 'C', 'D', 'E'].map((id) => [id, policyWith([rule('holder-match', 'refuse', {})])])),
    F: policyWith([rule('formal-marks', 'evidence', { need: ['seal'] }), reference]),
    Z: policyWith([{ ...rule('mode-in', 'refuse', { modes: ['presential'] }), id: 'Z-mode' }]),
  })
  const given = [read({ mode: 'online' })]
  const matrix = acceptanceMatrix(given, library)
  expect(outlierRules(matrix, given, library)).toEqual([
    { policy: 'Z', requirement: 'Z-mode', kind: 'mode-in', certificates: ['c'], acceptedElsewhere: 0.8333 },
  ])
  expect(rareRules(matrix, library)).toEqual([
    { policy: 'F', kind: 'formal-marks' },
    { policy: 'Z', kind: 'mode-in' },
  ])
})

test('the guideline has the numbers filled in, and keys for translation', () => {
  const library = libraryOf(five)
  const given = [read()]
  const matrix = acceptanceMatrix(given, library)
  const lines = draftGuideline({
    matrix,
    profiles: [{ certificate: 'c', profiles: smallestProfiles(given[0]!, library, [0.8]) }],
    forecasts: new Map([['c', forecast(given[0]!, library)]]),
    outliers: [],
    rare: [],
  })
  expect(lines.map(({ text }) => text)).toContain('On certificate c, adding a reference number would raise acceptance from 2 to 4 of 5.')
  expect(lines.every(({ key, text }) => key.startsWith('guideline.') && !text.includes('{'))).toBe(true)
})

test('nothing to ask, two of one id, and a target that is not there are problems', () => {
  const codeOf = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      if (error instanceof ProblemError) return error.problem.code
      throw error
    }
    return undefined
  }
  expect(codeOf(() => smallestProfiles(read(), libraryOf({})))).toBe('matrix.nothing-asked')
  expect(codeOf(() => acceptanceMatrix([read(), read()], libraryOf(five)))).toBe('input.invalid')
  expect(codeOf(() => acceptanceMatrix([read({}, { target: 'Q' })], libraryOf(five)))).toBe('input.invalid')
})

test('everything at once is what each part gives alone, and every step is told', () => {
  const library = libraryOf(five)
  const given = [read(), readRecognitionCase({ ...certificateOf('d', {}), type: 'recognition' })]
  const steps: string[] = []
  const found = readAcceptance(given, library, { profilesOf: new Set(['c']), told: (done, of) => steps.push(`${done}/${of}`) })
  expect(found.matrix).toEqual(acceptanceMatrix(given, library))
  expect(found.forecasts).toEqual({ c: forecast(given[0]!, library), d: forecast(given[1]!, library) })
  expect(found.profiles).toEqual([{ certificate: 'c', profiles: smallestProfiles(given[0]!, library) }])
  expect(steps).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5'])
})

test.each(Object.keys(targets) as (keyof typeof targets)[])(
  'reference certificates can be asked about a %s, and tell less and less',
  (form) => {
    const library = readLibrary({
      policies: { A: { ...policyWith([rule('holder-match', 'refuse', {})]), purpose: purposes[form] } },
      targets: { T: targets[form] },
    } as Json)
    const given = referenceCertificateIds.map((id) => referenceCase(id, { asOf: '2026-05-01', target: 'T', form }))
    expect(acceptanceMatrix(given, library).rows.every(({ asked }) => asked === 1)).toBe(true)
  },
)

describe('properties', () => {
  const masks = fc.integer({ min: 0, max: (1 << featureIds.length) - 1 })
  const setOf = (mask: number) => new Set(featureIds.filter((_, at) => mask & (1 << at)))

  test('permuting certificates or policies changes nothing', () => {
    fc.assert(
      fc.property(anyWorld, ({ policies, targets, certificates }) => {
        const given = certificates.map((each) => readRecognitionCase(each))
        const matrix = acceptanceMatrix(given, readLibrary({ policies, targets }))
        const turned = readLibrary({
          policies: Object.fromEntries(Object.entries(policies).reverse()),
          targets: Object.fromEntries(Object.entries(targets).reverse()),
        })
        expect(acceptanceMatrix(given.toReversed(), turned)).toEqual(matrix)
      }),
      { numRuns: 60 },
    )
  })

  test('adding a favourable fact never lowers acceptance, and a fact that does not matter to a policy changes nothing', () => {
    fc.assert(
      fc.property(anyWorld, masks, fc.constantFrom(...featureIds), ({ policies, targets, certificates }, mask, more) => {
        const library = readLibrary({ policies, targets })
        const given = readRecognitionCase(certificates[0]!)
        for (const column of columnsFor(given, library)) {
          const verdictOf = (set: ReadonlySet<FeatureId>) => ask(column, given, withOnly(given.credentials, set), library).outcome
          const kept = setOf(mask)
          const accepted = (outcome: string) => ['full', 'partial', 'conditional'].includes(outcome)
          if (accepted(verdictOf(kept))) expect(accepted(verdictOf(new Set([...kept, more]))), more).toBe(true)
          const matters = new Set([...kept].filter((id) => column.relevant.has(id)))
          expect(verdictOf(matters)).toBe(verdictOf(kept))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a profile is accepted by as many policies as it says, and no set of fewer facts by enough', () => {
    fc.assert(
      fc.property(anyWorld, masks, ({ policies, targets, certificates }, mask) => {
        const library = readLibrary({ policies, targets })
        const given = readRecognitionCase(certificates[0]!)
        const columns = columnsFor(given, library)
        if (columns.length === 0) return
        const acceptsOf = (set: ReadonlySet<FeatureId>) =>
          columns.filter((column) => ask(column, given, withOnly(given.credentials, set), library).verdict === 'accepts').length
        for (const { features, accepts, needed, reached } of smallestProfiles(given, library)) {
          expect(acceptsOf(new Set(features))).toBe(accepts)
          expect(accepts >= needed).toBe(reached)
          const other = setOf(mask)
          if (reached && other.size < features.length) expect(acceptsOf(other)).toBeLessThan(needed)
          for (const each of features)
            expect(acceptsOf(new Set(features.filter((one) => one !== each)))).toBeLessThan(reached ? needed : accepts)
        }
      }),
      { numRuns: 25 },
    )
  })
})
