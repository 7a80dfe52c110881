/** The facts that a certificate of a specification will tell, before anybody has earned it: what a forecast asks about. */

import { conceptIn } from '../concept-list.ts'
import type { CredentialFacts } from '../recognition/case.ts'
import type { AchievementSpecification, Assessment } from '../specification.ts'
import { assessmentTypes } from '../vocabularies/assessment-types.ts'
import { modes } from '../vocabularies/modes.ts'

/** What the specification does not know: who issues it, when, and how it is proven. */
export interface CertificateGiven {
  id: string
  issuer: string
  issueDate: string
  proof: NonNullable<CredentialFacts['proof']>
}

const supervisionBase = 'http://data.europa.eu/snb/supervision-verification/'
/** Supervised, identity verified. */
const supervision: Readonly<Record<string, readonly [boolean, boolean]>> = {
  df2880c5cb: [false, true],
  c598449d64: [false, false],
  '70be69aaf9': [true, true],
  '44314532f9': [true, false],
}
const modeWords: Readonly<Record<string, NonNullable<CredentialFacts['mode']>>> = {
  Presential: 'presential',
  Online: 'online',
  Blended: 'blended',
}
const awardTypes: Readonly<Partial<Record<AchievementSpecification['kind'], NonNullable<CredentialFacts['awardType']>>>> = {
  'micro-credential': 'successful-completion',
  'certificate-of-completion': 'successful-completion',
  'certificate-of-participation': 'participation',
  'certificate-of-attendance': 'attendance',
  diploma: 'successful-completion',
}

/** The certificate as its holder will hand it in: sealed, valid, and the holder's. What the specification leaves open stays unknown. */
export function certificateFacts(specification: AchievementSpecification, given: CertificateGiven): CredentialFacts {
  const { kind, workload, level, assessments, participation, outcomes, referenceNumbers } = specification
  const told = [
    ...(workload.ects === undefined ? [] : [{ value: workload.ects, unit: 'ECTS' as const, basis: 'total' as const }]),
    ...(workload.hours === undefined ? [] : [{ value: workload.hours, unit: 'hours' as const, basis: 'total' as const }]),
    ...(workload.contactHours === undefined ? [] : [{ value: workload.contactHours, unit: 'hours' as const, basis: 'contact' as const }]),
  ]
  const competencies = [...new Set(outcomes.flatMap((each) => each.competencies.map(({ code, id }) => code ?? id)))].sort()
  const skills = [...new Set(outcomes.flatMap((each) => each.skills.map(({ id }) => id)))].sort()
  const mode = participation.flatMap((each) => modeWords[conceptIn(modes, each)?.label.en ?? ''] ?? [])
  return {
    ...given,
    awardType: awardTypes[kind] ?? null,
    status: 'valid',
    holderMatch: 'verified',
    eqf: level.eqf ?? null,
    workload: told.length > 0 ? told : null,
    assessment: assessments.length > 0 ? assessmentFacts(assessments) : null,
    mode: new Set(mode).size === 1 ? mode[0]! : mode.length > 1 ? 'blended' : null,
    marks: { reference: referenceNumbers !== undefined, signature: null, seal: null },
    competencies,
    skills,
    achievement: specification.id,
  }
}

/** Of several assessments the whole is supervised when each is; what one of them leaves open is open. */
function assessmentFacts(assessments: readonly Assessment[]): NonNullable<CredentialFacts['assessment']> {
  const all = (part: 0 | 1) => {
    const each = assessments.map((one) => supervision[one.supervision?.replace(supervisionBase, '') ?? '']?.[part])
    return each.includes(false) ? false : each.includes(undefined) ? null : true
  }
  const places = assessments.map((one) => one.modes.map((mode) => conceptIn(modes, mode)?.label.en))
  const inPerson = places.some((list) => list.length === 0) ? null : places.every((list) => list.every((mode) => mode === 'Presential'))
  const [type] = assessments.flatMap(({ type }) => (type ? (conceptIn(assessmentTypes, type)?.label.en ?? []) : []))
  return { type: type ?? null, supervised: all(0), idVerified: all(1), inPerson }
}
