/** Somebody else's signed report, judged: whose it is, what it says, and whether it still speaks of today. */
import { bareView, type Finding, millis, type Outcome, type Problem, problem, type Report, type Results } from '@cairn/core'
import { checkCompact, digest, readCompact, sealAlgorithms, toHex } from '@cairn/seals'
import { anchorsOf } from '../checks/anchors.ts'
import { checkIssuerTrusted, registryBlock } from '../checks/issuer-trusted.ts'
import { finding, outcomeOf } from '../checks/result.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { judgeChain } from '../validation/judge-chain.ts'
import { createProofs } from '../validation/proofs.ts'
import { valuesOf } from '../validation/values.ts'
import { report } from './report.ts'
import { type ReportedVerdict, readReported, signedReportType } from './signed-report.ts'

const clause = 'RFC 7515, 5.2'

/**
 * Judges a signed report. Its verdict never says more than both: that a body of the registry signed it, and what it says itself. It speaks of the
 * moment that it names: when that is longer ago than a status list may be, the status of today is unknown. Where the document is at hand (as a
 * detached file), it has to be the one that was reported on. Raises what reading it raises, and `report.unreadable`.
 */
export async function examineSignedReport(
  bytes: Uint8Array,
  format: string,
  evidence: Evidence,
  policy: Policy,
  now: string,
): Promise<Report> {
  const compact = readCompact(bytes, signedReportType)
  const reported = readReported(compact.payload)
  const [broken] = [...(await checkCompact(compact)), ...(await otherDocument(reported, evidence))]
  const sealed = finding('seal.intact', broken ? 'failed' : 'passed', {
    clause,
    ...(broken ? { problem: broken } : { note: compact.algorithm }),
  })
  if (broken) {
    const nothing: Results = { seal: 'failed', issuer: 'unknown', validity: 'unknown', status: 'unknown' }
    return report(format, now, [sealed], nothing, broken.code === 'report.other-document' ? 'HASH_FAILURE' : 'SIG_CRYPTO_FAILURE')
  }
  const [leaf, ...others] = compact.certificates
  const chain = await judgeChain({
    leaf: leaf!,
    others,
    anchors: anchorsOf(evidence),
    values: valuesOf(undefined, evidence),
    proofs: createProofs(now),
    existedAt: now,
    scheme: sealAlgorithms[compact.algorithm],
    use: 'seal',
    policy,
    now,
  })
  const number = leaf!.subject.organizationIdentifier
  const facts = {
    issuerIdentifiers: [],
    awardingBodyIdentifiers: [],
    ...(number === undefined ? {} : { eidasIdentifier: number }),
    issued: reported.at,
    statuses: [],
    statusUnreadable: false,
    types: ['VerificationReport'],
  }
  const reporter = checkIssuerTrusted({ leaf: leaf!, chain, registry: evidence.registry, facts, claimedAt: reported.at, now })
  const said = findingsOf(reported, policy, now)
  const worst = (check: keyof Results, own: Outcome = 'passed') =>
    outcomeOf([finding(check, own), ...said.filter((each) => each.check === `${check}.reported`)])
  const { holder, parts } = reported.results
  const results: Results = {
    seal: worst('seal'),
    issuer: worst('issuer', reporter.outcome),
    validity: worst('validity'),
    status: worst('status'),
    ...(holder ? { holder } : {}),
    ...(parts ? { parts } : {}),
  }
  return {
    ...report(format, now, [sealed, ...reporter.findings, ...said], results, reporter.subIndication),
    ...(reported.seen && results.seal === 'passed' ? { view: bareView({ ...reported.seen, id: '' }) } : {}),
    ...(reporter.entry ? { registry: registryBlock(reporter.entry) } : {}),
    reported: { sha256: reported.sha256, verdict: reported.verdict, at: reported.at },
  }
}

/** A document that lies beside the report has to be the one that it is of. */
async function otherDocument({ sha256 }: ReportedVerdict, { detached = [] }: Evidence): Promise<Problem[]> {
  const hashes = await Promise.all(detached.map(async ({ bytes }) => toHex(await digest('SHA-256', bytes))))
  return hashes.every((each) => each === sha256)
    ? []
    : [problem('report.other-document', 'The file at hand has another SHA-256 than the report names.')]
}

/** What the report says of each question, and how old its word on the status is. */
function findingsOf({ results, at, sha256, format }: ReportedVerdict, policy: Policy, now: string): Finding[] {
  const about = finding('seal.document', 'passed', { note: `${format}, SHA-256 ${sha256}` })
  const questions = (['seal', 'issuer', 'validity', 'status', 'holder', 'parts'] as const).flatMap((name) => {
    const said = results[name]
    if (said === undefined) return []
    const why = problem('report.not-passed', `It answers the question of ${name} with: ${said}.`)
    return [finding(`${name}.reported`, said, said === 'passed' ? {} : { problem: why })]
  })
  const found = [about, ...questions]
  const age = millis(now) - millis(at)
  if (age < -policy.clockSkewSeconds * 1000)
    found.push(finding('validity.reported', 'failed', { problem: problem('validity.not-yet', 'The report is of a later time.') }))
  else if (age > policy.statusMaxAgeHours * 3_600_000)
    found.push(finding('status.reported', 'unknown', { problem: problem('report.too-old', `The report is of ${at}.`) }))
  return found
}
