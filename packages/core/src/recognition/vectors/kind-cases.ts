/** Every requirement kind by itself: what passes, what fails, what is unknown, and the reason told. */
import type { JsonObject } from '../../json.ts'
import type { Vector } from './ground.ts'

/** One kind with its parameters; each of `not` is a change of the good credential that does not pass. */
export interface KindVector {
  kind: string
  target: Vector['target']
  params?: JsonObject
  /** Numbers of the policy. */
  numbers?: JsonObject
  /** A change of the good credential that still passes. */
  passes?: JsonObject
  fails?: readonly [why: string, changes: JsonObject, ...reasons: string[]]
  unknown?: readonly [why: string, changes: JsonObject, ...reasons: string[]]
  applicant?: JsonObject
  agreements?: readonly string[]
}

const target = 'MODULE'
const quiz = { type: 'quiz', supervised: null, idVerified: true, inPerson: false }

export const kindCases: readonly KindVector[] = [
  {
    kind: 'authenticity',
    target,
    params: { proofs: ['wallet-vc', 'qualified-eseal'] },
    passes: { proof: 'wallet-vc' },
    fails: ['an invalid seal', { status: 'invalid' }, 'CREDENTIAL_INVALID'],
    unknown: ['nobody looked', { status: 'unknown' }, 'AUTHENTICITY_UNKNOWN'],
  },
  {
    kind: 'holder-match',
    target,
    passes: {},
    fails: ['somebody else', { holderMatch: 'mismatch' }, 'HOLDER_MISMATCH'],
    unknown: ['not looked at', { holderMatch: null }, 'HOLDER_UNKNOWN'],
  },
  {
    kind: 'issuer-trust',
    target,
    params: { lists: ['NATIONAL'] },
    unknown: ['no fact of a case tells on which lists an issuer stands', {}, 'ISSUER_TRUST_UNKNOWN'],
  },
  {
    kind: 'issuer-listed',
    target,
    numbers: { recognisedIssuers: ['COLLEGE-1'] },
    passes: {},
    fails: ['another issuer', { issuer: 'COLLEGE-9' }, 'ISSUER_NOT_LISTED'],
    unknown: ['no issuer', { issuer: null }, 'ISSUER_UNKNOWN'],
  },
  {
    kind: 'accredited-at-issue',
    target,
    params: { coverLevel: false },
    passes: { eqf: null, matches: { A: 'full', B: 'full', C: 'full' } },
    fails: ['the register is of that day, not of today', { issueDate: '2018-12-31' }, 'NOT_ACCREDITED_AT_ISSUE'],
    unknown: ['no date', { issueDate: null }, 'ACCREDITATION_UNKNOWN'],
  },
  {
    kind: 'qa-type',
    target,
    params: { types: ['institutional'] },
    passes: {},
    fails: ['the record had ended', { issueDate: '2027-01-01' }, 'ACCREDITATION_TYPE_NOT_ACCEPTED'],
    unknown: ['the record tells no type', { issuer: 'COLLEGE-2', issueDate: '2023-01-01' }, 'ACCREDITATION_TYPE_UNKNOWN'],
  },
  {
    kind: 'certificate-type',
    target: 'POST',
    numbers: { typeFactor: { 'successful-completion': 1, participation: 0.25, attendance: 0 } },
    passes: { awardType: 'participation' },
    fails: ['nothing counts of it', { awardType: 'attendance' }, 'ATTENDANCE_ONLY'],
    unknown: ['no type', { awardType: null }, 'AWARD_TYPE_UNKNOWN'],
  },
  {
    kind: 'assessed',
    target,
    params: { awardTypes: ['successful-completion'] },
    passes: { assessment: { type: 'quiz' } },
    fails: [
      'a type that is not listed, with credits',
      { awardType: 'participation' },
      'NOT_ASSESSED',
      'INCONSISTENT_ECTS_WITHOUT_ASSESSMENT',
    ],
    unknown: ['no assessment is told', { assessment: null }, 'ASSESSMENT_UNKNOWN'],
  },
  {
    kind: 'assessment-type',
    target,
    params: { types: ['written examination', 'oral examination'] },
    passes: {},
    fails: ['another type', { assessment: { type: 'quiz' } }, 'ASSESSMENT_TYPE_NOT_ACCEPTED'],
    unknown: ['no type', { assessment: { supervised: true } }, 'ASSESSMENT_TYPE_UNKNOWN'],
  },
  { kind: 'grade-min', target, params: { scheme: 'national', min: 2 }, unknown: ['a case tells no grades', {}, 'GRADE_UNKNOWN'] },
  {
    kind: 'supervision-id',
    target,
    passes: {},
    fails: ['not supervised, whatever the identity', { assessment: { ...quiz, supervised: false } }, 'ASSESSMENT_NOT_SUPERVISED'],
    unknown: ['nobody told whether it was supervised', { assessment: quiz }, 'SUPERVISION_UNKNOWN'],
  },
  {
    kind: 'in-person-final-assessment',
    target,
    passes: { mode: 'online' },
    fails: ['online and not in person', { mode: 'online', assessment: quiz }, 'FINAL_ASSESSMENT_NOT_IN_PERSON'],
    unknown: ['online, and nobody told where', { mode: 'online', assessment: { inPerson: null } }, 'PLACE_OF_ASSESSMENT_UNKNOWN'],
  },
  {
    kind: 'level',
    target,
    params: { tolerance: 1 },
    passes: { eqf: 7 },
    fails: ['two below', { eqf: 4 }, 'LEVEL_SUBSTANTIALLY_LOWER'],
    unknown: ['not told', { eqf: null }, 'LEVEL_UNKNOWN'],
  },
  {
    kind: 'level-min',
    target,
    params: { eqf: 6 },
    passes: {},
    fails: ['below', { eqf: 5 }, 'LEVEL_BELOW_MINIMUM', 'LEVEL_BELOW_TARGET'],
    unknown: ['not told', { eqf: null }, 'LEVEL_UNKNOWN'],
  },
  {
    kind: 'level-equals',
    target: 'CRAFT',
    passes: {},
    fails: ['a higher level is another one', { vetLevel: 4 }, 'LEVEL_DIFFERENT'],
    unknown: ['not told', { vetLevel: null }, 'LEVEL_UNKNOWN'],
  },
  {
    kind: 'workload',
    target,
    params: { ratio: 1 },
    passes: {},
    fails: ['a tenth is missing', { workload: [{ value: 5.5, unit: 'ECTS' }] }, 'WORKLOAD_SUBSTANTIALLY_LOWER'],
    unknown: ['contact hours alone', { workload: [{ value: 100, unit: 'hours', basis: 'contact' }] }, 'WORKLOAD_BASIS_UNKNOWN'],
  },
  {
    kind: 'min-hours',
    target: 'POST',
    numbers: { minHours: 20 },
    passes: { workload: [{ value: 20, unit: 'hours' }] },
    fails: ['below', { workload: [{ value: 19.9, unit: 'hours' }] }, 'BELOW_MIN_HOURS'],
    unknown: ['not told', { workload: null }, 'WORKLOAD_BASIS_UNKNOWN'],
  },
  {
    kind: 'contact-hours',
    target: 'POST',
    params: { min: 30 },
    passes: {},
    fails: ['below', { workload: [{ value: 29, unit: 'hours', basis: 'contact' }] }, 'CONTACT_HOURS_BELOW_MINIMUM'],
    unknown: ['total hours say nothing of contact', { workload: [{ value: 90, unit: 'hours', basis: 'total' }] }, 'CONTACT_HOURS_UNKNOWN'],
  },
  {
    kind: 'outcome-coverage',
    target,
    params: { full: 1, partial: 0.5 },
    passes: {},
    fails: ['C is missing', { matches: { A: 'full', B: 'full' } }, 'OUTCOMES_NOT_COVERED'],
    unknown: ['C was not compared', { matches: { A: 'full', B: 'full', C: null } }, 'OUTCOMES_NOT_COMPARED'],
  },
  {
    kind: 'mandatory-outcomes',
    target,
    passes: { matches: { A: 'full', B: 'full' } },
    fails: ['A in part only', { matches: { A: 'partial', B: 'full', C: 'full' } }, 'MANDATORY_OUTCOME_MISSING', 'OUTCOMES_NOT_COVERED'],
    unknown: ['not compared', { matches: null }, 'OUTCOMES_NOT_COMPARED'],
  },
  { kind: 'field', target, params: { iscedF: ['05'] }, unknown: ['a case tells no field', {}, 'FIELD_UNKNOWN'] },
  {
    kind: 'competency-link',
    target: 'POST',
    passes: { competencies: ['OTHER', 'OBS-2'] },
    fails: ['none of the post', { competencies: ['OTHER'] }, 'NOT_LINKED_TO_COMPETENCY'],
    unknown: ['not told', { competencies: null }, 'COMPETENCY_LINK_UNKNOWN'],
  },
  {
    kind: 'essential-skills',
    target: 'JOB',
    passes: { skills: ['s:measure', 's:isolate'] },
    fails: ['one is missing', { skills: ['s:isolate'] }, 'ESSENTIAL_SKILL_MISSING'],
    unknown: ['narrower', { skills: ['s:isolate', 's:measure-voltage'] }, 'SKILL_NARROWER_THAN_REQUIRED'],
  },
  {
    kind: 'optional-skills',
    target: 'JOB',
    params: { share: 1 },
    passes: { skills: ['s:report', 's:draw'] },
    fails: ['one of two', {}, 'OPTIONAL_SKILLS_BELOW_SHARE'],
    unknown: ['not told', { skills: null }, 'SKILLS_UNKNOWN'],
  },
  {
    kind: 'formal-marks',
    target: 'POST',
    params: { need: ['seal'] },
    passes: { marks: { seal: true, reference: false } },
    fails: ['there is none', { marks: { seal: false } }, 'SEAL_MISSING'],
    unknown: ['nobody told', { marks: {} }, 'SEAL_MISSING'],
  },
  { kind: 'annex1-complete', target, unknown: ['a case tells no lint', {}, 'ANNEX_1_NOT_CHECKED'] },
  {
    kind: 'currency',
    target: 'POST',
    params: { years: 1 },
    passes: { issueDate: '2025-03-01' },
    fails: ['a day more than a year', { issueDate: '2025-02-28' }, 'LEARNING_NOT_CURRENT'],
    unknown: ['no date', { issueDate: null }, 'ISSUE_DATE_UNKNOWN'],
  },
  {
    kind: 'not-expired',
    target,
    passes: { validUntil: '2026-03-01' },
    fails: ['it ended the day before', { validUntil: '2026-02-28' }, 'CREDENTIAL_EXPIRED'],
  },
  {
    kind: 'in-period',
    target: 'POST',
    passes: { issueDate: '2026-12-31' },
    fails: ['after the end', { issueDate: '2027-01-01' }, 'OUT_OF_PERIOD'],
    unknown: ['no date', { issueDate: null }, 'PERIOD_UNKNOWN'],
  },
  { kind: 'language', target, params: { languages: ['en', 'fr'] }, unknown: ['a case tells no language', {}, 'LANGUAGE_UNKNOWN'] },
  {
    kind: 'mode-in',
    target,
    params: { modes: ['blended'] },
    passes: { mode: 'blended' },
    fails: ['another mode', { mode: 'presential' }, 'MODE_NOT_ACCEPTED'],
    unknown: ['not told', { mode: null }, 'MODE_UNKNOWN'],
  },
  {
    kind: 'prerequisites-held',
    target,
    params: { achievements: ['MATHS'] },
    applicant: { countedAwards: [{ achievement: 'MATHS', issueDate: '2020-01-01' }] },
    passes: {},
  },
  {
    kind: 'prerequisites-held',
    target,
    params: { achievements: ['PHYSICS'] },
    fails: ['the ledger is complete and has none', { achievement: 'COLLEGE-1/HYD' }, 'PREREQUISITE_MISSING'],
    unknown: ['of what it is, is not told', {}, 'PREREQUISITE_UNKNOWN'],
  },
  { kind: 'not-already-counted', target, passes: {}, applicant: { countedCredentials: ['other'] } },
  { kind: 'not-already-counted', target, applicant: { countedCredentials: ['c1'] }, fails: ['this very one', {}, 'ALREADY_COUNTED'] },
  {
    kind: 'no-duplicate',
    target: 'POST',
    numbers: { duplicateMonths: 12 },
    applicant: { countedAwards: [{ achievement: 'CLOUDS', issueDate: '2024-12-01' }] },
    passes: { achievement: 'RAIN' },
    fails: ['the same achievement within the year', { achievement: 'CLOUDS' }, 'DUPLICATE_WITHIN_12_MONTHS'],
    unknown: ['neither achievement nor title can be compared', { title: null }, 'DUPLICATE_UNKNOWN'],
  },
  { kind: 'cap', target, params: { externalMax: 6 }, passes: {} },
  { kind: 'cap', target, params: { externalMax: 5 }, fails: ['one credit too many', {}, 'EXTERNAL_CREDIT_CAP'] },
  { kind: 'cap', target, params: { providerMax: 3 }, fails: ['all of one provider', {}, 'PROVIDER_CAP'] },
  {
    kind: 'cap',
    target,
    params: { rplMax: 2 },
    passes: {},
    fails: ['no accredited body awarded it', { issuer: 'STUDIO' }, 'PRIOR_LEARNING_CAP'],
  },
  {
    kind: 'cap',
    target: 'POST',
    params: { generalMax: 10 },
    passes: {},
    fails: ['30 general hours', { competencies: [] }, 'GENERAL_HOURS_CAP'],
  },
  {
    kind: 'agreement-line',
    target,
    agreements: ['HUB'],
    passes: { achievement: 'COLLEGE-1/HYD', edition: '2' },
    fails: ['there is no line for it', { achievement: 'COLLEGE-1/OTHER' }, 'NO_AGREEMENT'],
  },
  { kind: 'precedent', target, unknown: ['a case brings no register of decisions', {}, 'NO_PRECEDENT_AT_HAND'] },
  {
    kind: 'human-question',
    target,
    params: { question: 'Was the field work led?' },
    unknown: ['a person answers', {}, 'QUESTION_NOT_ANSWERED'],
  },
  {
    kind: 'authorised-provider',
    target: 'CRAFT',
    passes: {},
    fails: ['not authorised', { providerAuthorised: false }, 'PROVIDER_NOT_AUTHORISED'],
    unknown: ['not told', { providerAuthorised: null }, 'PROVIDER_AUTHORISATION_UNKNOWN'],
  },
]
