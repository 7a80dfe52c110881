/** Whether a certificate may seal at all, apart from who vouches for it. */
import { type Problem, ProblemError, problem, refuseProblems } from '@cairn/core'
import { type Certificate, parseCertificate } from './certificate.ts'
import { usages } from './oids.ts'

/**
 * Problems of a leaf as a sealing certificate: it must not be an authority, its key usage must allow signatures (ETSI EN 319 412-2, 4.3.2), and an
 * extended key usage, where there is one, must not be for servers, clients or time stamps alone. Empty when it may seal.
 */
export function sealCertificateProblems(leaf: Certificate): Problem[] {
  const found: Problem[] = []
  if (leaf.basicConstraints?.ca) found.push(problem('certificate.wrong-usage', 'The certificate is one of an authority, not of a sealer.'))
  if (leaf.keyUsage && !leaf.keyUsage.has('digitalSignature') && !leaf.keyUsage.has('nonRepudiation'))
    found.push(problem('certificate.wrong-usage', 'The certificate is not meant for signatures or seals.'))
  const other: readonly string[] = [usages.serverAuth, usages.clientAuth, usages.timeStamping]
  const extended = leaf.extendedKeyUsage?.usages
  if (extended && extended.length > 0 && extended.every((usage) => other.includes(usage)))
    found.push(problem('certificate.wrong-usage', 'The certificate is meant for servers, clients or time stamps alone.'))
  return found
}

/** A batch hands in the same list of certificates each time. */
const judged = new WeakMap<readonly Uint8Array[], Problem[]>()

/** Refuses certificates (DER, leaf first) that may not seal. Raises `seal.certificate-missing` and `certificate.wrong-usage`. */
export function requireSealCertificate(certificates: readonly Uint8Array[]): void {
  if (!certificates[0]) throw new ProblemError('seal.certificate-missing', 'A seal needs the certificate of its key.')
  const problems = judged.get(certificates) ?? sealCertificateProblems(parseCertificate(certificates[0]))
  judged.set(certificates, problems)
  refuseProblems(problems)
}
