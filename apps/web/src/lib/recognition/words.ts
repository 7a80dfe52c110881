/** Words of recognition: outcomes, effects, purposes, states, grants, facts and changes. */
import type { DecisionAnswer } from '@cairn/api'
import type { CredentialFacts, Effect, Grant, Purpose, Rank, RecognitionOutcome, TargetForm } from '@cairn/core'
import { sayDay, sayNumber } from '#lib/page/dates.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale, type Locale, locales } from '#lib/paraglide/runtime.js'

export const outcomeNames: Record<RecognitionOutcome, () => string> = {
  full: m.rec_out_full,
  partial: m.rec_out_partial,
  conditional: m.rec_out_conditional,
  refused: m.rec_out_refused,
  'needs-human': m.rec_out_human,
}
export const subNames = { evidence: m.rec_sub_evidence, judgement: m.rec_sub_judgement, 'policy-conflict': m.rec_sub_conflict }
export const effectNames: Record<Effect, () => string> = {
  refuse: m.rec_eff_refuse,
  refer: m.rec_eff_refer,
  evidence: m.rec_eff_evidence,
  condition: m.rec_eff_condition,
  reduce: m.rec_eff_reduce,
  note: m.rec_eff_note,
}
export const rankNames: Record<Rank, () => string> = {
  law: m.rec_rank_law,
  agreement: m.rec_rank_agreement,
  institution: m.rec_rank_institution,
  unit: m.rec_rank_unit,
}
export const purposeNames: Record<Purpose, () => string> = {
  admission: m.rec_pur_admission,
  credit: m.rec_pur_credit,
  exemption: m.rec_pur_exemption,
  'vet-accreditation': m.rec_pur_vet,
  'career-progression': m.rec_pur_career,
  cpd: m.rec_pur_cpd,
  employment: m.rec_pur_employment,
  licence: m.rec_pur_licence,
}
export const formNames: Record<TargetForm, () => string> = {
  module: m.rec_form_module,
  post: m.rec_form_post,
  vet: m.rec_form_vet,
  job: m.rec_form_job,
}
export const requestStates = {
  submitted: m.rec_state_submitted,
  'evidence-asked': m.rec_state_asked,
  decided: m.rec_state_decided,
  appealed: m.rec_state_appealed,
  closed: m.rec_state_closed,
}
export const verdictNames = { pass: m.rec_v_pass, fail: m.rec_v_fail, unknown: m.rec_v_unknown }

/** Words that stand in parameters and facts. */
export const wordNames: Readonly<Record<string, () => string>> = {
  'qualified-eseal': m.rec_p_qualified,
  'advanced-eseal': m.rec_p_advanced,
  'wallet-vc': m.rec_p_wallet,
  'platform-verified': m.rec_p_platform,
  paper: m.rec_p_paper,
  'successful-completion': m.rec_a_completion,
  participation: m.rec_a_participation,
  attendance: m.rec_a_attendance,
  presential: m.rec_m_presential,
  online: m.rec_m_online,
  blended: m.rec_m_blended,
  reference: m.rec_w_reference,
  signature: m.rec_w_signature,
  seal: m.rec_w_seal,
  essential: m.rec_w_essential,
  optional: m.rec_w_optional,
  safetyCritical: m.rec_w_safety,
  valid: m.yes,
  verified: m.yes,
  mismatch: m.no,
  revoked: m.state_revoked,
  'challenge-test': m.rec_c_challenge,
  'oral-examination': m.rec_c_oral,
  'final-assessment-in-person': m.rec_c_inperson,
}
/** A known word in the reader's language, anything else as it stands. */
export const sayWord = (word: string): string => wordNames[word]?.() ?? word

/** One thing that is granted. */
export function sayGrant({ kind, amount, target, category }: Grant): string {
  const given = { amount: sayNumber(amount ?? 0) }
  switch (kind) {
    case 'specified-credit':
      return m.rec_g_specified(given)
    case 'unspecified-credit':
      return m.rec_g_unspecified(given)
    case 'exemption':
      return m.rec_g_exemption()
    case 'admission':
      return m.rec_g_admission()
    case 'prerequisite':
      return m.rec_g_prerequisite()
    case 'grade-A':
      return m.rec_g_a({ name: target ?? '' })
    case 'grade-B':
      return m.rec_g_b()
    case 'grade-C':
      return m.rec_g_c()
    case 'career-hours':
      return category === 'general' ? m.rec_g_hours_general(given) : m.rec_g_hours_job(given)
    case 'cpd-hours':
      return m.rec_g_cpd(given)
    case 'job-match':
      return m.rec_g_job()
  }
}

