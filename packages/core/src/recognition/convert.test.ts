/** Domain 3.3: what a workload comes to by hours and by year, what of it is counted, and that both readings lie within what is told. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WorkloadFact } from './case.ts'
import { convertedCredits, convertedHours, creditsInterval, hoursInterval } from './convert.ts'
import { recogniseOne } from './vectors/recognise-one.ts'

const credentialOf = (...workload: WorkloadFact[]) => ({ id: 'c', workload })

test.each<[string, WorkloadFact, [number, number | null], number | undefined]>([
  ['ECTS as told', { value: 6, unit: 'ECTS' }, [6, 6], 6],
  ['15 UK credits are 150 hours, or an eighth of a year', { value: 15, unit: 'UK-credit' }, [5, 7.5], 7.5],
  ['15 NZ credits likewise', { value: 15, unit: 'NZ-credit' }, [5, 7.5], 7.5],
  ['3 US credits are 135 hours, or a tenth of a year', { value: 3, unit: 'US-credit' }, [4.5, 6], 6],
  ['150 hours, 25 to 30 a credit', { value: 150, unit: 'hours', basis: 'total' }, [5, 6], 5],
  ['150 hours of an issuer that says 28 a credit', { value: 150, unit: 'hours', basis: 'total', hoursPerECTS: 28 }, [5, 5], 5],
  ['60 contact hours are two credits at least', { value: 60, unit: 'hours', basis: 'contact' }, [2, null], undefined],
  ['hours of which nobody says what they are', { value: 60, unit: 'hours' }, [2, null], undefined],
  ['6 CEU are 60 contact hours', { value: 6, unit: 'CEU' }, [2, null], undefined],
])('%s', (_, fact, [least, most], counted) => {
  expect(creditsInterval(credentialOf(fact))).toEqual({ least, most })
  expect(convertedCredits(credentialOf(fact))).toBe(counted)
})

const reading: fc.Arbitrary<WorkloadFact> = fc.record({
  value: fc.double({ min: 0, max: 300, noNaN: true }),
  unit: fc.constantFrom('ECTS', 'UK-credit', 'NZ-credit', 'US-credit', 'CEU', 'hours'),
  basis: fc.constantFrom('total', 'contact', null),
  hoursPerECTS: fc.constantFrom(null, 25, 28, 30),
})

test('what is counted lies within, and so does every reading by itself', () => {
  fc.assert(
    fc.property(fc.array(reading, { minLength: 1, maxLength: 4 }), (workload) => {
      for (const [interval, convert] of [
        [creditsInterval, convertedCredits],
        [hoursInterval, convertedHours],
      ] as const) {
        const { least, most } = interval(credentialOf(...workload))
        expect(least).toBeLessThanOrEqual(most ?? Number.POSITIVE_INFINITY)
        for (const readings of [workload, ...workload.map((one) => [one])]) {
          const counted = convert(credentialOf(...readings))
          if (counted === undefined) continue
          expect(counted).toBeGreaterThanOrEqual(least - 1e-9)
          if (most !== null) expect(counted).toBeLessThanOrEqual(most + 1e-9)
        }
      }
    }),
    { numRuns: 500, seed: 33 },
  )
})

test('D 2.3 (6): where the readings lie on both sides of the threshold, the finding tells the other one', () => {
  const workload = recogniseOne({ workload: [{ value: 130, unit: 'hours', basis: 'total' }] }).findings.find(
    ({ kind }) => kind === 'workload',
  )
  expect(workload).toMatchObject({ verdict: 'fail', threshold: expect.closeTo(4.8), reading: { counted: 4, least: 4, most: 5 } })
  const contact = recogniseOne({ workload: [{ value: 60, unit: 'hours', basis: 'contact' }] }).findings.find(
    ({ kind }) => kind === 'workload',
  )
  expect(contact).toMatchObject({ verdict: 'unknown', reading: { counted: null, least: 2, most: null } })
  const plain = recogniseOne({}).findings.find(({ kind }) => kind === 'workload')
  expect(plain).not.toHaveProperty('reading')
  const hours = recogniseOne({ workload: [{ value: 0.6, unit: 'ECTS' }] }, 'POST').findings.find(({ kind }) => kind === 'min-hours')
  expect(hours).toMatchObject({ verdict: 'fail', threshold: 16, reading: { counted: 15, least: 15, most: 18 } })
})
