/** What the recognition cases stand on: a library of invented bodies, and one good credential for each kind of target. */
import type { JsonObject } from '../../json.ts'

/** A requirement in one line. */
export const need = (id: string, kind: string, onFail: string, onUnknown: string, more: JsonObject = {}): JsonObject => ({
  id,
  kind,
  onFail,
  onUnknown,
  ...more,
})

const credit = {
  body: 'LAKE',
  rank: 'institution',
  purpose: 'credit',
  effective: ['2025-01-01', null],
  requirements: [
    need('K1', 'authenticity', 'refuse', 'evidence', { params: { proofs: ['qualified-eseal', 'advanced-eseal', 'wallet-vc'] } }),
    need('K2', 'holder-match', 'refuse', 'evidence'),
    need('K3', 'assessed', 'refuse', 'evidence', { params: { awardTypes: ['successful-completion'] } }),
    need('K4', 'accredited-at-issue', 'refer', 'evidence', { params: { coverLevel: true } }),
    need('K5', 'level', 'refuse', 'refer', { params: { tolerance: 1 } }),
    need('K6', 'workload', 'reduce', 'evidence', { params: { ratio: 0.8 } }),
    need('K7', 'outcome-coverage', 'reduce', 'refer', { params: { full: 0.8, partial: 0.4 } }),
    need('K8', 'currency', 'condition', 'evidence', { params: { years: 8, byField: { '05': 6 } }, condition: 'challenge-test' }),
    need('K9', 'supervision-id', 'condition', 'condition', { condition: 'oral' }),
    need('K10', 'cap', 'reduce', 'evidence', { params: { externalMax: 60 } }),
    need('K11', 'not-already-counted', 'refuse', 'refer'),
  ],
}

const sameRank = (id: string, kind: string, params: JsonObject, onUnknown: string): JsonObject => ({
  body: 'LAKE',
  rank: 'institution',
  purpose: 'credit',
  effective: ['2025-01-01', null],
  requirements: [need(id, kind, 'refuse', onUnknown, { params })],
})

const mode = (onFail: string): JsonObject => ({
  body: 'LAKE',
  rank: 'unit',
  purpose: ['credit', 'exemption'],
  effective: ['2025-01-01', null],
  requirements: [need('D1', 'mode-in', onFail, 'evidence', { params: { modes: ['presential', 'blended'] }, condition: 'visit' })],
})

/** The library of the cases. */
export const library: JsonObject = {
  policies: {
    CREDIT: credit,
    OLD: { ...credit, effective: ['2020-01-01', '2024-12-31'], requirements: [need('O1', 'holder-match', 'refuse', 'evidence')] },
    ADVANCED: sameRank('P1', 'level-min', { eqf: 7 }, 'refer'),
    LANGUAGE: sameRank('P2', 'language', { languages: ['en'] }, 'evidence'),
    'MODE-REFUSE': mode('refuse'),
    'MODE-REFER': mode('refer'),
    'MODE-EVIDENCE': mode('evidence'),
    'MODE-CONDITION': mode('condition'),
    'MODE-REDUCE': mode('reduce'),
    'MODE-NOTE': mode('note'),
    LAW: { body: 'REALM', rank: 'law', effective: ['2025-01-01', null], forbidsRefusalOn: ['mode-in'] },
    HOURS: {
      body: 'SKY',
      rank: 'institution',
      purpose: 'career-progression',
      effective: ['2025-01-01', null],
      params: {
        minHours: 16,
        typeFactor: { 'successful-completion': 1, participation: 0.5, attendance: 0 },
        generalCap: 40,
        duplicateMonths: 24,
        recognisedIssuers: ['CENTRE-1'],
      },
      requirements: [
        need('H1', 'certificate-type', 'refuse', 'evidence'),
        need('H2', 'min-hours', 'refuse', 'evidence'),
        need('H3', 'formal-marks', 'evidence', 'evidence', { params: { need: ['reference', 'signature', 'seal'] } }),
        need('H4', 'competency-link', 'note', 'note'),
        need('H5', 'issuer-listed', 'refer', 'evidence'),
        need('H6', 'in-period', 'refuse', 'evidence'),
        need('H7', 'no-duplicate', 'refuse', 'refer'),
      ],
    },
    CRAFT: {
      body: 'GUILD',
      rank: 'institution',
      purpose: 'vet-accreditation',
      effective: ['2025-01-01', null],
      requirements: [
        need('C1', 'authenticity', 'refuse', 'evidence', { params: { proofs: ['qualified-eseal'] } }),
        need('C2', 'authorised-provider', 'refer', 'evidence'),
        need('C3', 'level-equals', 'refuse', 'refer'),
        need('C4', 'in-person-final-assessment', 'condition', 'condition', { condition: 'test-in-person' }),
      ],
    },
    HIRE: {
      body: 'WORKS',
      rank: 'institution',
      purpose: 'employment',
      effective: ['2025-01-01', null],
      requirements: [
        need('E1', 'not-expired', 'refuse', 'evidence', { params: { for: 'safetyCritical' } }),
        need('E2', 'essential-skills', 'refuse', 'refer'),
        need('E3', 'optional-skills', 'reduce', 'evidence', { params: { share: 0.5 } }),
      ],
    },
  },
  targets: {
    MODULE: {
      title: 'Hydrology in the field',
      body: 'LAKE',
      credits: 6,
      eqf: 6,
      iscedF: '0532',
      outcomes: [
        { id: 'A', weight: 0.4, mandatory: true },
        { id: 'B', weight: 0.4, mandatory: false },
        { id: 'C', weight: 0.2, mandatory: false },
      ],
    },
    POST: { body: 'SKY', competencies: ['OBS-1', 'OBS-2'], framework: 'national', period: ['2025-01-01', '2026-12-31'] },
    CRAFT: { body: 'GUILD', level: 3, elements: ['X1', 'X2'] },
    JOB: { body: 'WORKS', essential: ['s:isolate', 's:measure'], optional: ['s:report', 's:draw'], safetyCritical: ['s:isolate'] },
  },
  accreditationRegistry: [
    {
      id: 'R1',
      organisation: 'COLLEGE-1',
      decision: 'positive',
      from: '2019-01-01',
      to: '2026-12-31',
      eqf: [5, 6, 7],
      type: 'institutional',
    },
    { id: 'R2', organisation: 'COLLEGE-2', decision: 'positive', from: '2018-03-01', to: null, eqf: [6] },
    { id: 'R3', organisation: 'COLLEGE-3', decision: 'negative', from: '2019-01-01', to: '2029-12-31', eqf: [6] },
  ],
  agreements: {
    HUB: {
      parties: ['COLLEGE-1', 'LAKE'],
      effective: ['2025-01-01', '2025-12-31'],
      lines: [
        { achievement: 'COLLEGE-1/HYD', edition: '2', gives: { kind: 'specified-credit', amount: 6, unit: 'ECTS', target: 'MODULE' } },
      ],
    },
  },
  escoRelations: [
    { narrower: 's:measure-voltage', broader: 's:measure' },
    { narrower: 's:measure', broader: 's:test-equipment' },
    { narrower: 's:measure-millivolts', broader: 's:measure-voltage' },
  ],
}