/** A message that takes nothing, in the reader's language or in another. */
type Said = (inputs?: Record<string, never>, options?: { locale?: Locale }) => string
const factNames: Readonly<Record<string, Said>> = {
  title: m.rec_f_title,
  status: m.rec_f_status,
  proof: m.rec_f_proof,
  holderMatch: m.rec_f_holder,
  issuer: m.rec_f_issuer,
  issueDate: m.rec_f_issued,
  validUntil: m.rec_f_until,
  awardType: m.rec_f_award,
  eqf: m.rec_f_eqf,
  workload: m.rec_f_workload,
  assessment: m.rec_f_assessment,
  mode: m.rec_f_mode,
  marks: m.rec_f_marks,
  competencies: m.rec_f_competencies,
  skills: m.rec_f_skills,
  elements: m.rec_f_elements,
  vetLevel: m.rec_f_vet,
  providerAuthorised: m.rec_f_authorised,
  matches: m.rec_f_matches,
  supervised: m.rec_f_supervised,
  idVerified: m.rec_f_identified,
  inPerson: m.rec_f_inperson,
}
/** A question for exactly what is not known and keeps the decision open, in the learner's language where we speak it; empty where nothing is. */
export function askFor({ findings }: Pick<DecisionAnswer, 'findings'>, language: string): string {
  const locale = locales.find((each) => each === language) ?? getLocale()
  const open = findings.filter(({ verdict, effect }) => verdict === 'unknown' && effect !== undefined && effect !== 'note')
  const facts = open.flatMap(({ facts: used }) => used.filter(({ value }) => value === null).map(({ path }) => path.split('/').at(-1)!))
  const names = [...new Set(facts)].flatMap((name) => factNames[name]?.({}, { locale }) ?? [])
  return names.length === 0 ? '' : m.desk_ask_for({ facts: new Intl.ListFormat(locale).format(names) }, { locale })
}

/** The name of a fact. */
export const sayFactName = (name: string): string => factNames[name]?.() ?? name

/** The value of a fact or threshold in words; nothing known is said so. */
export function sayValue(value: unknown): string {
  if (value === null || value === undefined) return m.rec_unknown()
  if (typeof value === 'boolean') return value ? m.yes() : m.no()
  if (typeof value === 'number') return sayNumber(value)
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? sayDay(value) : sayWord(value)
  if (Array.isArray(value)) return value.map(sayValue).join(', ')
  return sayMembers(value as Record<string, unknown>)
}

/** What was counted of a workload, beside what it may be read as. */
export function sayReading({ counted, least, most }: NonNullable<DecisionAnswer['findings'][number]['reading']>): string {
  const between =
    most === null ? m.rec_reading_least({ least: sayNumber(least) }) : m.rec_reading({ least: sayNumber(least), most: sayNumber(most) })
  return counted === null ? between : `${m.rec_reading_counted({ amount: sayNumber(counted) })} ${between}`
}

function sayMembers(value: Record<string, unknown>): string {
  if (typeof value.value === 'number' && typeof value.unit === 'string')
    return value.unit === 'hours' ? m.rec_hours({ count: sayNumber(value.value) }) : `${sayNumber(value.value)} ${value.unit}`
  const told = Object.entries(value).filter(([, each]) => each !== null && each !== undefined)
  if (told.length === 0) return m.rec_unknown()
  return told.map(([name, each]) => (factNames[name] ? `${sayFactName(name)}: ${sayValue(each)}` : sayValue(each))).join('; ')
}

const shown = [
  'status',
  'proof',
  'holderMatch',
  'issuer',
  'issueDate',
  'validUntil',
  'awardType',
  'eqf',
  'workload',
  'assessment',
  'mode',
  'marks',
] as const
/** Facts of a credential as lines of name and value; `known` alone where only what is told matters; `issuer` is its name. */
export function sayFacts(
  facts: CredentialFacts,
  { only = 'all', issuer }: { only?: 'all' | 'known'; issuer?: string | undefined } = {},
): { name: string; value: string; known: boolean }[] {
  const more = (['competencies', 'skills', 'elements', 'vetLevel', 'providerAuthorised', 'matches'] as const).filter(
    (name) => facts[name] != null,
  )
  return [...shown, ...more].flatMap((name) => {
    const value = name === 'marks' ? facts.marks?.reference : name === 'issuer' && facts.issuer ? (issuer ?? facts.issuer) : facts[name]
    const known = value !== null && value !== undefined
    if ((only === 'known' || name === 'validUntil') && !known) return []
    return [{ name: sayFactName(name), value: sayValue(value), known }]
  })
}

/** The numbers that the requirements of a policy share, as lines. */
export function sayNumbers(params: Readonly<Record<string, unknown>> = {}): string[] {
  const names: readonly (readonly [string, () => string])[] = [
    ['minHours', m.rec_x_minhours],
    ['generalCap', m.rec_x_generalcap],
    ['duplicateMonths', m.rec_x_months],
    ['recognisedIssuers', m.rec_x_issuers],
  ]
  const factors = Object.entries((params.typeFactor ?? {}) as Record<string, unknown>).map(
    ([type, factor]) => `${m.rec_x_factor({ type: sayWord(type) })}: ${sayValue(factor)}`,
  )
  return [...names.flatMap(([name, say]) => (params[name] == null ? [] : [`${say()}: ${sayValue(params[name])}`])), ...factors]
}

/** A change that would lead to another answer: `/credentials/c1/eqf = 6` in words; one that cannot be read stays as it is. */
export function sayChange(change: string): string {
  return change
    .split(' and ')
    .map((part) => {
      const found = /^\/?(?:credentials\/(?:[^/]*)\/)?([A-Za-z0-9/]+) = (.*)$/s.exec(part)
      if (!found) return part
      const name = found[1]!.split('/').at(-1)!
      try {
        return m.rec_change({
          fact: found[1] === 'accreditationRegistry' ? m.rec_f_accredited() : sayFactName(name),
          value: found[1] === 'accreditationRegistry' ? m.yes() : sayValue(JSON.parse(found[2]!)),
        })
      } catch {
        return part
      }
    })
    .join(', ')
}
