/** Any small case of slots, for properties: credentials, slots with and without an order, every rule, and offers. */
import fc from 'fast-check'
import { readStackingCase } from '../read-stacking-case.ts'
import type { SlotCase, StackingCase } from '../stacking-case.ts'

const tags = ['x', 'y', 'z']
/** One credential without an id. */
export const credential = fc.record({
  credits: fc.constantFrom(2, 2.5, 3, 5, 5, 7.5),
  tags: fc.subarray(tags, { minLength: 1 }),
  issueDate: fc.constantFrom('2019-05-01', '2021-05-01', '2023-05-01', '2025-05-01'),
  provider: fc.constantFrom('OWN', 'E1'),
  eqf: fc.constantFrom(5, 6, 7),
  grade: fc.constantFrom(0.5, 0.7, 0.9),
  assessed: fc.constantFrom(true, true, true, false),
  usedIn: fc.subarray(['Z']),
})
const least = fc.constantFrom(undefined, 2.5, 5, 7.5)
const offers = [
  { id: 'k1', credits: 5, tags: ['x'], hours: 40, eqf: 7 },
  { id: 'k2', credits: 5, tags: ['y'], hours: 50, provider: 'E1' },
  { id: 'k3', credits: 7.5, tags: ['x', 'z'], hours: 90, eqf: 6 },
]
/** Up to six credentials and three slots. */
export const anyCase = fc
  .record({
    credentials: fc.array(credential, { minLength: 1, maxLength: 6 }),
    slots: fc.array(
      fc.record({
        accept: fc.subarray([...tags, 'any'], { minLength: 1 }),
        minCredits: least,
        room: fc.constantFrom(0, 1, 5),
        currencyYears: fc.constantFrom(undefined, undefined, 5),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    order: fc.boolean(),
    catalogue: fc.constantFrom(undefined, [], offers),
    rules: fc.record({
      totalMin: fc.constantFrom(undefined, 5, 10),
      residencyMin: fc.constantFrom(undefined, 5),
      externalMax: fc.constantFrom(undefined, 5),
      sharedMax: fc.constantFrom(undefined, 0, 5),
      levelMin: fc.constantFrom(undefined, { eqf: 6, share: 0.5 }, { eqf: 7, credits: 5 }),
      categoryMin: fc.constantFrom(undefined, { tag: 'x', share: 0.5 }),
      overlapGroups: fc.constantFrom(
        undefined,
        [['c0', 'c1']],
        [
          ['c1', 'c2', 'c3'],
          ['c0', 'c3'],
        ],
      ),
    }),
  })
  .map(({ credentials, slots, order, rules, catalogue }) =>
    readStackingCase(
      JSON.parse(
        JSON.stringify({
          id: 'p',
          type: 'stacking',
          asOf: '2026-01-10',
          pathway: {
            award: 'A',
            slots: slots.map(({ room, ...slot }, at) => ({
              id: `S${at}`,
              ...slot,
              ...(slot.minCredits !== undefined && { maxCredits: slot.minCredits + room }),
              ...(order && at > 0 && { afterSlots: [`S${at - 1}`] }),
            })),
            rules,
          },
          credentials: credentials.map((one, at) => ({ id: `c${at}`, ...one })),
          catalogue,
        }),
      ),
    ),
  )

/** The case itself, of what has slots. */
export function slotsOf(stacking: StackingCase): SlotCase {
  if (stacking.way !== 'slots') throw new Error('This case has no slots.')
  return stacking.case
}
