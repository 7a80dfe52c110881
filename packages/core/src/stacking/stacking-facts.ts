/** From what was verified to what a pathway counts: one credential's facts, and whether a slot takes them. */
import type { Json } from '../json.ts'
import { ProblemError } from '../problems.ts'
import { factsFromReport } from '../recognition/case-from-reports.ts'
import type { Report } from '../report.ts'
import { currentUntil } from './current-until.ts'
import { engineForm, type Pathway, type PathwaySlot, type SlotPredicate, slotTag } from './pathway.ts'
import { readStackingCase } from './read-stacking-case.ts'
import type { StackingCase, StackingCredential, StackingOffer } from './stacking-case.ts'

/** What a credential says that a pathway may ask for. */
export interface StackingFacts {
  id: string
  title: string
  achievement?: string
  issuer?: string
  issuerName: string
  outcomes: readonly string[]
  fields: readonly string[]
  kind?: string
  eqf?: number
  credits?: number
  issueDate?: string
  validUntil?: string
  assessed: boolean
  /** What the issuer's list says of it, and whether who sealed it is known. */
  status: 'valid' | 'revoked' | 'suspended' | 'invalid' | 'unknown'
}

/**
 * The facts of a verified report. Credits are ECTS as told, else hours by what the credential says a credit is, else by 30 (the cautious end of 25 to 30).
 * Raises `recognition.not-sealed` when the seal did not hold.
 */
export function stackingFacts(report: Report): StackingFacts {
  const { id, title, issuer, issueDate, validUntil, eqf, status, assessment, achievement } = factsFromReport(report, 'module')
  const view = report.view!
  const { ects, hours } = view.workload ?? {}
  const credits = ects ?? (hours === undefined ? undefined : Math.floor((hours / 30) * 2) / 2)
  return {
    id,
    title: String(title ?? ''),
    ...(achievement ? { achievement } : {}),
    ...(issuer ? { issuer } : {}),
    issuerName: report.registry?.legalName ?? view.issuer,
    outcomes: view.outcomes,
    fields: view.fields.map(({ code }) => code),
    ...(view.kind ? { kind: view.kind } : {}),
    ...(eqf == null ? {} : { eqf }),
    ...(credits === undefined ? {} : { credits }),
    ...(issueDate == null ? {} : { issueDate }),
    ...(validUntil == null ? {} : { validUntil }),
    assessed: assessment != null,
    status: status ?? 'unknown',
  }
}

/** Why a slot does not take a credential: the first member of its predicate that is not met; nothing when it does. */
export function missedBy(takes: SlotPredicate, facts: Omit<StackingFacts, 'status'>): keyof SlotPredicate | undefined {
  const { achievements, outcomes, fields, providers, tags, levelMin } = takes
  const folded = facts.outcomes.map((outcome) => outcome.toLowerCase())
  if (achievements && !achievements.includes(facts.achievement ?? '')) return 'achievements'
  if (outcomes && !outcomes.some((words) => folded.some((outcome) => outcome.includes(words.toLowerCase())))) return 'outcomes'
  if (fields && !fields.some((start) => facts.fields.some((code) => code.startsWith(start)))) return 'fields'
  if (providers && !providers.includes(facts.issuer ?? '')) return 'providers'
  if (tags && !tags.some((tag) => tag.toLowerCase() === facts.kind?.toLowerCase())) return 'tags'
  if (levelMin !== undefined && (facts.eqf ?? 0) < levelMin) return 'levelMin'
  return undefined
}

/** A credential as the engine counts it under a pathway: the body's own is OWN. */
export function countedAs(pathway: Pathway, facts: Omit<StackingFacts, 'status'>): StackingCredential {
  return {
    id: facts.id,
    title: facts.title,
    credits: facts.credits ?? null,
    tags: pathway.slots.filter(({ takes }) => missedBy(takes, facts) === undefined).map(({ id }) => slotTag(id)),
    issueDate: facts.issueDate ?? null,
    provider: facts.issuer === pathway.body ? 'OWN' : (facts.issuer ?? facts.issuerName),
    eqf: facts.eqf ?? null,
    assessed: facts.assessed,
  }
}

/** A credential counts when its seal, its issuer and its status are known to be good, and its end has not passed. */
export const isCurrent = ({ status, validUntil }: StackingFacts, asOf: string): boolean =>
  status === 'valid' && (validUntil === undefined || validUntil >= asOf)

/**
 * True when an achievement is held so that to take it again would add nothing: it counts, was assessed, and is not too old for any slot of the pathway.
 */
export const isHeld = ({ slots }: Pathway, facts: readonly StackingFacts[], achievement: string, asOf: string): boolean =>
  facts.some(
    (each) =>
      each.achievement === achievement && each.assessed && isCurrent(each, asOf) && !slots.some((slot) => isTooOld(slot, each, asOf)),
  )

const isTooOld = ({ currencyYears }: PathwaySlot, { issueDate }: StackingFacts, asOf: string): boolean =>
  currencyYears != null && (issueDate === undefined || currentUntil(issueDate, currencyYears) < asOf)

/** A pathway has slots, so that its case needs no library. */
type PathwayCase = Extract<StackingCase, { way: 'slots' }>

/** What stands before the engine: the current credentials under the pathway, and offers to fill gaps; without a catalogue no plans are made. Raises what reading a case raises. */
export function pathwayCase(
  pathway: Pathway,
  facts: readonly StackingFacts[],
  asOf: string,
  catalogue?: readonly StackingOffer[],
): PathwayCase {
  const credentials = facts.filter((each) => isCurrent(each, asOf)).map((each) => countedAs(pathway, each))
  return caseOf(pathway, credentials, asOf, catalogue)
}

/** A case over credentials that were counted before, as a receipt holds them. */
export function caseOf(
  pathway: Pathway,
  credentials: readonly StackingCredential[],
  asOf: string,
  catalogue?: readonly StackingOffer[],
): PathwayCase {
  const given = { id: 'pathway', type: 'stacking', asOf, pathway: engineForm(pathway), credentials, ...(catalogue ? { catalogue } : {}) }
  const read = readStackingCase(given as unknown as Json)
  if (read.way !== 'slots') throw new ProblemError('stacking.pathway-form', 'A pathway has slots.')
  return read
}
