/**
 * A hosted Open Badge 2.0: it is genuine because its issuer shows the same at its own address (Open Badges 2.0, hosted verification). What is compared
 * and shown are the copies in evidence, which the one safe door fetched; without them nothing can be said.
 */
import { canonicalJson, type JsonObject, type Problem, problem, type Report, type Results } from '@cairn/core'
import { type AssertionFacts, factsOfAssertion, readAssertion, resolveAssertion } from '@cairn/formats'
import { registryBlock } from '../checks/issuer-trusted.ts'
import { decisive, finding } from '../checks/result.ts'
import { checkValidityPeriod } from '../checks/validity-period.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { report } from '../report/report.ts'
import { checkAssertionStatus, checkHostedIssuer, hostedDocuments, verdictFacts } from './hosted-parts.ts'

const clause = 'Open Badges 2.0, hosted verification'

/** Judges a hosted assertion. */
export async function examineHostedBadge(
  given: JsonObject,
  format: string,
  evidence: Evidence,
  policy: Policy,
  now: string,
): Promise<Report> {
  const nothing = (seal: 'failed' | 'unknown', what: Problem) => {
    const results: Results = { seal, issuer: 'unknown', validity: 'unknown', status: 'unknown' }
    return report(
      format,
      now,
      [finding('seal.intact', seal, { problem: what, clause })],
      results,
      seal === 'failed' ? 'FORMAT_FAILURE' : 'TRY_LATER',
    )
  }
  const own = factsOfAssertion(resolveAssertion(given, {}))
  if (own.kind !== 'hosted')
    return nothing('failed', problem('seal.missing', 'The assertion is not one that its issuer hosts, and it is not signed.'))
  if (own.id === undefined || !/^https?:\/\//.test(own.id))
    return nothing('failed', problem('open-badge.not-hosted', 'The assertion names no address where it stands.'))
  const documents = hostedDocuments(evidence)
  const hosted = Object.hasOwn(documents, own.id) ? documents[own.id] : undefined
  if (!hosted) return nothing('unknown', problem('open-badge.not-at-hand', 'The copy at the address of the badge was not at hand.'))
  const taken = hosted.revoked === true
  if (!taken && canonicalJson(hosted) !== canonicalJson(given))
    return nothing('failed', problem('open-badge.not-hosted', 'What stands at the address of the badge is something else.'))
  const read = resolveAssertion(taken ? given : hosted, documents)
  if (read.missing.length > 0) return nothing('unknown', problem('open-badge.not-at-hand', 'Badge class or issuer were not at hand.'))
  const facts: AssertionFacts = { ...factsOfAssertion(read), revoked: taken }
  if (!withinScope(facts)) return nothing('failed', problem('open-badge.scope', 'The address of the badge is not one of its issuer.'))

  const issuer = checkHostedIssuer(facts, evidence, now)
  const validity = checkValidityPeriod(verdictFacts(facts), now, policy.clockSkewSeconds)
  const status = checkAssertionStatus(facts, documents)
  const results: Results = { seal: 'passed', issuer: issuer.outcome, validity: validity.outcome, status: status.outcome }
  const checks = [issuer, validity, status]
  const sealed = finding('seal.intact', 'passed', { clause, note: `the same stands at ${new URL(own.id).host}` })
  return {
    ...report(format, now, [sealed, ...checks.flatMap(({ findings }) => findings)], results, decisive(checks)?.subIndication),
    view: readAssertion(read),
    ...(issuer.entry ? { registry: registryBlock(issuer.entry) } : {}),
  }
}

/** R-OB-1: the assertion stands where its issuer does, or where the issuer says that it may. */
function withinScope({ id, issuerId, scope }: AssertionFacts): boolean {
  const assertion = URL.parse(id ?? '')
  const issuer = URL.parse(issuerId ?? '')
  if (!assertion || !issuer) return false
  if (scope.startsWith.length > 0) return scope.startsWith.some((prefix) => /^https?:\/\/[^/]+\//.test(prefix) && id!.startsWith(prefix))
  if (scope.origins.length > 0) return scope.origins.some((origin) => origin === assertion.host || origin === assertion.origin)
  return assertion.host === issuer.host
}
