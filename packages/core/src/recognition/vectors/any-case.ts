/** Any case over the library of the vectors: every fact of a good credential may be good, bad or unknown. */
import fc from 'fast-check'
import type { JsonObject } from '../../json.ts'
import { good, policyOf, type Vector } from './ground.ts'

const maybe = <T>(values: readonly T[]) => fc.constantFrom(...values)
/** Readings of a workload in every unit. */
const readings: readonly JsonObject[][] = [
  [{ value: 6, unit: 'ECTS' }],
  [{ value: 2.4, unit: 'ECTS' }],
  [{ value: 100, unit: 'hours', basis: 'total' }],
  [{ value: 40, unit: 'hours', basis: 'contact' }],
  [{ value: 8, unit: 'UK-credit' }],
  [{ value: 3, unit: 'CEU' }],
]
/** Changes of a good credential: every fact may be good, bad or unknown. */
export const changes = {
  awardType: maybe(['successful-completion', 'participation', 'attendance', null]),
  issuer: maybe(['COLLEGE-1', 'COLLEGE-2', 'CENTRE-1', 'STUDIO', null]),
  issueDate: maybe(['2025-05-20', '2020-02-29', '2018-01-01', null]),
  learningEnd: maybe(['2025-05-10', '2024-01-01', null]),
  validUntil: maybe(['2026-03-01', '2026-01-01']),
  proof: maybe(['qualified-eseal', 'wallet-vc', 'platform-verified', 'paper', null]),
  status: maybe(['valid', 'revoked', 'suspended', 'unknown', null]),
  holderMatch: maybe(['verified', 'mismatch', null]),
  eqf: maybe([4, 5, 6, 7, null]),
  workload: maybe<JsonObject[] | null>([...readings, null]),
  assessment: maybe<JsonObject | null>([
    { type: 'quiz', supervised: true, idVerified: true, inPerson: true },
    { supervised: false, idVerified: true, inPerson: false },
    { supervised: null, inPerson: null },
    null,
  ]),
  mode: maybe(['presential', 'online', null]),
  matches: maybe<JsonObject | null>([{ A: 'full', B: 'full', C: 'full' }, { A: 'full', B: 'partial' }, { B: 'full', C: null }, {}, null]),
  marks: maybe<JsonObject | null>([
    { reference: '1', signature: true, seal: true },
    { reference: null, signature: true, seal: false },
    null,
  ]),
  competencies: maybe<string[] | null>([['OBS-1'], [], null]),
  skills: maybe<string[] | null>([['s:isolate', 's:measure', 's:report'], ['s:isolate', 's:measure-voltage'], [], null]),
  achievement: maybe(['COLLEGE-1/HYD', null]),
  edition: maybe(['2', null]),
  providerAuthorised: maybe([true, false, null]),
  vetLevel: maybe([3, 2, null]),
  elements: maybe<string[] | null>([['X1'], ['X1', 'X2'], [], null]),
}
const credential = fc.record(changes, { requiredKeys: [] })
const target = maybe<Vector['target']>(['MODULE', 'POST', 'CRAFT', 'JOB'])
const applicant = fc.record(
  {
    recognisedOutcomes: fc.subarray(['A', 'B', 'C']),
    countedCredentials: fc.subarray(['c1']),
    externalCreditUsed: maybe([0, 57, 60]),
    generalHoursUsed: maybe([0, 30, 40]),
    elementsHeld: fc.subarray(['X1']),
    countedAwards: fc.subarray<JsonObject>([{ title: 'Observing clouds', issueDate: '2024-05-20' }]),
  },
  { requiredKeys: [] },
)
const more = fc.subarray(['ADVANCED', 'LANGUAGE', 'MODE-REFUSE', 'LAW', 'OLD'])
/** A case before it is read. */
export type Loose = Record<string, unknown> & { credentials: Record<string, unknown>[]; policies: string[]; agreements: string[] }
/** One to three credentials under the policy of their target and some more. */
export const anyCase: fc.Arbitrary<Loose> = fc
  .record({ target, applicant, more, hub: fc.boolean(), credentials: fc.array(credential, { minLength: 1, maxLength: 3 }) })
  .map(({ target, applicant, more, hub, credentials }) => ({
    id: 'p',
    type: 'recognition',
    asOf: '2026-03-01',
    target,
    applicant,
    policies: [policyOf[target]!, ...more],
    agreements: hub ? ['HUB'] : [],
    // Each is of another course, save where a test is about one that is there twice.
    credentials: credentials.map((each, at) => ({
      id: `c${at + 1}`,
      ...good[target],
      ...(at > 0 ? { title: `Observing ${at}` } : {}),
      ...each,
    })),
  }))
