/** Open Badges 3.0 and other W3C credentials with Data Integrity proofs: every proof, then issuer, validity and status, each apart. */
import {
  type Finding,
  type JsonObject,
  millis,
  type Outcome,
  ProblemError,
  parseJson,
  problem,
  type Report,
  type Results,
} from '@cairn/core'
import { documentFromGraph, factsOfOpenBadge, isAssertion, lintOpenBadge, readOpenBadge } from '@cairn/formats'
import { checkProofs, type ProofChecked } from '@cairn/seals'
import { accreditationAtHand } from '../checks/accreditation-at-hand.ts'
import { scopeOfView } from '../checks/award-scope.ts'
import { registryBlock } from '../checks/issuer-trusted.ts'
import { type CheckResult, decisive, finding, outcomeOf } from '../checks/result.ts'
import { checkValidityPeriod } from '../checks/validity-period.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { report } from '../report/report.ts'
import { type BadgeSigner, checkBadgeSigners } from './badge-signers.ts'
import { checkBadgeStatus } from './check-badge-status.ts'
import { examineHostedBadge } from './examine-hosted-badge.ts'

const clause = 'Data Integrity, 4.4'

/** Judges a badge in JSON: with proofs, or a hosted assertion of Open Badges 2.0. */
export async function examineOpenBadge(
  bytes: Uint8Array,
  format: string,
  evidence: Evidence,
  policy: Policy,
  now: string,
): Promise<Report> {
  const secured = parseJson(bytes)
  if (typeof secured !== 'object' || secured === null || Array.isArray(secured))
    throw new ProblemError('format.unreadable', 'This is no credential that we know.')
  if (isAssertion(secured)) return examineHostedBadge(secured, format, evidence, policy, now)
  if (secured.proof === undefined) throw new ProblemError('seal.missing', 'The document carries no proof, so anybody can have written it.')
  const checked = await checkProofs(secured, { documents: evidence.didDocuments ?? {} })
  const sealed = checked.proofs.map(sealFinding)
  const seal = outcomeOf(sealed)
  if (seal !== 'passed') {
    const nothing: Results = { seal, issuer: 'unknown', validity: 'unknown', status: 'unknown' }
    return report(format, now, sealed, nothing, seal === 'failed' ? 'SIG_CRYPTO_FAILURE' : 'NO_SIGNING_CERTIFICATE_FOUND')
  }
  const { statements } = checked
  return judgeBadge({
    document: statements ? documentFromGraph(statements.quads, statements.root) : checked.document,
    written: checked.document,
    signers: checked.proofs.map(({ key, controller, proven }) => ({ spki: key!.spki, controller, proven: proven === true })),
    sealed,
    period: checked.proofs.flatMap((proof) => proofPeriod(proof, policy, now)),
    format,
    evidence,
    policy,
    now,
  })
}

/** A badge whose signatures hold, in whatever form it came. `document` is what was signed, `written` the same as it was written. */
export interface BadgeQuestion {
  document: JsonObject
  written: JsonObject
  signers: readonly BadgeSigner[]
  sealed: readonly Finding[]
  period: readonly Finding[]
  format: string
  evidence: Evidence
  policy: Policy
  now: string
}

/** Judges issuer, validity and status of a badge that is intact, and shows what was signed. */
export async function judgeBadge({
  document,
  written,
  signers,
  sealed,
  period,
  format,
  evidence,
  policy,
  now,
}: BadgeQuestion): Promise<Report> {
  const view = readOpenBadge(document)
  const read = factsOfOpenBadge(document)
  const facts = { ...read, scope: scopeOfView(view, read) }
  const issuer = checkBadgeSigners(signers, evidence.registry, facts, now)
  const validity = checkValidityPeriod(facts, now, policy.clockSkewSeconds)
  const shape = shapeFindings(written)
  const current: CheckResult = merged([...validity.findings, ...period, ...shape])
  const status = await checkBadgeStatus({ facts, signers, entry: issuer.entry, evidence, policy, now })
  const accreditation = await accreditationAtHand(facts, evidence, now)
  const results: Results = {
    seal: 'passed',
    issuer: issuer.outcome,
    validity: current.outcome,
    status: status.outcome,
    ...accreditation.results,
  }
  const checks = [issuer, current, status]
  const refresh: Finding[] =
    facts.refreshServices.length === 0
      ? []
      : [finding('status.refresh', 'passed', { note: 'a newer copy may exist: the badge names a refresh service' })]
  return {
    ...report(
      format,
      now,
      [...sealed, ...[...checks, accreditation].flatMap(({ findings }) => findings), ...refresh],
      results,
      decisive(checks)?.subIndication,
    ),
    view,
    ...accreditation.told,
    ...(issuer.entry ? { registry: registryBlock(issuer.entry) } : {}),
  }
}

const merged = (findings: Finding[]): CheckResult => {
  const outcome: Outcome = outcomeOf(findings)
  const shapeWrong = findings.some((each) => each.outcome === 'failed' && each.check === 'format.shape')
  return { outcome, findings, ...(shapeWrong ? { subIndication: 'FORMAT_FAILURE' } : {}) }
}

/** Of the rules of the format, those without which it is no badge: vocabularies, types, one named issuer. Others are for the lint to say. */
function shapeFindings(document: JsonObject): Finding[] {
  const isBadge = [document.type].flat().some((type) => type === 'OpenBadgeCredential' || type === 'AchievementCredential')
  if (!isBadge) return []
  return lintOpenBadge(document)
    .filter(({ rule, severity }) => severity === 'B' && (rule === 'OB1' || rule === 'OB2' || rule === 'OB4'))
    .map((each) => finding('format.shape', 'failed', { problem: each.problem, clause: `Open Badges 3.0 (${each.rule})` }))
}

function sealFinding(proof: ProofChecked): Finding {
  return finding('seal.intact', proof.outcome, {
    clause,
    ...(proof.problem ? { problem: proof.problem } : { note: [proof.suite, proof.verificationMethod].filter(Boolean).join(' ') }),
  })
}

/** `created` and `expires` of a proof against the clock (R-LD-3). */
function proofPeriod({ created, expires }: ProofChecked, policy: Policy, now: string): Finding[] {
  const skew = policy.clockSkewSeconds * 1000
  const wrong = (code: 'validity.not-yet' | 'validity.ended' | 'validity.unreadable', detail: string) => [
    finding('seal.period', code === 'validity.unreadable' ? 'unknown' : 'failed', { problem: problem(code, detail), clause: 'R-LD-3' }),
  ]
  if ([created, expires].some((moment) => moment !== undefined && Number.isNaN(millis(moment))))
    return wrong('validity.unreadable', 'A date of the proof is not written as a date.')
  if (created !== undefined && millis(created) > millis(now) + skew) return wrong('validity.not-yet', 'The proof is of a later time.')
  return expires !== undefined && millis(expires) < millis(now) - skew ? wrong('validity.ended', 'The proof has ended.') : []
}
