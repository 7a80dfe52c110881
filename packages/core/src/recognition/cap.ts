/** Caps: what a body gives at most. They are decided last, and what one cuts from a specified credit becomes an exemption. */
import { standsOn } from './accreditation.ts'
import type { CredentialFacts } from './case.ts'
import { convertedCredits, epsilon } from './convert.ts'
import { type Judgement, judged, type RecognitionFacts } from './facts.ts'
import type { Grant } from './library.ts'

/** The parameters of a cap, in credits, `generalMax` in hours. */
export interface CapParams {
  externalMax?: number | undefined
  rplMax?: number | undefined
  providerMax?: number | undefined
  generalMax?: number | undefined
}

/** What of a cap is left, and its reason when it cuts. */
interface Room {
  left: number
  reason: string
}

/** Prior learning is what no accredited body awarded. */
const isPriorLearning = ({ accreditations }: RecognitionFacts, { issuer, issueDate }: CredentialFacts) =>
  !accreditations.some((each) => each.organisation === issuer && issueDate && standsOn(each, issueDate))

/** The part of a grant that rests on some of the credentials: by their credits, or in equal parts where none could be counted. */
function shareOf({ credentials }: RecognitionFacts, part: (credential: CredentialFacts) => boolean): number {
  const weightOf = (of: readonly CredentialFacts[], weight: (each: CredentialFacts) => number) =>
    of.reduce((sum, each) => sum + weight(each), 0)
  const credits = (each: CredentialFacts) => convertedCredits(each) ?? 0
  const weight = weightOf(credentials, credits) > epsilon ? credits : () => 1
  return weightOf(credentials.filter(part), weight) / weightOf(credentials, weight)
}

/** What is left of an amount when each part of it is cut to the same most. */
const withinParts = (amount: number, shares: readonly number[], most: number) =>
  amount - shares.reduce((sum, share) => sum + Math.max(0, amount * share - most), 0)

function creditRoom(amount: number, facts: RecognitionFacts, { externalMax, rplMax, providerMax }: CapParams): Room | undefined {
  const rooms: Room[] = []
  const used = facts.applicant.externalCreditUsed ?? 0
  if (externalMax !== undefined) rooms.push({ left: externalMax - used, reason: 'EXTERNAL_CREDIT_CAP' })
  if (rplMax !== undefined) {
    const share = shareOf(facts, (each) => isPriorLearning(facts, each))
    rooms.push({ left: withinParts(amount, [share], rplMax), reason: 'PRIOR_LEARNING_CAP' })
  }
  if (providerMax !== undefined) {
    const shares = [...new Set(facts.credentials.map(({ issuer }) => issuer))].map((one) => shareOf(facts, ({ issuer }) => issuer === one))
    rooms.push({ left: withinParts(amount, shares, providerMax), reason: 'PROVIDER_CAP' })
  }
  return rooms.sort((one, other) => one.left - other.left)[0]
}

function roomFor(grant: Grant, facts: RecognitionFacts, params: CapParams): Room | undefined {
  if (grant.unit === 'ECTS') return creditRoom(grant.amount ?? 0, facts, params)
  if (grant.category !== 'general' || params.generalMax === undefined) return undefined
  return { left: params.generalMax - (facts.applicant.generalHoursUsed ?? 0), reason: 'GENERAL_HOURS_CAP' }
}

/** The grants within the cap, and the verdict on it: it fails only when it cuts. */
export function applyCap(grants: readonly Grant[], facts: RecognitionFacts, params: CapParams): { grants: Grant[]; judgement: Judgement } {
  const kept: Grant[] = []
  const reasons = new Set<string>()
  let shortfall = 0
  for (const grant of grants) {
    const room = roomFor(grant, facts, params)
    const amount = grant.amount ?? 0
    if (!room || amount <= room.left + epsilon) {
      kept.push(grant)
      continue
    }
    // Differences such as 90 - 88.3 come with a tail of binary digits.
    const left = Math.max(0, Math.round(room.left * 1e6) / 1e6)
    reasons.add(room.reason)
    shortfall += amount - left
    if (left > epsilon) kept.push({ ...grant, amount: left })
    if (grant.kind === 'specified-credit' && grant.target !== undefined) kept.push({ kind: 'exemption', target: grant.target })
  }
  const used = [{ path: '/applicant/externalCreditUsed', value: facts.applicant.externalCreditUsed ?? 0, source: 'registry' as const }]
  const judgement = reasons.size === 0 ? judged('pass', [], { facts: used }) : judged('fail', [...reasons], { facts: used, shortfall })
  return { grants: kept, judgement }
}
