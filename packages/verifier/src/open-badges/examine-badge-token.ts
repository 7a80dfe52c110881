/** An Open Badge 3.0 as a JWT (Open Badges 3.0, 8.2; VC data model 1.1, 6.3.1), or a signed Open Badge 2.0. */
import { isObject, type Json, type JsonObject, millis, ProblemError, type Report, type Results } from '@cairn/core'
import { isAssertion } from '@cairn/formats'
import { finding } from '../checks/result.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { report } from '../report/report.ts'
import { readBadgeToken, tokenSigner } from './badge-token.ts'
import { judgeBadge } from './examine-open-badge.ts'
import { examineSignedAssertion } from './examine-signed-assertion.ts'

/** Judges a badge in a token. Raises what reading it raises, and `open-badge.claims-differ`. */
export async function examineBadgeToken(
  bytes: Uint8Array,
  format: string,
  evidence: Evidence,
  policy: Policy,
  now: string,
): Promise<Report> {
  const token = readBadgeToken(bytes)
  if (isAssertion(token.payload)) return examineSignedAssertion(token, format, evidence, policy, now)
  const document = badgeOf(token.payload)
  const signed = await tokenSigner(token, evidence)
  const sealed = finding('seal.intact', signed.outcome, {
    clause: 'Open Badges 3.0, 8.2',
    ...(signed.outcome === 'passed' ? { note: token.algorithm } : { problem: signed.problem }),
  })
  if (signed.outcome !== 'passed') {
    const nothing: Results = { seal: signed.outcome, issuer: 'unknown', validity: 'unknown', status: 'unknown' }
    return report(format, now, [sealed], nothing, signed.outcome === 'failed' ? 'SIG_CRYPTO_FAILURE' : 'NO_SIGNING_CERTIFICATE_FOUND')
  }
  return judgeBadge({ document, written: document, signers: [signed.signer], sealed: [sealed], period: [], format, evidence, policy, now })
}

/**
 * The badge in the claims. What the registered claims say is what the badge says: where a member is missing it is filled in from its claim, and where
 * both speak and differ the token is refused.
 */
function badgeOf(payload: JsonObject): JsonObject {
  const { vc, iss, jti, sub, nbf, exp, iat: _iat, aud: _aud, ...rest } = payload
  if (vc !== undefined && !isObject(vc)) throw new ProblemError('format.unreadable', 'The credential in the token is no object.', '/vc')
  const badge: JsonObject = { ...(isObject(vc) ? vc : rest) }
  const differ = (claim: string): never => {
    throw new ProblemError('open-badge.claims-differ', `The claim ${claim} says something else than the badge.`, `/${claim}`)
  }
  if (typeof iss !== 'string' || typeof jti !== 'string' || typeof nbf !== 'number')
    throw new ProblemError('open-badge.member-missing', 'The token lacks iss, jti or nbf.', '')
  const issuer = isObject(badge.issuer) ? badge.issuer.id : badge.issuer
  if (issuer === undefined) badge.issuer = iss
  else if (issuer !== iss) differ('iss')
  if (badge.id === undefined) badge.id = jti
  else if (badge.id !== jti) differ('jti')
  period(badge, ['validFrom', 'issuanceDate'], nbf, () => differ('nbf'))
  if (exp !== undefined) period(badge, ['validUntil', 'expirationDate'], exp, () => differ('exp'))
  const subject = badge.credentialSubject
  if (typeof sub === 'string' && isObject(subject)) {
    if (subject.id === undefined) badge.credentialSubject = { ...subject, id: sub }
    else if (subject.id !== sub) differ('sub')
  }
  return badge
}

/** A moment that stands as a claim in seconds and as a member in words. */
function period(badge: JsonObject, [newer, older]: readonly [string, string], claim: Json, differ: () => never): void {
  if (typeof claim !== 'number' || !Number.isFinite(claim) || claim < 0 || claim > 253_402_300_799) differ()
  const said = badge[newer] ?? badge[older]
  if (said === undefined) badge[newer] = new Date(claim * 1000).toISOString().replace('.000Z', 'Z')
  else if (typeof said !== 'string' || Math.floor(millis(said) / 1000) !== Math.floor(claim)) differ()
}
