/** Which facts could be different: for a requirement that does not pass, and for what keeps a grant small, the least favourable value that would do. */
import type { Json } from '../json.ts'
import { addMonths } from '../time.ts'
import { standsOn } from './accreditation.ts'
import type { CredentialFacts } from './case.ts'
import type { Change, Setting } from './change.ts'
import { cautiousHoursPerECTS, convertedCredits, convertedHours, reaches } from './convert.ts'
import { coverageOf } from './coverage.ts'
import type { JudgedRequirement } from './decide.ts'
import type { RecognitionFacts } from './facts.ts'
import { linked } from './kinds-of-use.ts'
import { AwardType, Mode, ProofKind } from './words.ts'

type Params = Readonly<Record<string, unknown>>
type Proposals = (facts: RecognitionFacts, params: Params, judged: JudgedRequirement) => Change[]

const set = (credential: CredentialFacts, value: Json, ...steps: string[]): Setting => ({
  path: ['credentials', credential.id, ...steps],
  value,
})
const oneChange = (settings: readonly Setting[]): Change[] => (settings.length === 0 ? [] : [{ settings }])
/** One change over all credentials that need it: a requirement fails as long as it fails for one. */
const forEach = (propose: (credential: CredentialFacts, facts: RecognitionFacts, params: Params) => readonly Setting[]): Proposals => {
  return (facts, params) => oneChange(facts.credentials.flatMap((each) => propose(each, facts, params)))
}
const firstOf = <T extends string>(order: readonly T[], wanted: unknown): T | undefined =>
  order.find((each) => (wanted as readonly string[]).includes(each))

/** Levels: up to what is wanted, and, where a tolerance reaches further down, up to that. */
function raiseLevel(facts: RecognitionFacts, least: number | null | undefined): Change[] {
  if (least == null || least < 1) return []
  return oneChange(facts.credentials.filter(({ eqf }) => eqf == null || eqf < least).map((each) => set(each, least, 'eqf')))
}

const targetLevel = ({ target }: RecognitionFacts) => (target.form === 'module' ? target.eqf : undefined)

/** The credits that are missing, on the first credential that tells none or else on the first; and the issuer's own factor for hours. */
function moreWork(facts: RecognitionFacts, { ratio }: Params): Change[] {
  const { target, credentials } = facts
  if (target.form !== 'module') return []
  const needed = Number(ratio) * target.credits
  const amounts = credentials.map(convertedCredits)
  const known = amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0)
  const silent = credentials.filter((_, at) => amounts[at] === undefined)
  const total = (value: number): Json => [{ value: Math.ceil(value * 2 - 1e-9) / 2, unit: 'ECTS', basis: 'total' }]
  if (silent.length > 0) return oneChange(silent.map((each) => set(each, total(Math.max(0, needed - known) / silent.length), 'workload')))
  const [first] = credentials
  const more = oneChange([set(first!, total((amounts[0] ?? 0) + needed - known), 'workload')])
  return [...more, ...ownFactor(facts, needed)]
}

/** Hours were counted with the cautious factor: the largest one below it that the issuer could state and that would do. */
function ownFactor(facts: RecognitionFacts, needed: number): Change[] {
  const unstated = facts.credentials.filter(({ workload }) => {
    const [reading] = workload ?? []
    return reading?.unit === 'hours' && reading.basis === 'total' && reading.hoursPerECTS == null
  })
  for (let factor = cautiousHoursPerECTS - 1; unstated.length > 0 && factor >= 25; factor--) {
    const stated = (each: CredentialFacts): CredentialFacts =>
      unstated.includes(each) ? { ...each, workload: [{ ...each.workload![0]!, hoursPerECTS: factor }] } : each
    const sum = facts.credentials.reduce((total, each) => total + (convertedCredits(stated(each)) ?? 0), 0)
    if (reaches(sum, needed)) return oneChange(unstated.map((each) => set(each, stated(each).workload as unknown as Json, 'workload')))
  }
  return []
}

/** Each outcome that is not matched in full, the mandatory and the heavy ones first. */
function moreOutcomes(facts: RecognitionFacts): Change[] {
  const { target, applicant, credentials } = facts
  if (target.form !== 'module') return []
  const recognised = new Set(applicant.recognisedOutcomes ?? [])
  const { mandatoryMissing } = coverageOf(facts)
  const must = new Set(mandatoryMissing)
  return target.outcomes
    .filter(({ id }) => !recognised.has(id) && !credentials.some(({ matches }) => matches?.[id] === 'full'))
    .sort(
      (one, other) => Number(must.has(other.id)) - Number(must.has(one.id)) || other.weight - one.weight || (one.id < other.id ? -1 : 1),
    )
    .slice(0, 6)
    .map(({ id }) => ({ settings: [set(credentials[0]!, 'full', 'matches', id)] }))
}

