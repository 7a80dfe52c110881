/** Requirements on what was learned and how it was assessed: level, workload, outcomes, currency, supervision. */
import { z } from 'zod'
import { addMonths } from '../time.ts'
import type { CredentialFacts } from './case.ts'
import { convertedCredits, creditsInterval, epsilon, reaches } from './convert.ts'
import { coverageOf } from './coverage.ts'
import { factOf, type Judgement, judged, judgeEach, type RecognitionFacts, readingOf } from './facts.ts'
import { kind, plainKind, words } from './kind.ts'
import { Amount, AwardType, EqfLevel, Id, Mode, Share } from './words.ts'

/** What counts where a policy names no threshold of its own (domain 2.3, 5). */
export const defaults = { ratio: 0.8, full: 0.8, partial: 0.4 } as const

function assessed(credential: CredentialFacts, awardTypes: readonly string[]): Judgement {
  const facts = [factOf(credential, 'awardType'), factOf(credential, 'assessment')]
  const { awardType, assessment, workload } = credential
  if (!awardType) return judged('unknown', ['ASSESSMENT_UNKNOWN'], { facts })
  if (!awardTypes.includes(awardType)) {
    // Credit points are given for what was assessed: an attendance that tells ECTS contradicts itself.
    const inconsistent = awardType !== 'successful-completion' && workload?.some(({ unit }) => unit === 'ECTS')
    const reasons = ['NOT_ASSESSED', ...(inconsistent ? ['INCONSISTENT_ECTS_WITHOUT_ASSESSMENT'] : [])]
    return judged('fail', reasons, { facts, threshold: [...awardTypes] })
  }
  return assessment ? judged('pass', [], { facts }) : judged('unknown', ['ASSESSMENT_UNKNOWN'], { facts })
}

function atLeast(
  credential: CredentialFacts,
  least: number | null | undefined,
  wanted: number | null | undefined,
  failure: string,
): Judgement {
  const used = { facts: [factOf(credential, 'eqf')], ...(least == null ? {} : { threshold: least }) }
  if (credential.eqf == null || least == null) return judged('unknown', ['LEVEL_UNKNOWN'], used)
  if (credential.eqf < least) return judged('fail', [failure], { ...used, shortfall: least - credential.eqf })
  return judged('pass', wanted != null && credential.eqf < wanted ? ['LEVEL_BELOW_TARGET'] : [], used)
}

const targetEqf = ({ target }: RecognitionFacts) => (target.form === 'module' ? target.eqf : undefined)

function workload({ credentials, target }: RecognitionFacts, ratio: number): Judgement {
  const facts = credentials.map((each) => factOf(each, 'workload'))
  if (target.form !== 'module') return judged('unknown', ['WORKLOAD_BASIS_UNKNOWN'], { facts })
  const needed = ratio * target.credits
  const amounts = credentials.map(convertedCredits)
  const sum = amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0)
  const isOpen = amounts.includes(undefined)
  const used = { facts, threshold: needed, ...readingOf(isOpen ? null : sum, credentials.map(creditsInterval)) }
  if (isOpen) return judged('unknown', ['WORKLOAD_BASIS_UNKNOWN'], used)
  return reaches(sum, needed)
    ? judged('pass', [], used)
    : judged('fail', ['WORKLOAD_SUBSTANTIALLY_LOWER'], { ...used, shortfall: needed - sum })
}

function covered(given: RecognitionFacts, full: number): Judgement {
  const { value, mandatoryMissing, lowered, open } = coverageOf(given)
  const used = { facts: given.credentials.map((each) => factOf(each, 'matches', 'human')), threshold: full }
  const told = lowered > epsilon ? ['OUTCOMES_ALREADY_RECOGNISED'] : []
  if (reaches(value, full) && mandatoryMissing.length === 0) return judged('pass', told, used)
  if (open) return judged('unknown', [...told, 'OUTCOMES_NOT_COMPARED'], used)
  // Where the outcomes recognised before are all that is missing, they are the reason.
  const alone = lowered > epsilon && reaches(value + lowered, full) && mandatoryMissing.length === 0
  return judged('fail', [...told, ...(alone ? [] : ['OUTCOMES_NOT_COVERED'])], { ...used, shortfall: Math.max(0, full - value) })
}

/** Years by the longest prefix of the field that the policy names. */
function yearsFor({ target }: RecognitionFacts, years: number, byField: Readonly<Record<string, number>>): number {
  const field = target.form === 'module' ? (target.iscedF ?? '') : ''
  for (let length = field.length; length > 0; length--) {
    const found = byField[field.slice(0, length)]
    if (found !== undefined) return found
  }
  return years
}

function supervised(credential: CredentialFacts): Judgement {
  const used = { facts: [factOf(credential, 'assessment')] }
  const { assessment } = credential
  // An award of which no assessment is told shows none that was supervised.
  if (!assessment) return judged('unknown', ['ASSESSMENT_NOT_SUPERVISED'], used)
  const parts = [assessment.supervised, assessment.idVerified]
  if (parts.includes(false)) return judged('fail', ['ASSESSMENT_NOT_SUPERVISED'], used)
  return parts.every((part) => part === true) ? judged('pass', [], used) : judged('unknown', ['SUPERVISION_UNKNOWN'], used)
}

function inPerson(credential: CredentialFacts): Judgement {
  const used = { facts: [factOf(credential, 'mode'), factOf(credential, 'assessment')] }
  const { mode, assessment } = credential
  if (mode === 'presential' || assessment?.inPerson === true) return judged('pass', [], used)
  if (mode && assessment?.inPerson === false) return judged('fail', ['FINAL_ASSESSMENT_NOT_IN_PERSON'], used)
  return judged('unknown', ['PLACE_OF_ASSESSMENT_UNKNOWN'], used)
}

