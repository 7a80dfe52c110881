/** Caps: what a body gives at most. They are decided last, and what one cuts from a specified credit becomes an exemption. */
import { standsOn } from './accreditation.ts'
import { epsilon } from './convert.ts'
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
const isPriorLearning = ({ credentials, accreditations }: RecognitionFacts) =>
  credentials.every(
    ({ issuer, issueDate }) => !accreditations.some((each) => each.organisation === issuer && issueDate && standsOn(each, issueDate)),
  )

function creditRoom(facts: RecognitionFacts, { externalMax, rplMax, providerMax }: CapParams): Room | undefined {
  const rooms: Room[] = []
  const used = facts.applicant.externalCreditUsed ?? 0
  if (externalMax !== undefined) rooms.push({ left: externalMax - used, reason: 'EXTERNAL_CREDIT_CAP' })
  if (rplMax !== undefined && isPriorLearning(facts)) rooms.push({ left: rplMax, reason: 'PRIOR_LEARNING_CAP' })
  if (providerMax !== undefined && new Set(facts.credentials.map(({ issuer }) => issuer)).size === 1)
    rooms.push({ left: providerMax, reason: 'PROVIDER_CAP' })
  return rooms.sort((one, other) => one.left - other.left)[0]
}

function roomFor(grant: Grant, facts: RecognitionFacts, params: CapParams): Room | undefined {
  if (grant.unit === 'ECTS') return creditRoom(facts, params)
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
