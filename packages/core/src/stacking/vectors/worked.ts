/** Cases worked out by hand, one for each rule of stacking. `expected` holds the members that decide; `why` says how a person comes to them. */
import type { StackAnswer } from '../stack-answer.ts'
import type { SlotCase, StackingCredential, StackingOffer, StackingRules, StackingSlot } from '../stacking-case.ts'

/** One worked case. */
export interface WorkedCase {
  id: string
  why: string
  case: object
  expected: Partial<StackAnswer>
}

const asOf = '2026-01-10'
const held = (id: string, credits: number, tags: string[], more: Partial<StackingCredential> = {}): StackingCredential => ({
  id,
  credits,
  tags,
  issueDate: '2024-06-30',
  provider: 'OWN',
  eqf: 6,
  ...more,
})
const slots = (
  id: string,
  places: StackingSlot[],
  rules: StackingRules,
  credentials: StackingCredential[],
  catalogue?: StackingOffer[],
): SlotCase => ({
  id,
  type: 'stacking',
  asOf,
  pathway: { award: 'A certificate', slots: places, rules },
  credentials,
  ...(catalogue && { catalogue }),
})
const any = (more: Partial<StackingSlot>): StackingSlot => ({ id: 'A', accept: ['any'], ...more })

export const workedSlots: WorkedCase[] = [
  {
    id: 'count-most-is-count-least',
    why: 'maxCount is absent, so it is minCount: only one of two counts, and the better grade wins.',
    case: slots('w01', [any({ minCount: 1 })], {}, [held('a', 5, [], { grade: 0.6 }), held('b', 5, [], { grade: 0.9 })]),
    expected: { eligible: true, assignment: { b: 'A' }, unused: [{ id: 'a', reason: 'NO_SLOT' }], countedCredits: 5, gaps: [] },
  },
  {
    id: 'count-gap',
    why: 'Two are asked for, one is there: the gap of minCount is told as a count.',
    case: slots('w02', [any({ minCount: 2 })], {}, [held('a', 5, [])]),
    expected: { eligible: false, gaps: [{ goal: 'slot:A', have: 1, need: 2 }], conflictSet: ['slot:A'] },
  },
  {
    id: 'credits-most',
    why: '5 alone misses the least of 6, and both together are 11 of at most 10: the one of 6 counts.',
    case: slots('w03', [any({ minCredits: 6, maxCredits: 10 })], {}, [held('a', 5, []), held('b', 6, [])]),
    expected: { eligible: true, assignment: { b: 'A' }, countedCredits: 6 },
  },
  {
    id: 'unsplittable',
    why: 'Ten credits cannot be shared between two slots of five.',
    case: slots(
      'w04',
      [
        { id: 'A', accept: ['x'], minCredits: 5, maxCredits: 5 },
        { id: 'B', accept: ['x'], minCredits: 5, maxCredits: 5 },
      ],
      {},
      [held('a', 10, ['x'])],
    ),
    expected: {
      eligible: false,
      assignment: {},
      countedCredits: 0,
      gaps: [
        { goal: 'slot:A', have: 0, need: 5 },
        { goal: 'slot:B', have: 0, need: 5 },
      ],
    },
  },
  {
    id: 'tolerance',
    why: '0.1 + 0.2 is 0.30000000000000004 in binary, and 0.3 for a person: it neither exceeds the most nor misses the least.',
    case: slots('w05', [any({ minCredits: 0.3, maxCredits: 0.3 })], {}, [held('a', 0.1, []), held('b', 0.2, [])]),
    expected: { eligible: true, countedCredits: 0.3, gaps: [] },
  },
  {
    id: 'currency-last-day',
    why: 'Issued on 2021-01-10, good for five years: the last day is the day of the case, and dates are inclusive.',
    case: slots('w06', [any({ minCount: 1, currencyYears: 5 })], {}, [held('a', 5, [], { issueDate: '2021-01-10' })]),
    expected: { eligible: true, assignment: { a: 'A' } },
  },
  {
    id: 'currency-day-after',
    why: 'One day older than the last case.',
    case: slots('w07', [any({ minCount: 1, currencyYears: 5 })], {}, [held('a', 5, [], { issueDate: '2021-01-09' })]),
    expected: { eligible: false, unused: [{ id: 'a', reason: 'NOT_CURRENT' }], gaps: [{ goal: 'slot:A', have: 0, need: 1 }] },
  },
  {
    id: 'currency-belongs-to-the-slot',
    why: 'Too old for A, which wants it young; B does not ask.',
    case: slots('w08', [any({ minCount: 1, currencyYears: 1 }), { id: 'B', accept: ['any'], minCount: 1 }], {}, [
      held('old', 5, [], { issueDate: '2010-01-01' }),
      held('new', 5, [], { issueDate: '2025-12-01' }),
    ]),
    expected: { eligible: true, assignment: { new: 'A', old: 'B' } },
  },
  {
    id: 'undated-is-not-current',
    why: 'Without a date nobody can say that it is young enough; where no age is asked it counts.',
    case: slots('w09', [any({ minCount: 1, currencyYears: 5 })], {}, [held('a', 5, [], { issueDate: null })]),
    expected: { eligible: false, unused: [{ id: 'a', reason: 'NOT_CURRENT' }] },
  },
  {
    id: 'order-same-day',
    why: 'The capstone must be later than everything in CORE; the same day is not later.',
    case: slots(
      'w10',
      [
        { id: 'CAP', accept: ['cap'], minCount: 1, afterSlots: ['CORE'] },
        { id: 'CORE', accept: ['core'], minCount: 1 },
      ],
      {},
      [held('p', 5, ['core']), held('q', 6, ['cap'])],
    ),
    expected: { eligible: false, assignment: { q: 'CAP' }, unused: [{ id: 'p', reason: 'WOULD_BREAK_ORDER' }] },
  },
  {
    id: 'order-chooses-the-older',
    why: 'Of two in CORE only the one before the capstone will do, though the other is newer and better.',
    case: slots(
      'w11',
      [
        { id: 'CAP', accept: ['cap'], minCount: 1, afterSlots: ['CORE'] },
        { id: 'CORE', accept: ['core'], minCount: 1 },
      ],
      {},
      [
        held('late', 5, ['core'], { issueDate: '2025-06-01', grade: 1 }),
        held('early', 5, ['core'], { issueDate: '2022-06-01', grade: 0.5 }),
        held('q', 5, ['cap']),
      ],
    ),
    expected: { eligible: true, assignment: { early: 'CORE', q: 'CAP' }, unused: [{ id: 'late', reason: 'WOULD_BREAK_ORDER' }] },
  },
  {
    id: 'not-assessed',
    why: 'What was not assessed never counts.',
    case: slots('w12', [any({ minCount: 1 })], {}, [held('a', 5, [], { assessed: false })]),
    expected: { eligible: false, unused: [{ id: 'a', reason: 'NOT_ASSESSED' }], countedCredits: 0 },
  },
  {
    id: 'overlap',
    why: 'a and b share their outcomes: one of them counts. b has the credits that are needed.',
    case: slots('w13', [any({ minCredits: 6 })], { overlapGroups: [['a', 'b']] }, [held('a', 5, []), held('b', 6, [])]),
    expected: { eligible: true, assignment: { b: 'A' }, unused: [{ id: 'a', reason: 'OUTCOME_OVERLAP' }] },
  },
  {
    id: 'overlap-chain',
    why: 'b excludes a and c, which do not exclude one another: a and c together give more.',
    case: slots(
      'w14',
      [any({ minCredits: 10 })],
      {
        overlapGroups: [
          ['a', 'b'],
          ['b', 'c'],
        ],
      },
      [held('a', 5, []), held('b', 8, []), held('c', 5, [])],
    ),
    expected: { eligible: true, assignment: { a: 'A', c: 'A' }, unused: [{ id: 'b', reason: 'OUTCOME_OVERLAP' }] },
  },
  {
    id: 'external-most',
    why: 'At most five credits of others: the second external one would exceed it.',
    case: slots('w15', [any({ minCredits: 10 })], { externalMax: 5 }, [
      held('x', 5, [], { provider: 'E1' }),
      held('y', 5, [], { provider: 'E2', grade: 1 }),
    ]),
    expected: {
      eligible: false,
      assignment: { y: 'A' },
      unused: [{ id: 'x', reason: 'CAP' }],
      gaps: [{ goal: 'slot:A', have: 5, need: 10 }],
    },
  },
  {
    id: 'provider-most',
    why: 'E1 may give five, E2 is not limited.',
    case: slots('w16', [any({ minCredits: 10 })], { providerMax: { E1: 5 } }, [
      held('x', 5, [], { provider: 'E1' }),
      held('y', 5, [], { provider: 'E1', grade: 1 }),
      held('z', 5, [], { provider: 'E2' }),
    ]),
    expected: { eligible: true, assignment: { y: 'A', z: 'A' }, unused: [{ id: 'x', reason: 'CAP' }] },
  },
  {
    id: 'prior-learning-most',
    why: 'Prior learning is told by the tag; none of it may count here.',
    case: slots('w17', [any({ minCredits: 5 })], { rplMax: 0 }, [held('a', 5, ['rpl']), held('b', 5, [])]),
    expected: { eligible: true, assignment: { b: 'A' }, unused: [{ id: 'a', reason: 'CAP' }] },
  },
  {
    id: 'used-once-and-for-all',
    why: 'sharedMax 0: what was used in an earlier award is spent.',
    case: slots('w18', [any({ minCredits: 5 })], { sharedMax: 0 }, [held('a', 5, [], { usedIn: ['Certificate 1'] })]),
    expected: { eligible: false, unused: [{ id: 'a', reason: 'ALREADY_USED' }] },
  },
  {
    id: 'shared-within-the-limit',
    why: 'Five shared credits are allowed, and five are shared.',
    case: slots('w19', [any({ minCredits: 10 })], { sharedMax: 5 }, [
      held('a', 5, [], { usedIn: ['Certificate 1'] }),
      held('b', 5, [], { usedIn: [] }),
    ]),
    expected: { eligible: true, assignment: { a: 'A', b: 'A' } },
  },
  {
    id: 'total',
    why: 'Each slot is met with five; the total of fifteen is not.',
    case: slots('w20', [any({ minCredits: 5, maxCredits: 20 })], { totalMin: 15 }, [held('a', 5, []), held('b', 5, [])]),
    expected: { eligible: false, countedCredits: 10, gaps: [{ goal: 'totalMin', have: 10, need: 15 }], conflictSet: ['totalMin'] },
  },
  {
    id: 'residency-decides-which',
    why: 'Both fill the slot; only one of them is our own, and residency asks for it though the other has the better grade.',
    case: slots('w21', [any({ minCredits: 5, maxCredits: 5 })], { residencyMin: 5 }, [
      held('own', 5, [], { grade: 0.5 }),
      held('other', 5, [], { provider: 'E1', grade: 1 }),
    ]),
    expected: { eligible: true, assignment: { own: 'A' } },
  },
  {
    id: 'level-share-of-total',
    why: '75 % of 20 are 15 credits at level 7 or above; ten are there.',
    case: slots('w22', [any({ minCredits: 20 })], { totalMin: 20, levelMin: { eqf: 7, share: 0.75 } }, [
      held('a', 10, [], { eqf: 7 }),
      held('b', 10, [], { eqf: 6 }),
    ]),
    expected: { eligible: false, countedCredits: 20, gaps: [{ goal: 'levelMin', have: 10, need: 15 }], conflictSet: ['levelMin'] },
  },
  {
    id: 'level-credits',
    why: 'Ten credits at level 7, and an unknown level does not count toward it.',
    case: slots('w23', [any({ minCredits: 10 })], { levelMin: { eqf: 7, credits: 10 } }, [
      held('a', 5, [], { eqf: 8 }),
      held('b', 5, [], { eqf: 7 }),
      held('c', 5, [], { eqf: null }),
    ]),
    expected: { eligible: true, assignment: { a: 'A', b: 'A' } },
  },
  {
    id: 'category-share-of-counted',
    why: 'Half of what counts must be core. Leaving y out makes 10 core of 20 counted; with y it would be 10 of 25.',
    case: slots('w24', [any({ minCredits: 20 })], { categoryMin: { tag: 'core', share: 0.5 } }, [
      held('c', 10, ['core']),
      held('x', 10, []),
      held('y', 5, []),
    ]),
    expected: { eligible: true, assignment: { c: 'A', x: 'A' }, countedCredits: 20 },
  },
  {
    id: 'category-gap-in-credits',
    why: 'No total is set, so 60 % are of the 15 credits that count: nine are needed, five are there.',
    case: slots('w25', [any({ minCredits: 15 })], { categoryMin: { tag: 'core', share: 0.6 } }, [
      held('c', 5, ['core']),
      held('x', 10, []),
    ]),
    expected: { eligible: false, countedCredits: 15, gaps: [{ goal: 'categoryMin', have: 5, need: 9 }] },
  },
  {
    id: 'fewest-credentials',
    why: 'One of ten does what two of five do, and leaves the two for another award.',
    case: slots('w26', [any({ minCredits: 10 })], {}, [held('a', 5, []), held('b', 5, []), held('c', 10, [], { grade: 0.1 })]),
    expected: { eligible: true, assignment: { c: 'A' } },
  },
  {
    id: 'newer-then-id',
    why: 'Same grade: the newer one counts; of two of the same day the smaller id.',
    case: slots('w27', [any({ minCount: 2 })], {}, [
      held('b', 5, []),
      held('a', 5, []),
      held('new', 5, [], { issueDate: '2025-01-01' }),
      held('old', 5, [], { issueDate: '2020-01-01' }),
    ]),
    expected: { eligible: true, assignment: { a: 'A', new: 'A' } },
  },
  {
    id: 'most-credits-before-fewest-gaps',
    why: 'Not eligible either way. Eight counted credits come before one met goal.',
    case: slots(
      'w28',
      [
        { id: 'A', accept: ['x'], minCredits: 10, maxCredits: 10 },
        { id: 'B', accept: ['y'], minCredits: 5 },
      ],
      { externalMax: 8 },
      [held('big', 8, ['x'], { provider: 'E' }), held('small', 5, ['y'], { provider: 'E' })],
    ),
    expected: { eligible: false, assignment: { big: 'A' }, countedCredits: 8, unused: [{ id: 'small', reason: 'CAP' }] },
  },
  {
    id: 'plan-fewest-hours',
    why: 'k1 alone takes 90 h; k2 and k3 together 80 h, fewer, though they are two.',
    case: slots(
      'w29',
      [any({ minCredits: 10 })],
      {},
      [],
      [
        { id: 'k1', credits: 10, tags: [], hours: 90 },
        { id: 'k2', credits: 5, tags: [], hours: 40 },
        { id: 'k3', credits: 5, tags: [], hours: 40 },
      ],
    ),
    expected: {
      eligible: false,
      plans: [
        { take: ['k2', 'k3'], hours: 80 },
        { take: ['k1'], hours: 90 },
      ],
    },
  },
  {
    id: 'plan-in-order',
    why: 'What is taken counts as newer than everything held, so the held capstone is too old beside a core course still to be taken: a new capstone is needed too.',
    case: slots(
      'w30',
      [
        { id: 'CAP', accept: ['cap'], minCount: 1, afterSlots: ['CORE'] },
        { id: 'CORE', accept: ['core'], minCount: 1 },
      ],
      {},
      [held('q', 5, ['cap'])],
      [
        { id: 'k1', credits: 5, tags: ['core'], hours: 50 },
        { id: 'k2', credits: 5, tags: ['cap'], hours: 60 },
      ],
    ),
    expected: { eligible: false, plans: [{ take: ['k1', 'k2'], hours: 110 }] },
  },
  {
    id: 'plan-of-others-offers',
    why: 'The cheaper offer is not ours and residency is missing.',
    case: slots(
      'w31',
      [any({ minCredits: 5 })],
      { residencyMin: 5 },
      [],
      [
        { id: 'k1', credits: 5, tags: [], hours: 50, provider: 'E1' },
        { id: 'k2', credits: 5, tags: [], hours: 70 },
      ],
    ),
    expected: { eligible: false, plans: [{ take: ['k2'], hours: 70 }], conflictSet: ['residencyMin'] },
  },
  {
    id: 'no-plan',
    why: 'Nothing in the catalogue fits the slot.',
    case: slots('w32', [{ id: 'A', accept: ['x'], minCount: 1 }], {}, [], [{ id: 'k1', credits: 5, tags: ['y'], hours: 50 }]),
    expected: { eligible: false, plans: [] },
  },
]

