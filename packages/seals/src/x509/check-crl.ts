/** Whether a revocation list may speak of a certificate, and what it says (RFC 5280, 6.3.3; R-LTV-2). */
import { problem } from '@cairn/core'
import type { Certificate } from './certificate.ts'
import { checkOnce } from './check-once.ts'
import type { Crl } from './crl.ts'
import { sameName } from './general-name.ts'
import { schemeOf } from './signature-scheme.ts'
import type { Checked } from './status-statement.ts'

/**
 * What `crl` says of `certificate`, whose issuer is `issuer`; `undefined` when it is the list of another authority. Lists of somebody else than the
 * issuer, partial lists and lists of changes are not followed. Whether it is recent enough is judged by whoever asks.
 */
export async function checkCrl(crl: Crl, certificate: Certificate, issuer: Certificate): Promise<Checked | undefined> {
  const not = (code: 'revocation.not-authorised' | 'revocation.out-of-scope' | 'revocation.weak-algorithm', detail: string) => ({
    problem: problem(code, detail),
  })
  if (!sameName(crl.issuerDer, issuer.subjectDer)) return undefined
  if (crl.unknownCritical.length > 0)
    return not('revocation.out-of-scope', `The revocation list demands something that we do not know (${crl.unknownCritical[0]}).`)
  if (!crl.scope.complete || !(certificate.basicConstraints?.ca ? crl.scope.authorities : crl.scope.users))
    return not('revocation.out-of-scope', 'The revocation list does not speak of certificates of this kind.')
  if (crl.scope.named && !crl.scope.addresses.some((address) => certificate.crlAddresses.includes(address)))
    return not('revocation.out-of-scope', 'The revocation list is for another part of the certificates of its authority.')
  if (issuer.keyUsage && !issuer.keyUsage.has('cRLSign'))
    return not('revocation.not-authorised', 'The authority may not sign revocation lists.')
  const scheme = schemeOf(crl.signatureAlgorithm)
  if (!scheme) return not('revocation.weak-algorithm', 'The revocation list is signed by an algorithm that is not accepted, such as SHA-1.')
  if (!(await checkOnce(scheme, issuer, crl)))
    return { problem: problem('revocation.signature-wrong', 'The signature of the revocation list does not hold.') }
  const entry = crl.revoked.get(certificate.serial)
  if (entry?.unknownCritical)
    return not('revocation.out-of-scope', 'The entry of the revocation list demands something that we do not know.')
  return {
    statement: {
      kind: 'crl',
      source: crl.der,
      status: entry ? 'revoked' : 'good',
      revokedAt: entry?.at,
      reason: entry?.reason,
      thisUpdate: crl.thisUpdate,
      nextUpdate: crl.nextUpdate,
      knowsEndedSince: crl.keepsExpiredSince,
      responder: undefined,
      signed: { scheme, key: issuer },
    },
  }
}
