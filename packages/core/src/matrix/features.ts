/** Facts that a certificate can add: what may stand on it, or not. */
import type { CredentialFacts, WorkloadFact } from '../recognition/case.ts'
import type { RequirementKindName } from '../recognition/requirement-kinds.ts'
import type { Target, TargetForm } from '../recognition/target.ts'

/** The facts, in the order in which they are told. */
export const featureIds = [
  'reference-number',
  'signature',
  'seal',
  'electronic-seal',
  'assessment',
  'supervision',
  'assessment-in-person',
  'level',
  'workload',
  'workload-basis',
  'outcomes',
  'competency-link',
  'skills',
] as const
export type FeatureId = (typeof featureIds)[number]

/** One fact. `add` gives nothing where there is no value to add: how long a course was is not made up. */
interface Feature {
  present(credential: CredentialFacts): boolean
  remove(credential: CredentialFacts): CredentialFacts
  add(credential: CredentialFacts, target: Target, told: CredentialFacts): CredentialFacts | undefined
}

const mark = (name: 'reference' | 'signature' | 'seal'): Feature => ({
  present: ({ marks }) => Boolean(marks?.[name]),
  remove: (each) => ({ ...each, marks: { ...each.marks, [name]: null } }),
  add: (each) => ({ ...each, marks: { ...each.marks, [name]: true } }),
})

/** A part of the assessment, which says something only where there is one. */
const ofAssessment = (names: readonly ('supervised' | 'idVerified' | 'inPerson')[]): Feature => ({
  present: ({ assessment }) => names.every((name) => assessment?.[name] === true),
  remove: (each) =>
    each.assessment ? { ...each, assessment: { ...each.assessment, ...Object.fromEntries(names.map((name) => [name, null])) } } : each,
  add: (each) =>
    each.assessment ? { ...each, assessment: { ...each.assessment, ...Object.fromEntries(names.map((name) => [name, true])) } } : each,
})

/** A fact that only the certificate itself can tell. */
const own = (name: 'matches' | 'skills'): Feature => ({
  present: (each) => each[name] != null,
  remove: (each) => ({ ...each, [name]: null }),
  add: (each, _, told) => (told[name] == null ? undefined : { ...each, [name]: told[name] }),
})

const sealed = ({ proof }: CredentialFacts) => proof === 'qualified-eseal' || proof === 'advanced-eseal'
const withoutBases = (workload: readonly WorkloadFact[]) =>
  workload.map((reading) => (reading.unit === 'hours' ? { ...reading, basis: null } : reading))
const withoutBasis = (workload: CredentialFacts['workload']) => workload?.some(({ unit, basis }) => unit === 'hours' && !basis) ?? false

/** The table; a new fact is one entry here, and a line for each kind of requirement that reads it. */
export const features: Readonly<Record<FeatureId, Feature>> = {
  'reference-number': mark('reference'),
  signature: mark('signature'),
  seal: mark('seal'),
  // Issued beside the form it had, so that a body that takes paper alone loses nothing: see `carriers`.
  'electronic-seal': {
    present: sealed,
    remove: (each) => (sealed(each) ? { ...each, proof: 'paper' } : each),
    add: (each) => ({ ...each, proof: 'qualified-eseal' }),
  },
  assessment: {
    present: ({ awardType, assessment }) => awardType === 'successful-completion' && assessment != null,
    remove: (each) => ({ ...each, awardType: null, assessment: null }),
    add: (each, _, told) => ({
      ...each,
      awardType: 'successful-completion',
      assessment: each.assessment ?? { type: told.assessment?.type ?? 'written examination' },
    }),
  },
  supervision: ofAssessment(['supervised', 'idVerified']),
  'assessment-in-person': ofAssessment(['inPerson']),
  level: {
    present: ({ eqf }) => eqf != null,
    remove: (each) => ({ ...each, eqf: null }),
    add: (each, target, told) => {
      const eqf = told.eqf ?? (target.form === 'module' ? target.eqf : undefined)
      return eqf == null ? undefined : { ...each, eqf }
    },
  },
  workload: {
    present: ({ workload }) => workload != null,
    remove: (each) => ({ ...each, workload: null }),
    // On what basis hours are counted is a fact of its own.
    add: (each, _, { workload }) => (workload == null ? undefined : { ...each, workload: withoutBases(workload) }),
  },
  'workload-basis': {
    present: ({ workload }) => workload != null && !withoutBasis(workload),
    remove: (each) => (each.workload ? { ...each, workload: withoutBases(each.workload) } : each),
    add: (each, _, told) => {
      if (!each.workload) return each
      const bases = new Map(told.workload?.map(({ value, basis }) => [value, basis]) ?? [])
      return {
        ...each,
        workload: each.workload.map((reading) =>
          reading.unit === 'hours' && !reading.basis ? { ...reading, basis: bases.get(reading.value) ?? 'total' } : reading,
        ),
      }
    },
  },
  outcomes: own('matches'),
  'competency-link': {
    present: ({ competencies }) => (competencies?.length ?? 0) > 0,
    remove: (each) => ({ ...each, competencies: null }),
    add: (each, target, told) => {
      const first = target.form === 'post' ? target.competencies.toSorted()[0] : undefined
      const named = new Set([...(told.competencies ?? []), ...(first === undefined ? [] : [first])])
      return named.size === 0 ? undefined : { ...each, competencies: [...named].sort() }
    },
  },
  skills: own('skills'),
}

const marks = ['reference-number', 'signature', 'seal', 'electronic-seal'] as const
const amount = ['workload', 'workload-basis'] as const

/** Which facts the verdict of each kind of requirement can depend on. */
export const featuresOfKind: Readonly<Record<RequirementKindName, readonly FeatureId[]>> = {
  authenticity: ['electronic-seal'],
  'holder-match': [],
  'issuer-trust': [],
  'issuer-listed': [],
  'accredited-at-issue': ['level'],
  'qa-type': [],
  'authorised-provider': [],
  'annex1-complete': [],
  assessed: ['assessment'],
  'assessment-type': ['assessment'],
  'grade-min': [],
  level: ['level'],
  'level-min': ['level'],
  'level-equals': [],
  workload: amount,
  'contact-hours': amount,
  'outcome-coverage': ['outcomes'],
  'mandatory-outcomes': ['outcomes'],
  currency: [],
  'supervision-id': ['assessment', 'supervision'],
  'in-person-final-assessment': ['assessment', 'assessment-in-person'],
  'mode-in': [],
  field: [],
  language: [],
  'certificate-type': ['assessment'],
  'min-hours': amount,
  'formal-marks': marks,
  'competency-link': ['competency-link'],
  'in-period': [],
  'no-duplicate': [],
  'not-expired': ['skills'],
  'essential-skills': ['skills'],
  'optional-skills': ['skills'],
  'prerequisites-held': [],
  'not-already-counted': [],
  cap: [],
  'agreement-line': [],
  precedent: [],
  'human-question': [],
}

/** Which facts the amount of a grant depends on. */
export const featuresOfForm: Readonly<Record<TargetForm, readonly FeatureId[]>> = {
  module: ['level', ...amount, 'outcomes'],
  post: ['assessment', ...amount, 'competency-link'],
  vet: [],
  job: [],
}