function accredit({ accreditations }: RecognitionFacts, { issuer, issueDate, eqf }: CredentialFacts, coverLevel: boolean): Setting[] {
  if (!issuer || !issueDate || (coverLevel && eqf == null)) return []
  const covered = accreditations.some(
    (each) => each.organisation === issuer && standsOn(each, issueDate) && (!coverLevel || each.eqf?.includes(eqf!)),
  )
  if (covered) return []
  const record = {
    id: `${issuer} on ${issueDate}`,
    organisation: issuer,
    from: issueDate,
    to: issueDate,
    ...(coverLevel ? { eqf: [eqf!] } : {}),
  }
  return [{ path: ['accreditationRegistry'], value: record }]
}

/** Skills that are missing, on the first credential: all that are essential, or as many optional ones as the share asks. */
function moreSkills(facts: RecognitionFacts, wanted: readonly string[], share: number): Change[] {
  const [first] = facts.credentials
  const held = new Set(facts.credentials.flatMap(({ skills }) => skills ?? []))
  const missing = wanted.filter((skill) => !held.has(skill)).sort()
  const count = Math.ceil(share * wanted.length - 1e-9) - (wanted.length - missing.length)
  return count <= 0 ? [] : oneChange([set(first!, [...(first!.skills ?? []), ...missing.slice(0, count)].sort(), 'skills')])
}

