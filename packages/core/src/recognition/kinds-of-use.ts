/** Requirements on what the credential is for: hours of a career, skills of a job, and what the body has counted already. */
import { z } from 'zod'
import { addMonths } from '../time.ts'
import type { CredentialFacts } from './case.ts'
import { convertedHours, hoursInterval, reaches } from './convert.ts'
import { type FactUsed, factOf, type Judgement, judged, judgeEach, type RecognitionFacts, readingOf } from './facts.ts'
import { kind, plainKind, words } from './kind.ts'
import { Amount, Id, Share } from './words.ts'

const marks = ['reference', 'signature', 'seal'] as const
const sealed = new Set(['qualified-eseal', 'advanced-eseal'])

function formalMarks(credential: CredentialFacts, need: readonly (typeof marks)[number][]): Judgement {
  const used = { facts: [factOf(credential, 'marks'), factOf(credential, 'proof')], threshold: [...need] }
  if (credential.proof && sealed.has(credential.proof)) return judged('pass', [], used)
  const missing = need.filter((mark) => {
    const value = credential.marks?.[mark]
    return value !== true && !(typeof value === 'string' && value.trim() !== '')
  })
  const reasons = missing.map((mark) => (mark === 'reference' ? 'REFERENCE_NUMBER_MISSING' : `${mark.toUpperCase()}_MISSING`))
  const toldMissing = missing.some((mark) => credential.marks?.[mark] != null)
  const verdict = missing.length === 0 ? 'pass' : toldMissing ? 'fail' : 'unknown'
  return judged(verdict, reasons, used)
}

/** The share of the hours that a type of award counts for: all of it where the policy names no factors, nothing where it names others. */
export function factorOf({ numbers }: RecognitionFacts, { awardType }: CredentialFacts): number | undefined {
  if (!numbers.typeFactor) return 1
  return awardType ? (numbers.typeFactor[awardType] ?? 0) : undefined
}

function certificateType(facts: RecognitionFacts, credential: CredentialFacts): Judgement {
  const factor = factorOf(facts, credential)
  const used = { facts: [factOf(credential, 'awardType')] }
  if (factor === undefined) return judged('unknown', ['AWARD_TYPE_UNKNOWN'], used)
  if (factor > 0) return judged('pass', [], used)
  return judged('fail', [credential.awardType === 'attendance' ? 'ATTENDANCE_ONLY' : 'AWARD_TYPE_NOT_ACCEPTED'], used)
}

function minHours({ numbers }: RecognitionFacts, credential: CredentialFacts): Judgement {
  const least = numbers.minHours ?? 0
  const hours = convertedHours(credential)
  const used = { facts: [factOf(credential, 'workload')], threshold: least, ...readingOf(hours ?? null, [hoursInterval(credential)]) }
  if (hours === undefined) return judged('unknown', ['WORKLOAD_BASIS_UNKNOWN'], used)
  return reaches(hours, least) ? judged('pass', [], used) : judged('fail', ['BELOW_MIN_HOURS'], { ...used, shortfall: least - hours })
}

/** Whether a credential is linked to a competency of the post; `undefined` when nobody told. */
export function linked({ target }: RecognitionFacts, { competencies }: CredentialFacts): boolean | undefined {
  if (!competencies) return undefined
  return target.form === 'post' && competencies.some((each) => target.competencies.includes(each))
}

function inPeriod({ target }: RecognitionFacts, credential: CredentialFacts): Judgement {
  const period = target.form === 'post' ? target.period : undefined
  const used = { facts: [factOf(credential, 'issueDate')], ...(period ? { threshold: [...period] } : {}) }
  if (!period || !credential.issueDate) return judged('unknown', ['PERIOD_UNKNOWN'], used)
  const [from, to] = period
  return from <= credential.issueDate && (to === null || credential.issueDate <= to)
    ? judged('pass', [], used)
    : judged('fail', ['OUT_OF_PERIOD'], used)
}

const sameTitle = (one: string, other: string) => one.normalize('NFC').trim().toLowerCase() === other.normalize('NFC').trim().toLowerCase()