function contactHours(credential: CredentialFacts, min: number): Judgement {
  const told = (credential.workload ?? []).filter(({ unit, basis }) => unit === 'hours' && basis === 'contact')
  const used = { facts: [factOf(credential, 'workload')], threshold: min }
  if (told.length === 0) return judged('unknown', ['CONTACT_HOURS_UNKNOWN'], used)
  const most = Math.max(...told.map(({ value }) => value))
  return reaches(most, min) ? judged('pass', [], used) : judged('fail', ['CONTACT_HOURS_BELOW_MINIMUM'], { ...used, shortfall: min - most })
}

/** Kinds of learning. */
export const kindsOfLearning = {
  assessed: kind(words('awardTypes', AwardType), (facts, { awardTypes }) => judgeEach(facts, (each) => assessed(each, awardTypes))),
  'assessment-type': kind(words('types', z.string().min(1).max(500)), (facts, { types }) =>
    judgeEach(facts, (each) => {
      const used = { facts: [factOf(each, 'assessment')], threshold: types }
      if (!each.assessment?.type) return judged('unknown', ['ASSESSMENT_TYPE_UNKNOWN'], used)
      return types.includes(each.assessment.type) ? judged('pass', [], used) : judged('fail', ['ASSESSMENT_TYPE_NOT_ACCEPTED'], used)
    }),
  ),
  'grade-min': kind(z.strictObject({ scheme: Id, min: z.union([z.number(), z.string().min(1).max(100)]) }), (facts, { scheme, min }) =>
    judgeEach(facts, () => judged('unknown', ['GRADE_UNKNOWN'], { threshold: { scheme, min } })),
  ),
  level: kind(z.strictObject({ tolerance: z.int().min(0).max(7).default(0) }), (facts, { tolerance }) => {
    const wanted = targetEqf(facts)
    return judgeEach(facts, (each) => atLeast(each, wanted == null ? wanted : wanted - tolerance, wanted, 'LEVEL_SUBSTANTIALLY_LOWER'))
  }),
  'level-min': kind(z.strictObject({ eqf: EqfLevel }), (facts, { eqf }) =>
    judgeEach(facts, (each) => atLeast(each, eqf, undefined, 'LEVEL_BELOW_MINIMUM')),
  ),
  'level-equals': plainKind((facts) =>
    judgeEach(facts, (each) => {
      const wanted = facts.target.form === 'vet' ? facts.target.level : undefined
      const used = { facts: [factOf(each, 'vetLevel')], ...(wanted == null ? {} : { threshold: wanted }) }
      if (each.vetLevel == null || wanted == null) return judged('unknown', ['LEVEL_UNKNOWN'], used)
      return each.vetLevel === wanted ? judged('pass', [], used) : judged('fail', ['LEVEL_DIFFERENT'], used)
    }),
  ),
  workload: kind(z.strictObject({ ratio: Share.default(defaults.ratio) }), (facts, { ratio }) => workload(facts, ratio)),
  'contact-hours': kind(z.strictObject({ min: Amount }), (facts, { min }) => judgeEach(facts, (each) => contactHours(each, min))),
  'outcome-coverage': kind(
    z
      .strictObject({ full: Share.default(defaults.full), partial: Share.default(defaults.partial) })
      .refine(({ full, partial }) => partial <= full, { message: 'The partial threshold is above the full one.', path: ['partial'] }),
    (facts, { full }) => covered(facts, full),
  ),
  'mandatory-outcomes': plainKind((facts) => {
    const { mandatoryMissing, open } = coverageOf(facts)
    const used = { facts: facts.credentials.map((each) => factOf(each, 'matches', 'human')) }
    if (mandatoryMissing.length === 0) return judged('pass', [], used)
    return open
      ? judged('unknown', ['OUTCOMES_NOT_COMPARED'], used)
      : judged('fail', ['MANDATORY_OUTCOME_MISSING'], { ...used, threshold: [...mandatoryMissing], shortfall: mandatoryMissing.length })
  }),
  currency: kind(
    z.strictObject({ years: Amount, byField: z.record(z.string().regex(/^\d{2,4}$/), Amount).default({}) }),
    (facts, { years, byField }) => {
      const limit = yearsFor(facts, years, byField)
      return judgeEach(facts, (each) => {
        const used = { facts: [factOf(each, 'issueDate')], threshold: limit }
        if (!each.issueDate) return judged('unknown', ['ISSUE_DATE_UNKNOWN'], used)
        return addMonths(each.issueDate, Math.round(limit * 12)) >= facts.asOf
          ? judged('pass', [], used)
          : judged('fail', ['LEARNING_NOT_CURRENT'], used)
      })
    },
  ),
  'supervision-id': plainKind((facts) => judgeEach(facts, supervised)),
  'in-person-final-assessment': plainKind((facts) => judgeEach(facts, inPerson)),
  'mode-in': kind(words('modes', Mode), (facts, { modes }) =>
    judgeEach(facts, (each) => {
      const used = { facts: [factOf(each, 'mode')], threshold: modes }
      if (!each.mode) return judged('unknown', ['MODE_UNKNOWN'], used)
      return modes.includes(each.mode) ? judged('pass', [], used) : judged('fail', ['MODE_NOT_ACCEPTED'], used)
    }),
  ),
  field: kind(words('iscedF', z.string().regex(/^\d{2,4}$/)), (facts, { iscedF }) =>
    judgeEach(facts, () => judged('unknown', ['FIELD_UNKNOWN'], { threshold: iscedF })),
  ),
  language: kind(words('languages', z.string().min(2).max(35)), (facts, { languages }) =>
    judgeEach(facts, () => judged('unknown', ['LANGUAGE_UNKNOWN'], { threshold: languages })),
  ),
}
