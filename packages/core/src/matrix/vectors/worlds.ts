/** Certificates and policies for tests of the matrix. */
import fc from 'fast-check'
import type { JsonObject } from '../../json.ts'

let count = 0
/** A requirement under an id of its own. */
export const rule = (kind: string, onFail: string, params: JsonObject): JsonObject => ({
  id: `r${count++}`,
  kind,
  params,
  onFail,
  ...(onFail === 'condition' ? { condition: 'visit' } : {}),
})

/** A policy for careers. */
export const policyWith = (requirements: readonly JsonObject[], params: JsonObject = {}): JsonObject => ({
  body: 'ANY',
  rank: 'institution',
  purpose: 'career-progression',
  effective: ['2025-01-01', null],
  requirements: [...requirements],
  params,
})

/** A reference certificate of thirty hours without a reference number. */
export const certificateOf = (id: string, changes: JsonObject, more: JsonObject = {}): JsonObject => ({
  id,
  type: 'recognition',
  asOf: '2026-03-01',
  target: 'P',
  policies: ['any'],
  credentials: [
    {
      id: 'k',
      awardType: 'successful-completion',
      issuer: 'CENTRE',
      issueDate: '2025-05-20',
      proof: 'paper',
      status: 'valid',
      holderMatch: 'verified',
      workload: [{ value: 30, unit: 'hours', basis: 'contact' }],
      assessment: { type: 'quiz' },
      competencies: ['OBS-1'],
      ...changes,
    },
  ],
  ...more,
})

const effect = fc.constantFrom('refuse', 'refer', 'evidence', 'condition', 'reduce', 'note')
const asked = (kind: string, params: fc.Arbitrary<JsonObject> = fc.constant({})) =>
  fc.record({ onFail: effect, onUnknown: effect, params }).map(({ onFail, onUnknown, params }) => ({
    ...rule(kind, onFail, params),
    onUnknown,
    condition: 'visit',
  }))
const list = (name: string, words: readonly string[]) =>
  fc.subarray([...words], { minLength: 1 }).map((chosen): JsonObject => ({ [name]: chosen }))

const forPosts = fc.oneof(
  asked('formal-marks', list('need', ['reference', 'signature', 'seal'])),
  asked('authenticity', list('proofs', ['qualified-eseal', 'wallet-vc', 'paper'])),
  asked('assessed', fc.constant({ awardTypes: ['successful-completion'] })),
  asked('supervision-id'),
  asked('in-person-final-assessment'),
  asked('certificate-type'),
  asked('min-hours'),
  asked('competency-link'),
  asked('holder-match'),
  asked('mode-in', list('modes', ['presential', 'online'])),
)
const forModules = fc.oneof(
  asked('level', fc.constantFrom({ tolerance: 0 }, { tolerance: 1 })),
  asked('workload'),
  asked('outcome-coverage'),
  asked('mandatory-outcomes'),
  asked('formal-marks', list('need', ['reference', 'seal'])),
  asked('supervision-id'),
  asked('human-question', fc.constant({ question: 'Is it?' })),
)
const numbers = { minHours: 16, typeFactor: { 'successful-completion': 1, participation: 0.5 }, generalCap: 40 }
const policy = fc.oneof(
  fc.array(forPosts, { minLength: 1, maxLength: 3 }).map((requirements) => policyWith(requirements, numbers)),
  fc.array(forModules, { minLength: 1, maxLength: 3 }).map((requirements) => ({ ...policyWith(requirements), purpose: 'credit' })),
)
const changes = fc.record(
  {
    awardType: fc.constantFrom('successful-completion', 'participation', null),
    proof: fc.constantFrom('paper', 'qualified-eseal', null),
    assessment: fc.constantFrom<JsonObject | null>(
      { type: 'quiz', supervised: true, idVerified: true },
      { type: 'quiz', inPerson: true },
      null,
    ),
    mode: fc.constantFrom('presential', 'online', null),
    marks: fc.constantFrom<JsonObject | null>({ reference: 'R-1', signature: true }, null),
    competencies: fc.constantFrom<string[] | null>(['OBS-1'], [], null),
    workload: fc.constantFrom<JsonObject[] | null>([{ value: 150, unit: 'hours', basis: 'total' }], [{ value: 6, unit: 'ECTS' }], null),
    matches: fc.constantFrom<JsonObject | null>({ A: 'full', B: 'full' }, null),
    eqf: fc.constantFrom(6, null),
  },
  { requiredKeys: [] },
)

/** A world: policies, targets and certificates whose known values are good ones, since it is their being told that is varied. */
export const anyWorld: fc.Arbitrary<{ policies: JsonObject; targets: JsonObject; certificates: JsonObject[] }> = fc
  .record({
    policies: fc.array(policy, { minLength: 1, maxLength: 5 }),
    certificates: fc.array(fc.tuple(changes, fc.constantFrom('P', 'M')), { minLength: 1, maxLength: 4 }),
  })
  .map(({ policies, certificates }) => ({
    policies: Object.fromEntries(policies.map((each, at) => [`Q${at}`, each])) as JsonObject,
    targets: {
      P: { body: 'NOBODY', competencies: ['OBS-1'] },
      M: {
        body: 'NOBODY',
        credits: 5,
        eqf: 6,
        outcomes: [
          { id: 'A', weight: 0.6, mandatory: true },
          { id: 'B', weight: 0.4, mandatory: false },
        ],
      },
    },
    certificates: certificates.map(([facts, target], at) => certificateOf(`c${at}`, facts as JsonObject, { target })),
  }))