/** True when two awards are of the same achievement; where one names none, of the same title; `undefined` when neither can be compared. */
export function sameAchievement(
  one: { achievement?: string | null | undefined; title?: string | null | undefined },
  other: { achievement?: string | null | undefined; title?: string | null | undefined },
): boolean | undefined {
  if (one.achievement && other.achievement) return one.achievement === other.achievement
  return one.title && other.title ? sameTitle(one.title, other.title) : undefined
}

/** Two that are handed in together are counted together, so that one of them is a duplicate of the other. */
const repeatsAnother = (credentials: readonly CredentialFacts[], { id, issueDate, ...own }: CredentialFacts, months: number): boolean =>
  credentials.some(
    (other) =>
      other.id !== id &&
      sameAchievement(own, other) === true &&
      issueDate != null &&
      other.issueDate != null &&
      other.issueDate <= issueDate &&
      addMonths(other.issueDate, months) >= issueDate,
  )

function noDuplicate({ numbers, applicant, credentials }: RecognitionFacts, credential: CredentialFacts): Judgement {
  const months = numbers.duplicateMonths ?? 0
  const counted = applicant.countedAwards ?? []
  const facts: FactUsed[] = [
    factOf(credential, 'issueDate'),
    { path: '/applicant/countedAwards', value: counted.map(({ issueDate }) => issueDate), source: 'registry' },
  ]
  const { issueDate } = credential
  if (counted.length > 0 && !issueDate) return judged('unknown', ['ISSUE_DATE_UNKNOWN'], { facts, threshold: months })
  const near = counted.filter((award) => award.issueDate <= issueDate! && addMonths(award.issueDate, months) >= issueDate!)
  const same = near.map((award) => sameAchievement(credential, award))
  if (same.includes(true) || repeatsAnother(credentials, credential, months))
    return judged('fail', [`DUPLICATE_WITHIN_${months}_MONTHS`], { facts, threshold: months })
  return same.includes(undefined) ? judged('unknown', ['DUPLICATE_UNKNOWN'], { facts, threshold: months }) : judged('pass', [], { facts })
}

function notExpired(
  facts: RecognitionFacts,
  credential: CredentialFacts,
  list: 'essential' | 'optional' | 'safetyCritical' | undefined,
): Judgement {
  const { validUntil, skills } = credential
  const used = { facts: [factOf(credential, 'validUntil')], threshold: facts.asOf }
  if (!validUntil || validUntil >= facts.asOf) return judged('pass', [], used)
  if (list === undefined) return judged('fail', ['CREDENTIAL_EXPIRED'], used)
  const needed = facts.target.form === 'job' ? facts.target[list] : []
  if (!skills) return needed.length === 0 ? judged('pass', [], used) : judged('unknown', ['SKILLS_UNKNOWN'], used)
  return skills.some((skill) => needed.includes(skill))
    ? judged('fail', [list === 'safetyCritical' ? 'SAFETY_CREDENTIAL_EXPIRED' : 'CREDENTIAL_EXPIRED'], used)
    : judged('pass', [], used)
}

/** The skills of all credentials together, and whether somebody's are not told. */
function skillsOf({ credentials }: RecognitionFacts): { held: Set<string>; open: boolean } {
  return { held: new Set(credentials.flatMap(({ skills }) => skills ?? [])), open: credentials.some(({ skills }) => !skills) }
}

function essentialSkills(facts: RecognitionFacts): Judgement {
  const needed = facts.target.form === 'job' ? facts.target.essential : []
  const used = { facts: facts.credentials.map((each) => factOf(each, 'skills')), threshold: [...needed] }
  const { held, open } = skillsOf(facts)
  const reasons = new Set<string>()
  let verdict: Judgement['verdict'] = 'pass'
  let missing = 0
  for (const skill of needed.filter((each) => !held.has(each))) {
    const narrower = facts.skillRelations.some((each) => each.broader === skill && held.has(each.narrower))
    const broader = facts.skillRelations.some((each) => each.narrower === skill && held.has(each.broader))
    if (narrower) reasons.add('SKILL_NARROWER_THAN_REQUIRED')
    if (broader) reasons.add('SKILL_BROADER_THAN_REQUIRED')
    const doubtful = narrower || broader || open
    if (!doubtful) {
      verdict = 'fail'
      missing++
      reasons.add('ESSENTIAL_SKILL_MISSING')
    } else {
      if (verdict === 'pass') verdict = 'unknown'
      if (!narrower && !broader) reasons.add('SKILLS_UNKNOWN')
    }
  }
  return judged(verdict, [...reasons], { ...used, ...(missing > 0 ? { shortfall: missing } : {}) })
}

