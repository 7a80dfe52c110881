/** A signed Open Badge 2.0: the key is the one that the issuer's profile names (Open Badges 2.0, signed verification). */
import { isObject, type Problem, ProblemError, problem, type Report, type Results } from '@cairn/core'
import { type AssertionRead, type Documents, factsOfAssertion, readAssertion, resolveAssertion } from '@cairn/formats'
import { spkiOfPem } from '@cairn/seals'
import { registryBlock } from '../checks/issuer-trusted.ts'
import { decisive, finding } from '../checks/result.ts'
import { checkValidityPeriod } from '../checks/validity-period.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { report } from '../report/report.ts'
import { checkBadgeSigners } from './badge-signers.ts'
import { type BadgeToken, isTokenOf } from './badge-token.ts'
import { checkAssertionStatus, hostedDocuments, verdictFacts } from './hosted-parts.ts'

const clause = 'Open Badges 2.0, signed verification'

/** Judges a signed assertion. A revocation that the issuer published counts even where the key is not at hand. */
export async function examineSignedAssertion(
  token: BadgeToken,
  format: string,
  evidence: Evidence,
  policy: Policy,
  now: string,
): Promise<Report> {
  const documents = hostedDocuments(evidence)
  const read = resolveAssertion(token.payload, documents)
  const facts = factsOfAssertion(read)
  const status = checkAssertionStatus(facts, documents)
  const key = keyOf(read, facts.creator, facts.issuerId, documents)
  const intact = 'spki' in key ? await isTokenOf(token, key.spki) : undefined
  if (!intact) {
    const what = 'problem' in key ? key.problem : problem('seal.broken', 'The assertion was altered, or another key signed it.')
    const seal = 'problem' in key && key.unknown ? 'unknown' : 'failed'
    const revoked = seal === 'unknown' && status.outcome === 'failed'
    const results: Results = { seal, issuer: 'unknown', validity: 'unknown', status: revoked ? 'failed' : 'unknown' }
    const findings = [finding('seal.intact', seal, { problem: what, clause }), ...(revoked ? status.findings : [])]
    return report(format, now, findings, results, seal === 'failed' ? 'SIG_CRYPTO_FAILURE' : revoked ? 'REVOKED' : 'TRY_LATER')
  }
  // The profile at the issuer's address names the key, so the address is proven to speak with it.
  const signer = { spki: (key as { spki: Uint8Array }).spki, controller: facts.issuerId, proven: true }
  const issuer = checkBadgeSigners([signer], evidence.registry, verdictFacts(facts), now)
  const validity = checkValidityPeriod(verdictFacts(facts), now, policy.clockSkewSeconds)
  const results: Results = { seal: 'passed', issuer: issuer.outcome, validity: validity.outcome, status: status.outcome }
  const checks = [issuer, validity, status]
  const sealed = finding('seal.intact', 'passed', { clause, note: token.algorithm })
  return {
    ...report(format, now, [sealed, ...checks.flatMap(({ findings }) => findings)], results, decisive(checks)?.subIndication),
    view: readAssertion(read),
    ...(issuer.entry ? { registry: registryBlock(issuer.entry) } : {}),
  }
}

type KeyFound = { spki: Uint8Array } | { problem: Problem; unknown: boolean }

/** The key that `creator` names: it belongs to the issuer, and the issuer says so (both ways, or the badge is anybody's). */
function keyOf(
  { issuer, missing }: AssertionRead,
  creator: string | undefined,
  issuerId: string | undefined,
  documents: Documents,
): KeyFound {
  const absent = (detail: string): KeyFound => ({ problem: problem('open-badge.not-at-hand', detail), unknown: true })
  const wrong = (detail: string): KeyFound => ({ problem: problem('proof.key-not-of-controller', detail), unknown: false })
  if (!issuer || missing.length > 0) return absent('Badge class or issuer were not at hand.')
  const named = [issuer.publicKey].flat()
  const [embedded] = named.filter(isObject)
  const address = creator ?? (typeof named[0] === 'string' ? named[0] : undefined)
  const document =
    embedded && (address === undefined || embedded.id === address)
      ? embedded
      : address !== undefined && Object.hasOwn(documents, address)
        ? documents[address]
        : undefined
  if (!document) return absent('The key of the issuer was not at hand.')
  if (!named.some((each) => each === address || each === document)) return wrong('The issuer does not name this key.')
  if (document.owner !== undefined && document.owner !== issuerId) return wrong('The key belongs to somebody else.')
  try {
    return typeof document.publicKeyPem === 'string' ? { spki: spkiOfPem(document.publicKeyPem) } : wrong('The key cannot be read.')
  } catch (error) {
    if (error instanceof ProblemError) return wrong(error.problem.detail)
    throw error
  }
}
