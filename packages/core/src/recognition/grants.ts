/** What would be granted, from the facts alone: a module's credit, a career's hours, grades of vocational training, a match with a job. */
import { convertedCredits, convertedHours, downToHalf, epsilon, reaches } from './convert.ts'
import { coverageOf } from './coverage.ts'
import type { RecognitionFacts } from './facts.ts'
import { factorOf, linked } from './kinds-of-use.ts'
import type { Grant } from './library.ts'
import type { ModuleTarget, VetTarget } from './target.ts'

/** A proposal. `whole` is all that was asked for; without grants it is a refusal, or `open` where a fact that decides it is missing. */
export interface Proposal {
  grants: readonly Grant[]
  whole: boolean
  open: boolean
  reasons: readonly string[]
}

/** What the requirements said that the amount depends on. */
export interface Shaping {
  targetId: string
  /** Every outcome-coverage and workload requirement passed, or none asks and the defaults pass. */
  specified: boolean
  /** The coverage below which nothing is given. */
  partial: number
  /** False when a requirement on optional skills failed. */
  skillsWhole: boolean
}

/** The proposal for the target of the case. */
export function propose(facts: RecognitionFacts, shaping: Shaping): Proposal {
  const { target } = facts
  switch (target.form) {
    case 'module':
      return proposeCredit(facts, target, shaping)
    case 'post':
      return proposeHours(facts)
    case 'vet':
      return proposeGrades(facts, target, shaping.targetId)
    case 'job':
      return proposeMatch(facts, shaping)
  }
}

const combined = (contributors: Iterable<string>) => (new Set(contributors).size > 1 ? ['COMBINED_EVIDENCE'] : [])

function proposeCredit(facts: RecognitionFacts, target: ModuleTarget, { targetId, specified, partial }: Shaping): Proposal {
  const coverage = coverageOf(facts)
  const converted = facts.credentials.map(convertedCredits)
  const sum = converted.reduce<number>((total, amount) => total + (amount ?? 0), 0)
  const withWork = facts.credentials.filter((_, at) => (converted[at] ?? 0) > 0).map(({ id }) => id)
  const shared = combined([...coverage.contributors, ...withWork])
  const levelReached = target.eqf != null && facts.credentials.every(({ eqf }) => eqf != null && eqf >= target.eqf!)
  if (specified && levelReached) {
    const small = sum < target.credits - epsilon || coverage.value < 1 - 1e-6
    return {
      grants: [{ kind: 'specified-credit', amount: target.credits, unit: 'ECTS', target: targetId }],
      whole: true,
      open: false,
      reasons: [...shared, ...(small ? ['DIFFERENCE_NOT_SUBSTANTIAL'] : [])],
    }
  }
  const amount = downToHalf(Math.min(sum, coverage.value * target.credits))
  if (reaches(coverage.value, partial) && amount >= 1)
    return { grants: [{ kind: 'unspecified-credit', amount, unit: 'ECTS' }], whole: false, open: false, reasons: shared }
  return {
    grants: [],
    whole: false,
    open: coverage.open || (reaches(coverage.value, partial) && converted.includes(undefined)),
    reasons: [],
  }
}

function proposeHours(facts: RecognitionFacts): Proposal {
  const { numbers, applicant, credentials } = facts
  const left = numbers.generalCap == null ? Number.POSITIVE_INFINITY : Math.max(0, numbers.generalCap - (applicant.generalHoursUsed ?? 0))
  let specific = 0
  let general = 0
  let whole = true
  let open = false
  const reasons = new Set<string>()
  const contributors: string[] = []
  for (const credential of credentials) {
    const hours = convertedHours(credential)
    const factor = factorOf(facts, credential)
    const link = linked(facts, credential)
    if (hours === undefined || factor === undefined) {
      // General hours of which the cap leaves nothing count for nothing, however many they are.
      if (link !== false || left > epsilon) open = true
      continue
    }
    const counted = hours * factor
    if (counted <= epsilon) {
      whole = false
      continue
    }
    contributors.push(credential.id)
    if (factor === 0.5) reasons.add('PARTICIPATION_HALF')
    // Without a told link the hours are general; when the cap then leaves nothing, it is the link that decides.
    if (link === undefined) open = true
    const specificHere = link === true
    if (specificHere) specific += counted
    else general += counted
    if (!specificHere || counted < hours - epsilon) whole = false
  }
  if (general > left + epsilon) reasons.add('GENERAL_HOURS_CAP')
  const grants: Grant[] = []
  const grant = (amount: number, category: 'job-specific' | 'general') => {
    if (amount > epsilon) grants.push({ kind: 'career-hours', amount: Math.round(amount * 1e6) / 1e6, unit: 'hours', category })
  }
  grant(specific, 'job-specific')
  grant(Math.min(general, left), 'general')
  return { grants, whole, open: open && grants.length === 0, reasons: [...reasons, ...(grants.length > 0 ? combined(contributors) : [])] }
}

function proposeGrades({ credentials, applicant }: RecognitionFacts, target: VetTarget, targetId: string): Proposal {
  const held = new Set(applicant.elementsHeld ?? [])
  const fresh = new Set<string>()
  const contributors: string[] = []
  for (const { id, elements } of credentials)
    for (const element of elements ?? [])
      if (target.elements.includes(element) && !held.has(element)) {
        fresh.add(element)
        contributors.push(id)
      }
  if (fresh.size === 0) {
    const open = credentials.some(({ elements }) => !elements)
    return { grants: [], whole: false, open, reasons: [open ? 'ELEMENTS_UNKNOWN' : 'NO_ELEMENT_TO_ADD'] }
  }
  const complete = target.elements.every((element) => held.has(element) || fresh.has(element))
  return {
    grants: [
      ...[...fresh].sort().map((element): Grant => ({ kind: 'grade-A', target: element })),
      ...(complete ? [{ kind: 'grade-B' as const, target: targetId }] : []),
    ],
    whole: true,
    open: false,
    reasons: combined(contributors),
  }
}

function proposeMatch({ credentials, target }: RecognitionFacts, { skillsWhole }: Shaping): Proposal {
  const asked = new Set(target.form === 'job' ? [...target.essential, ...target.optional] : [])
  const contributors = credentials.filter(({ skills }) => skills?.some((skill) => asked.has(skill))).map(({ id }) => id)
  return { grants: [{ kind: 'job-match' }], whole: skillsWhole, open: false, reasons: combined(contributors) }
}