const ladder = (id: string, credentials: object[]) => ({
  id,
  type: 'stacking',
  asOf,
  pathway: { award: 'A qualification', ladder: { modules: { M1: ['E1', 'E2'], M2: ['E3'] } }, rules: { expiry: 'none' } },
  credentials,
})

export const workedLadders: WorkedCase[] = [
  {
    id: 'ladder-complete',
    why: 'Elements from three awards, one of them very old: nothing expires.',
    case: ladder('w40', [
      { id: 'a', elements: ['E1'], issueDate: '1999-01-01' },
      { id: 'b', elements: ['E2'] },
      { id: 'c', elements: ['E3'], awardType: 'successful-completion' },
    ]),
    expected: { eligible: true, gradeB: ['M1', 'M2'], gradeC: ['A qualification'], missingElements: {}, gaps: [] },
  },
  {
    id: 'ladder-incomplete',
    why: 'E2 is shown by attendance alone, which is no assessment.',
    case: ladder('w41', [
      { id: 'a', elements: ['E1', 'E3'] },
      { id: 'b', elements: ['E2'], awardType: 'attendance' },
    ]),
    expected: {
      eligible: false,
      gradeB: ['M2'],
      gradeC: [],
      missingElements: { M1: ['E2'] },
      gaps: [{ goal: 'element', need: 'E2' }],
      unused: [{ id: 'b', reason: 'NOT_ASSESSED' }],
    },
  },
]