const byKind: Readonly<Record<string, Proposals>> = {
  authenticity: forEach((each, _, { proofs }) => {
    if (each.status === 'revoked' || each.status === 'invalid') return []
    const proof = each.proof && (proofs as readonly string[]).includes(each.proof) ? undefined : firstOf(ProofKind.options, proofs)
    return [...(each.status === 'valid' ? [] : [set(each, 'valid', 'status')]), ...(proof ? [set(each, proof, 'proof')] : [])]
  }),
  'holder-match': forEach((each) => (each.holderMatch ? [] : [set(each, 'verified', 'holderMatch')])),
  'accredited-at-issue': forEach((each, facts, { coverLevel }) => accredit(facts, each, coverLevel === true)),
  'authorised-provider': forEach((each) => (each.providerAuthorised ? [] : [set(each, true, 'providerAuthorised')])),
  'certificate-type': forEach((each) =>
    each.awardType === 'successful-completion' ? [] : [set(each, 'successful-completion', 'awardType')],
  ),
  assessed: forEach((each, _, { awardTypes }) => {
    const type = each.awardType && (awardTypes as string[]).includes(each.awardType) ? undefined : firstOf(AwardType.options, awardTypes)
    return [
      ...(type ? [set(each, type, 'awardType')] : []),
      ...(each.assessment ? [] : [set(each, { supervised: true, idVerified: true, inPerson: true }, 'assessment')]),
    ]
  }),
  'assessment-type': forEach((each, _, { types }) =>
    each.assessment?.type && (types as string[]).includes(each.assessment.type)
      ? []
      : [set(each, (types as string[]).toSorted()[0]!, 'assessment', 'type')],
  ),
  level: (facts, { tolerance }) => {
    const wanted = targetLevel(facts)
    return [...raiseLevel(facts, wanted), ...(wanted == null || !tolerance ? [] : raiseLevel(facts, wanted - Number(tolerance)))]
  },
  'level-min': (facts, { eqf }) => raiseLevel(facts, Number(eqf)),
  'level-equals': forEach((each, { target }) =>
    target.form !== 'vet' || target.level == null || each.vetLevel === target.level ? [] : [set(each, target.level, 'vetLevel')],
  ),
  workload: moreWork,
  'min-hours': (facts, _, { judgement }) =>
    oneChange(
      facts.credentials
        .filter((each) => !reaches(convertedHours(each) ?? 0, Number(judgement.threshold)))
        .map((each) => set(each, [{ value: Number(judgement.threshold), unit: 'hours', basis: 'total' }], 'workload')),
    ),
  'contact-hours': forEach((each, _, { min }) => {
    const told = each.workload ?? []
    if (told.some(({ value, unit, basis }) => unit === 'hours' && basis === 'contact' && reaches(value, Number(min)))) return []
    return [set(each, [{ value: Number(min), unit: 'hours', basis: 'contact' }, ...(told as unknown as Json[])], 'workload')]
  }),
  'outcome-coverage': moreOutcomes,
  'mandatory-outcomes': moreOutcomes,
  currency: (facts, _, { judgement }) => {
    const day = addMonths(facts.asOf, -Math.round(Number(judgement.threshold) * 12))
    return oneChange(facts.credentials.filter(({ issueDate }) => !issueDate || issueDate < day).map((each) => set(each, day, 'issueDate')))
  },
  'supervision-id': forEach(({ assessment, ...each }) => [
    ...(assessment?.supervised ? [] : [set(each as CredentialFacts, true, 'assessment', 'supervised')]),
    ...(assessment?.idVerified ? [] : [set(each as CredentialFacts, true, 'assessment', 'idVerified')]),
  ]),
  'in-person-final-assessment': forEach((each) =>
    each.mode === 'presential' || each.assessment?.inPerson ? [] : [set(each, true, 'assessment', 'inPerson')],
  ),
  'mode-in': forEach((each, _, { modes }) =>
    each.mode && (modes as string[]).includes(each.mode) ? [] : [set(each, firstOf(Mode.options, modes)!, 'mode')],
  ),
  'formal-marks': forEach((each, _, { need }) =>
    each.proof === 'qualified-eseal' || each.proof === 'advanced-eseal'
      ? []
      : (need as readonly ('reference' | 'signature' | 'seal')[])
          .toSorted()
          .filter((mark) => !each.marks?.[mark])
          .map((mark) => set(each, true, 'marks', mark)),
  ),
  'competency-link': forEach((each, facts) => {
    const [first] = facts.target.form === 'post' ? facts.target.competencies.toSorted() : []
    return first === undefined || linked(facts, each) ? [] : [set(each, [...(each.competencies ?? []), first].sort(), 'competencies')]
  }),
  'in-period': forEach((each, { target }) => {
    if (target.form !== 'post' || !target.period) return []
    const [from, to] = target.period
    if (!each.issueDate || each.issueDate < from) return [set(each, from, 'issueDate')]
    return to !== null && each.issueDate > to ? [set(each, to, 'issueDate')] : []
  }),
  'not-expired': forEach((each, { asOf }) => (each.validUntil && each.validUntil < asOf ? [set(each, asOf, 'validUntil')] : [])),
  'essential-skills': (facts) => moreSkills(facts, facts.target.form === 'job' ? facts.target.essential : [], 1),
  'optional-skills': (facts, { share }) => moreSkills(facts, facts.target.form === 'job' ? facts.target.optional : [], Number(share)),
}

/** Kinds whose answer is no fact of a case: there the requirement itself is taken as met. */
const answeredElsewhere = new Set([
  'issuer-trust',
  'qa-type',
  'grade-min',
  'field',
  'annex1-complete',
  'language',
  'prerequisites-held',
  'human-question',
])

/**
 * The changes that could mend one requirement. None for a revoked or invalid credential, a mismatched holder, an issuer that is not listed, or what is in
 * the ledger: what would help there is another credential.
 */
export function changesFor(judged: JudgedRequirement, facts: RecognitionFacts): Change[] {
  const { requirement, judgement } = judged
  if (answeredElsewhere.has(requirement.kind)) return [{ settings: [], met: requirement.id }]
  if (['CREDENTIAL_REVOKED', 'CREDENTIAL_INVALID', 'HOLDER_MISMATCH'].some((reason) => judgement.reasons.includes(reason))) return []
  return byKind[requirement.kind]?.(facts, requirement.params as Params, judged) ?? []
}

/** Changes of what keeps a grant small although every requirement may pass: a level within the tolerance, half hours, elements not told. */
export function changesOfGrant(reasons: ReadonlySet<string>, facts: RecognitionFacts): Change[] {
  const changes: Change[] = []
  if (reasons.has('LEVEL_BELOW_TARGET')) changes.push(...raiseLevel(facts, targetLevel(facts)))
  if (facts.target.form === 'post')
    changes.push(
      ...oneChange(
        facts.credentials
          .filter(({ awardType }) => awardType && awardType !== 'successful-completion')
          .map((each) => set(each, 'successful-completion', 'awardType')),
      ),
    )
  return changes
}
