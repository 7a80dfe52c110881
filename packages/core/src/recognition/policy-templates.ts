/** Four bodies to begin from: what a university, a weather service, a vocational authority and an employer ask for (domain 2.4; values illustrative). */
import type { Json, JsonObject } from '../json.ts'
import { type Problem, ProblemError } from '../problems.ts'
import { readAs } from '../read-as.ts'
import { Policy } from './policy.ts'

export const policyTemplateNames = ['university', 'weather-service', 'vet-authority', 'employer', 'empty'] as const
export type PolicyTemplateName = (typeof policyTemplateNames)[number]

type Line = [kind: string, onFail: string, onUnknown?: string, more?: { params?: JsonObject; condition?: string }]

const seals = ['qualified-eseal', 'advanced-eseal']
const authentic = (proofs: string[]): Line => ['authenticity', 'refuse', 'evidence', { params: { proofs } }]
const holder: Line = ['holder-match', 'refuse', 'evidence']
const once: Line = ['not-already-counted', 'refuse', 'refer']

interface Template {
  title: JsonObject
  purpose: string[]
  params?: JsonObject
  procedure: JsonObject
  prefix: string
  lines: Line[]
}

const templates: Record<PolicyTemplateName, Template> = {
  university: {
    title: {
      en: 'Recognition of micro-credentials for credit',
      cs: 'Uznávání mikrocertifikátů jako kreditů',
      ar: 'الاعتراف بالشهادات المصغرة كساعات معتمدة',
    },
    purpose: ['credit', 'exemption'],
    procedure: { deadlineDays: 60, appealDays: 28 },
    prefix: 'U',
    lines: [
      authentic([...seals, 'wallet-vc']),
      holder,
      ['assessed', 'refuse', 'evidence', { params: { awardTypes: ['successful-completion'] } }],
      ['accredited-at-issue', 'refer', 'evidence'],
      ['level', 'refuse', 'refer', { params: { tolerance: 1 } }],
      ['workload', 'reduce', 'evidence', { params: { ratio: 0.8 } }],
      ['outcome-coverage', 'reduce', 'refer', { params: { full: 0.8, partial: 0.4 } }],
      ['currency', 'condition', 'evidence', { params: { years: 10, byField: { '06': 5 } }, condition: 'challenge-test' }],
      ['supervision-id', 'condition', 'condition', { condition: 'oral-examination' }],
      once,
      ['cap', 'reduce', 'note', { params: { externalMax: 90 } }],
    ],
  },
  'weather-service': {
    title: {
      en: 'Training hours for the career of forecasters',
      cs: 'Hodiny vzdělávání pro kariéru předpovědářů',
      ar: 'ساعات التدريب للمسار المهني للمتنبئين',
    },
    purpose: ['career-progression', 'cpd'],
    params: {
      minHours: 16,
      typeFactor: { 'successful-completion': 1, participation: 0.5, attendance: 0 },
      generalCap: 40,
      duplicateMonths: 24,
    },
    procedure: { deadlineDays: 30, appealDays: 28 },
    prefix: 'W',
    lines: [
      authentic([...seals, 'wallet-vc', 'platform-verified', 'paper']),
      holder,
      ['certificate-type', 'refuse', 'evidence'],
      ['min-hours', 'refuse', 'evidence'],
      ['formal-marks', 'evidence', 'evidence', { params: { need: ['reference', 'signature', 'seal'] } }],
      ['competency-link', 'note', 'note'],
      ['in-period', 'refuse', 'evidence'],
      ['no-duplicate', 'refuse', 'refer'],
      once,
    ],
  },
  'vet-authority': {
    title: { en: 'Accumulating partial accreditations', cs: 'Skládání dílčích akreditací', ar: 'تجميع الاعتمادات الجزئية' },
    purpose: ['vet-accreditation'],
    procedure: { deadlineDays: 90, appealDays: 30 },
    prefix: 'V',
    lines: [
      authentic(seals),
      holder,
      ['authorised-provider', 'refer', 'evidence'],
      ['level-equals', 'refuse', 'evidence'],
      ['assessed', 'refuse', 'evidence', { params: { awardTypes: ['successful-completion'] } }],
      ['in-person-final-assessment', 'condition', 'condition', { condition: 'final-assessment-in-person' }],
      once,
    ],
  },
  employer: {
    title: { en: 'Skills for a job', cs: 'Dovednosti pro pracovní místo', ar: 'مهارات لوظيفة' },
    purpose: ['employment'],
    procedure: { deadlineDays: 30, appealDays: 14 },
    prefix: 'J',
    lines: [
      authentic([...seals, 'wallet-vc', 'platform-verified']),
      holder,
      ['not-expired', 'refuse', 'evidence', { params: { for: 'safetyCritical' } }],
      ['essential-skills', 'refuse', 'refer'],
      ['optional-skills', 'reduce', 'evidence', { params: { share: 0.5 } }],
    ],
  },
  empty: {
    title: { en: 'New policy', cs: 'Nová pravidla', ar: 'سياسة جديدة' },
    purpose: ['credit'],
    procedure: { deadlineDays: 60, appealDays: 28 },
    prefix: 'R',
    lines: [authentic(seals), holder],
  },
}

/** A policy to begin from, in force from `from` on. Its requirements have ids that are not `taken`: those of policies that apply together are told apart by them. */
export function policyFrom(name: PolicyTemplateName, given: { body: string; from: string; taken?: ReadonlySet<string> }): JsonObject {
  const { title, purpose, params, procedure, prefix: plain, lines } = templates[name]
  const isFree = (prefix: string) => !lines.some((_, at) => given.taken?.has(`${prefix}${at + 1}`))
  let prefix = plain
  for (let copy = 2; !isFree(prefix); copy++) prefix = `${plain}${copy}-`
  return {
    title,
    body: given.body,
    rank: 'institution',
    purpose,
    effective: [given.from, null],
    ...(params ? { params } : {}),
    procedure,
    requirements: lines.map(([kind, onFail, onUnknown = 'evidence', more = {}], at) => ({
      id: `${prefix}${at + 1}`,
      kind,
      onFail,
      onUnknown,
      ...more,
    })),
  }
}

/** What stands in the way of publishing a policy, each with its place: an unknown kind, a missing number, two rules that contradict each other. */
export function policyProblems(policy: Json): readonly Problem[] {
  try {
    readAs(Policy, policy)
    return []
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return error.problems
  }
}
