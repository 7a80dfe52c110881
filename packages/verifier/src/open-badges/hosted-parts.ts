/** Parts of Open Badges 2.0 from evidence, strictly parsed, and what the registry says of an issuer that is known by its address. */
import { isObject, type JsonObject, ProblemError, parseJson, problem } from '@cairn/core'
import { type AssertionFacts, type Documents, revokedIn, type VerdictFacts } from '@cairn/formats'
import type { IssuerResult } from '../checks/issuer-trusted.ts'
import { type CheckResult, finding } from '../checks/result.ts'
import type { Evidence } from '../evidence.ts'
import { checkIssuerKey } from '../sd-jwt/check-issuer-key.ts'

/** Every hosted part that is JSON. */
export function hostedDocuments({ hosted = {} }: Evidence): Documents {
  const found: Record<string, JsonObject> = {}
  for (const [address, bytes] of Object.entries(hosted)) {
    const document = documentOf(bytes)
    if (document) found[address] = document
  }
  return found
}

function documentOf(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = parseJson(bytes)
    return isObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

/** The facts of an assertion in the shape that the checks of validity and issuer take. */
export function verdictFacts(facts: AssertionFacts): VerdictFacts {
  return {
    issuerIdentifiers: [],
    awardingBodyIdentifiers: [],
    statuses: [],
    statusUnreadable: false,
    types: ['Assertion'],
    ...(facts.issuerId !== undefined && { issuerId: facts.issuerId }),
    ...(facts.issued !== undefined && { issued: facts.issued, validFrom: facts.issued }),
    ...(facts.expires !== undefined && { validUntil: facts.expires }),
  }
}

/** Whether the registry knows the issuer by its address: an entry that names keys wants a signature, which a hosted badge has not. */
export function checkHostedIssuer(facts: AssertionFacts, evidence: Evidence, now: string): IssuerResult {
  const key = { algorithm: 'EdDSA' as const, spki: new Uint8Array() }
  return checkIssuerKey({ signer: { by: 'metadata', key }, registry: evidence.registry, facts: verdictFacts(facts), now })
}

/** Whether the issuer took the badge back: by its own word, or by the revocation list that the issuer names. */
export function checkAssertionStatus(facts: AssertionFacts, documents: Documents): CheckResult {
  const clause = 'Open Badges 2.0, RevocationList'
  const result = (
    outcome: CheckResult['outcome'],
    code?: 'status.revoked' | 'status.list-missing' | 'status.list-not-trusted',
    detail = '',
  ): CheckResult => ({
    outcome,
    findings: [finding('status.entry', outcome, { clause, ...(code ? { problem: problem(code, detail) } : { note: 'not revoked' }) })],
    ...(outcome === 'failed' ? { subIndication: 'REVOKED' } : outcome === 'unknown' ? { subIndication: 'TRY_LATER' } : {}),
  })
  if (facts.revoked) return result('failed', 'status.revoked', 'The assertion says that it was revoked.')
  if (facts.revocationList === undefined) return result('passed')
  const list = Object.hasOwn(documents, facts.revocationList) ? documents[facts.revocationList] : undefined
  if (!list) return result('unknown', 'status.list-missing', 'The revocation list was not at hand.')
  const revoked = revokedIn(list, facts.id)
  if (revoked === undefined) return result('unknown', 'status.list-not-trusted', 'What stands there is no revocation list.')
  return revoked ? result('failed', 'status.revoked', "So says the issuer's revocation list.") : result('passed')
}
