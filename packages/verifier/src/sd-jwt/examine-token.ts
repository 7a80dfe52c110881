/** What is the same for every signed token: signer, issuer, holder, validity, status, and one report. */
import { type Finding, problem, type Report, type Results, type SignedView } from '@cairn/core'
import type { SdJwtVcFacts } from '@cairn/formats'
import { sealAlgorithms, type TokenRead } from '@cairn/seals'
import { accreditationAtHand } from '../checks/accreditation-at-hand.ts'
import { anchorsOf } from '../checks/anchors.ts'
import { scopeOfView } from '../checks/award-scope.ts'
import { checkIssuerTrusted, type IssuerResult, registryBlock } from '../checks/issuer-trusted.ts'
import { type CheckResult, decisive, finding } from '../checks/result.ts'
import { checkStatusLists } from '../checks/status-list.ts'
import { checkValidityPeriod } from '../checks/validity-period.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { report } from '../report/report.ts'
import { judgeChain } from '../validation/judge-chain.ts'
import { createProofs } from '../validation/proofs.ts'
import { valuesOf } from '../validation/values.ts'
import type { HolderResult } from './check-holder.ts'
import { checkIssuerKey } from './check-issuer-key.ts'
import { checkTokenStatus } from './check-token-status.ts'
import { findSigner, type Signer } from './find-signer.ts'

/** A token read, and what differs between its kinds. `view` is asked only when the signature holds (R-DISP-1). */
export interface TokenQuestion {
  token: TokenRead
  format: string
  facts: SdJwtVcFacts
  view: () => SignedView
  holder?: () => Promise<HolderResult>
  type?: () => Promise<CheckResult>
  evidence: Evidence
  policy: Policy
  now: string
}

const clause = 'RFC 7515, 5.2'

/** Judges a token. */
export async function examineToken(question: TokenQuestion): Promise<Report> {
  const { token, format, evidence, policy, now } = question
  const { iss } = token.payload
  // An issuer without a name is the subject of the certificate (SD-JWT VC, inline certificates).
  const leafNumber = token.certificates[0]?.subject.organizationIdentifier
  const facts: SdJwtVcFacts = {
    ...question.facts,
    ...(question.facts.issuerId === undefined && leafNumber !== undefined ? { eidasIdentifier: leafNumber } : {}),
  }
  const { outcome, signer, problem: wrong } = await findSigner(token, facts.issuerId, evidence)
  const sealed = finding('seal.intact', outcome, { clause, ...(wrong ? { problem: wrong } : { note: token.algorithm }) })
  if (outcome !== 'passed' || !signer) {
    const nothing: Results = { seal: outcome, issuer: 'unknown', validity: 'unknown', status: 'unknown' }
    return report(format, now, [sealed], nothing, outcome === 'failed' ? 'SIG_CRYPTO_FAILURE' : 'NO_SIGNING_CERTIFICATE_FOUND')
  }
  const view = question.view()
  facts.scope = scopeOfView(view, facts)
  const issuer = typeof iss === 'string' && iss !== facts.issuerId ? otherIssuer() : await judgeIssuer(question, facts, signer)
  const holder = (await question.holder?.()) ?? { findings: [] }
  const period = checkValidityPeriod(facts, now, policy.clockSkewSeconds)
  const type = (await question.type?.()) ?? { outcome: 'passed', findings: [] }
  const status = await judgeStatus(question, facts, signer, issuer)
  const accreditation = await accreditationAtHand(facts, evidence, now)
  const results: Results = {
    seal: 'passed',
    issuer: issuer.outcome,
    validity: [period, type].find((each) => each.outcome === 'failed')?.outcome ?? period.outcome,
    status: status.outcome,
    ...(holder.outcome ? { holder: holder.outcome } : {}),
    ...accreditation.results,
  }
  const checks = [issuer, holder, period, type, status]
  const findings: Finding[] = [sealed, ...[...checks, accreditation].flatMap((check) => check.findings)]
  return {
    ...report(format, now, findings, results, decisive(checks)?.subIndication),
    view,
    ...accreditation.told,
    ...(issuer.entry ? { registry: registryBlock(issuer.entry) } : {}),
  }
}

function otherIssuer(): IssuerResult {
  const what = problem('issuer.not-bound-to-seal', 'The token and the credential in it name two issuers.')
  return { outcome: 'failed', findings: [finding('issuer.bound', 'failed', { problem: what, clause: 'R-ISS-1' })] }
}

async function judgeIssuer({ token, evidence, policy, now }: TokenQuestion, facts: SdJwtVcFacts, signer: Signer): Promise<IssuerResult> {
  if (signer.by !== 'certificate') return checkIssuerKey({ signer, registry: evidence.registry, facts, now })
  const { leaf, others } = signer
  const chain = await judgeChain({
    leaf,
    others,
    anchors: anchorsOf(evidence),
    values: valuesOf(undefined, evidence),
    proofs: createProofs(now),
    existedAt: now,
    scheme: sealAlgorithms[token.algorithm],
    use: 'seal',
    policy,
    now,
  })
  return checkIssuerTrusted({ leaf, chain, registry: evidence.registry, facts, claimedAt: facts.issued, now })
}

/** Both kinds of list: whichever the credential names has to be fine. */
async function judgeStatus(
  { evidence, policy, now }: TokenQuestion,
  facts: SdJwtVcFacts,
  signer: Signer,
  issuer: IssuerResult,
): Promise<CheckResult> {
  const anchors = anchorsOf(evidence)
  const shared = { facts, issuer: issuer.entry, anchors, evidence, policy, now }
  if (facts.statuses.length === 0) return checkTokenStatus({ ...shared, signer })
  const lists =
    signer.by === 'certificate'
      ? await checkStatusLists({ ...shared, leaf: signer.leaf })
      : // Loaded only here: it brings the reading of JSON-LD with it.
        await (await import('../open-badges/check-badge-status.ts')).checkBadgeStatus({
          facts: { ...facts, revocationLists: [], refreshServices: [] },
          signers: [{ spki: signer.key.spki, controller: facts.issuerId, proven: true }],
          entry: issuer.entry,
          evidence,
          policy,
          now,
        })
  if (!facts.tokenStatus) return lists
  const token = await checkTokenStatus({ ...shared, signer })
  const worse = decisive([lists, token]) ?? lists
  return { ...worse, findings: [...lists.findings, ...token.findings] }
}