/** The library of the cases of hours. */
export const workedLibrary = {
  policies: {
    P: {
      body: 'B',
      rank: 'institution',
      purpose: 'career-progression',
      effective: ['2025-01-01', null],
      params: {
        minHours: 10,
        typeFactor: { 'successful-completion': 1, participation: 0.5, attendance: 0 },
        generalCap: 20,
        duplicateMonths: 12,
      },
      requirements: [{ id: 'R1', kind: 'certificate-type', onFail: 'refuse' }],
    },
  },
  targets: { T: { body: 'B', competencies: ['C1'], period: ['2025-01-01', '2025-12-31'] } },
}
const hours = (id: string, needHours: number, credentials: object[]) => ({
  id,
  type: 'stacking',
  asOf: '2025-12-31',
  pathway: { award: 'A step', accumulate: { needHours, policy: 'P' }, rules: {} },
  credentials: credentials.map((one) => ({ awardType: 'successful-completion', competency: 'C1', issueDate: '2025-06-01', ...one })),
})

export const workedHours: WorkedCase[] = [
  {
    id: 'hours-exactly',
    why: 'Twenty of twenty, the least length of ten being measured before the factor of one half.',
    case: hours('w50', 20, [
      { id: 'a', title: 'One', hours: 15 },
      { id: 'b', title: 'Two', hours: 10, awardType: 'participation' },
    ]),
    expected: { eligible: true, countedHours: 20, perCredential: { a: 15, b: 5 }, reasons: { b: 'PARTICIPATION_HALF' }, gaps: [] },
  },
  {
    id: 'hours-period-inclusive',
    why: 'The first and the last day of the period are in it, the days around are not.',
    case: hours('w51', 20, [
      { id: 'a', title: 'One', hours: 10, issueDate: '2025-01-01' },
      { id: 'b', title: 'Two', hours: 10, issueDate: '2025-12-31' },
      { id: 'c', title: 'Three', hours: 10, issueDate: '2024-12-31' },
    ]),
    expected: { eligible: true, countedHours: 20, reasons: { c: 'OUT_OF_PERIOD' } },
  },
  {
    id: 'hours-duplicate-by-achievement',
    why: 'The same achievement under two titles is a repeat; the same title with other achievements is none.',
    case: hours('w52', 30, [
      { id: 'a', title: 'One', achievement: 'X', hours: 10, issueDate: '2025-02-01' },
      { id: 'b', title: 'Two', achievement: 'X', hours: 10, issueDate: '2025-03-01' },
      { id: 'c', title: 'One', achievement: 'Y', hours: 10, issueDate: '2025-04-01' },
    ]),
    expected: {
      eligible: false,
      countedHours: 20,
      reasons: { b: 'DUPLICATE_WITHIN_12_MONTHS' },
      gaps: [{ goal: 'needHours', have: 20, need: 30 }],
    },
  },
  {
    id: 'hours-general-cap',
    why: 'General hours share twenty: fifteen of the first, five of the second, in order of their dates.',
    case: hours('w53', 20, [
      { id: 'late', title: 'One', hours: 15, competency: null, issueDate: '2025-09-01' },
      { id: 'early', title: 'Two', hours: 15, competency: 'other', issueDate: '2025-03-01' },
    ]),
    expected: { eligible: true, perCredential: { early: 15, late: 5 }, reasons: { late: 'GENERAL_HOURS_CAP' } },
  },
  {
    id: 'hours-attendance-and-short',
    why: 'Attendance has the factor 0; nine hours are below ten.',
    case: hours('w54', 1, [
      { id: 'a', title: 'One', hours: 40, awardType: 'attendance' },
      { id: 'b', title: 'Two', hours: 9 },
    ]),
    expected: { eligible: false, countedHours: 0, reasons: { a: 'ATTENDANCE_ONLY', b: 'BELOW_MIN_HOURS' } },
  },
]