const anything = {
  awardType: 'successful-completion',
  issueDate: '2025-05-20',
  learningEnd: '2025-05-10',
  proof: 'qualified-eseal',
  status: 'valid',
  holderMatch: 'verified',
  assessment: { type: 'written examination', supervised: true, idVerified: true, inPerson: true },
  mode: 'presential',
}

/** A credential that meets every requirement, by the target it is for. */
export const good: Readonly<Record<string, JsonObject>> = {
  MODULE: {
    ...anything,
    issuer: 'COLLEGE-1',
    eqf: 6,
    workload: [{ value: 6, unit: 'ECTS', basis: 'total' }],
    matches: { A: 'full', B: 'full', C: 'full' },
  },
  POST: {
    ...anything,
    title: 'Observing clouds',
    issuer: 'CENTRE-1',
    proof: 'paper',
    workload: [{ value: 30, unit: 'hours', basis: 'contact' }],
    marks: { reference: 'C1-77', signature: true, seal: true },
    competencies: ['OBS-1'],
  },
  CRAFT: { ...anything, issuer: 'SCHOOL-1', providerAuthorised: true, vetLevel: 3, elements: ['X1'] },
  JOB: { ...anything, issuer: 'WORKSHOP-1', proof: 'platform-verified', skills: ['s:isolate', 's:measure', 's:report'] },
}

/** The policy that goes with each target. */
export const policyOf: Readonly<Record<string, string>> = { MODULE: 'CREDIT', POST: 'HOURS', CRAFT: 'CRAFT', JOB: 'HIRE' }

/** One case, told as what differs from the good one. */
export interface Vector {
  id: string
  /** By hand from the rules: why the answer is what it is. */
  why: string
  target: 'MODULE' | 'POST' | 'CRAFT' | 'JOB'
  /** What is different of each credential; one credential that is good where it is left out. */
  credentials?: readonly JsonObject[]
  applicant?: JsonObject
  policies?: readonly string[]
  agreements?: readonly string[]
  asOf?: string
  outcome: string
  sub?: string
  grants: readonly JsonObject[]
  /** Verdicts that are not pass. */
  not: JsonObject
  reasons: readonly string[]
  conditions?: readonly string[]
}

/** The case as it is handed in. */
export function caseOf({
  id,
  target,
  credentials = [{}],
  applicant = {},
  policies,
  agreements = [],
  asOf = '2026-03-01',
}: Vector): JsonObject {
  return {
    id,
    type: 'recognition',
    asOf,
    target,
    applicant,
    policies: [...(policies ?? [policyOf[target]!])],
    agreements: [...agreements],
    credentials: credentials.map((changes, at) => ({ id: `c${at + 1}`, ...good[target], ...changes })),
  }
}