function optionalSkills(facts: RecognitionFacts, share: number): Judgement {
  const wanted = facts.target.form === 'job' ? facts.target.optional : []
  const used = { facts: facts.credentials.map((each) => factOf(each, 'skills')), threshold: share }
  if (wanted.length === 0) return judged('pass', [], used)
  const { held, open } = skillsOf(facts)
  const found = wanted.filter((skill) => held.has(skill)).length / wanted.length
  if (reaches(found, share)) return judged('pass', [], used)
  return open
    ? judged('unknown', ['SKILLS_UNKNOWN'], used)
    : judged('fail', ['OPTIONAL_SKILLS_BELOW_SHARE'], { ...used, shortfall: share - found })
}

function prerequisites({ credentials, applicant }: RecognitionFacts, achievements: readonly string[]): Judgement {
  const all = [...credentials, ...(applicant.countedAwards ?? [])]
  const held = new Set(all.flatMap(({ achievement }) => achievement ?? []))
  const missing = achievements.filter((each) => !held.has(each))
  const used = { facts: credentials.map((each) => factOf(each, 'achievement')), threshold: [...achievements] }
  if (missing.length === 0) return judged('pass', [], used)
  // What does not say which achievement it is of may be the one that is asked for.
  if (all.some(({ achievement }) => !achievement)) return judged('unknown', ['PREREQUISITE_UNKNOWN'], used)
  return judged('fail', ['PREREQUISITE_MISSING'], { ...used, shortfall: missing.length })
}

/** Kinds of use. `cap` is judged when the grant is known; until then nothing is cut. */
export const kindsOfUse = {
  'certificate-type': plainKind((facts) => judgeEach(facts, (each) => certificateType(facts, each))),
  'min-hours': plainKind((facts) => judgeEach(facts, (each) => minHours(facts, each))),
  'formal-marks': kind(words('need', z.enum(marks)), (facts, { need }) => judgeEach(facts, (each) => formalMarks(each, need))),
  'competency-link': plainKind((facts) =>
    judgeEach(facts, (each) => {
      const link = linked(facts, each)
      const used = { facts: [factOf(each, 'competencies')] }
      if (link === undefined) return judged('unknown', ['COMPETENCY_LINK_UNKNOWN'], used)
      return link ? judged('pass', [], used) : judged('fail', ['NOT_LINKED_TO_COMPETENCY'], used)
    }),
  ),
  'in-period': plainKind((facts) => judgeEach(facts, (each) => inPeriod(facts, each))),
  'no-duplicate': plainKind((facts) => judgeEach(facts, (each) => noDuplicate(facts, each))),
  'not-expired': kind(z.strictObject({ for: z.enum(['essential', 'optional', 'safetyCritical']).optional() }), (facts, params) =>
    judgeEach(facts, (each) => notExpired(facts, each, params.for)),
  ),
  'essential-skills': plainKind(essentialSkills),
  'optional-skills': kind(z.strictObject({ share: Share }), (facts, { share }) => optionalSkills(facts, share)),
  'prerequisites-held': kind(words('achievements', Id), (facts, { achievements }) => prerequisites(facts, achievements)),
  'not-already-counted': plainKind((facts) =>
    judgeEach(facts, (each) =>
      (facts.applicant.countedCredentials ?? []).includes(each.id)
        ? judged('fail', ['ALREADY_COUNTED'], { facts: [{ path: '/applicant/countedCredentials', value: each.id, source: 'registry' }] })
        : judged('pass'),
    ),
  ),
  cap: kind(
    z.strictObject({
      externalMax: Amount.optional(),
      rplMax: Amount.optional(),
      providerMax: Amount.optional(),
      generalMax: Amount.optional(),
    }),
    () => judged('pass'),
  ),
  'agreement-line': plainKind((facts) => (facts.agreed ? judged('pass') : judged('fail', ['NO_AGREEMENT']))),
  precedent: plainKind(() => judged('unknown', ['NO_PRECEDENT_AT_HAND'])),
  'human-question': kind(z.strictObject({ question: z.unknown() }), () => judged('unknown', ['QUESTION_NOT_ANSWERED'])),
}
