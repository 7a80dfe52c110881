/** Whether an OCSP answer may speak of a certificate, and what it says (RFC 6960, 3.2 and 4.2.2.2; R-LTV-2). */
import { millis, problem } from '@cairn/core'
import { sameBytes } from '../base64.ts'
import type { Certificate } from './certificate.ts'
import { sameName } from './general-name.ts'
import { isNamedBy } from './key-name.ts'
import type { Ocsp, OcspSingle } from './ocsp.ts'
import { sha1, usages } from './oids.ts'
import { checkDerSignature, schemeOf } from './signature-scheme.ts'
import type { Checked } from './status-statement.ts'

/**
 * What `ocsp` says of `certificate`, whose issuer is `issuer`; `undefined` when no answer in it is about this certificate. Its signer is the issuer
 * itself, or a responder to whom the issuer gave a certificate for just that (id-kp-OCSPSigning), valid when the answer was made.
 */
export async function checkOcsp(ocsp: Ocsp, certificate: Certificate, issuer: Certificate): Promise<Checked | undefined> {
  const not = (code: 'revocation.not-authorised' | 'revocation.out-of-scope' | 'revocation.weak-algorithm', detail: string) => ({
    problem: problem(code, detail),
  })
  const single = await answerFor(ocsp, certificate, issuer)
  if (!single) return undefined
  if (ocsp.unknownCritical || single.unknownCritical)
    return not('revocation.out-of-scope', 'The OCSP answer demands something that we do not know.')
  const scheme = schemeOf(ocsp.signatureAlgorithm)
  if (!scheme) return not('revocation.weak-algorithm', 'The OCSP answer is signed by an algorithm that is not accepted, such as SHA-1.')
  const signer = await signerOf(ocsp, issuer)
  if (!signer) return not('revocation.not-authorised', 'The OCSP answer does not bring the certificate of its responder.')
  if (signer !== issuer) {
    const wrong = await delegationProblem(signer, issuer, ocsp)
    if (wrong) return not('revocation.not-authorised', wrong)
  }
  if (!(await checkDerSignature(scheme, signer, ocsp.tbs, ocsp.signature)))
    return { problem: problem('revocation.signature-wrong', 'The signature of the OCSP answer does not hold.') }
  return {
    statement: {
      kind: 'ocsp',
      source: ocsp.der,
      status: single.status,
      revokedAt: single.revokedAt,
      reason: single.reason,
      thisUpdate: single.thisUpdate,
      nextUpdate: single.nextUpdate,
      knowsEndedSince: single.archiveCutoff,
      responder: signer === issuer ? undefined : signer,
      signed: { scheme, key: signer },
    },
  }
}

/** The answer whose CertID names this certificate: serial number, and both digests of the issuer. */
async function answerFor({ answers }: Ocsp, { serial }: Certificate, issuer: Certificate): Promise<OcspSingle | undefined> {
  for (const each of answers)
    if (
      each.serial === serial &&
      (await isNamedBy(each.issuerNameHash, each.hashAlgorithm, issuer.subjectDer)) &&
      (await isNamedBy(each.issuerKeyHash, each.hashAlgorithm, issuer.keyBits))
    )
      return each
  return undefined
}

/** The certificate that the answer names as its responder: the issuer's own, or one that came with the answer. */
async function signerOf({ responder, certificates }: Ocsp, issuer: Certificate): Promise<Certificate | undefined> {
  for (const each of [issuer, ...certificates]) {
    const named = 'name' in responder ? sameName(responder.name, each.subjectDer) : await isNamedBy(responder.key, sha1, each.keyBits)
    if (named) return sameBytes(each.spki, issuer.spki) && sameName(each.subjectDer, issuer.subjectDer) ? issuer : each
  }
  return undefined
}

async function delegationProblem(responder: Certificate, issuer: Certificate, { producedAt }: Ocsp): Promise<string | undefined> {
  if (!sameName(responder.issuerDer, issuer.subjectDer)) return 'The OCSP responder has its certificate from another authority.'
  if (!responder.extendedKeyUsage?.usages.includes(usages.ocspSigning))
    return 'The certificate of the OCSP responder is not one for responders.'
  if (responder.keyUsage && !responder.keyUsage.has('digitalSignature') && !responder.keyUsage.has('nonRepudiation'))
    return 'The certificate of the OCSP responder is not meant for signatures.'
  if (responder.unknownCritical.length > 0) return 'The certificate of the OCSP responder demands something that we do not know.'
  if (millis(producedAt) < millis(responder.notBefore) || millis(producedAt) > millis(responder.notAfter))
    return 'The certificate of the OCSP responder was not valid when the answer was made.'
  const scheme = schemeOf(responder.signatureAlgorithm)
  if (!scheme || !(await checkDerSignature(scheme, issuer, responder.tbs, responder.signature)))
    return 'The certificate of the OCSP responder was not signed by the authority.'
  return undefined
}
