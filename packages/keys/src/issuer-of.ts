/** The sealing body as its certificate names it. */
import { type Issuer, type Organisation, ProblemError } from '@cairn/core'
import { certificateFacts } from './certificate-facts.ts'

/** The issuer of what is sealed with this certificate. Raises `key.organisation-mismatch` when the certificate names no organisation identifier. */
export function issuerOf(certificate: Uint8Array, organisation: Organisation): Issuer {
  const { organizationIdentifier, commonName, organization } = certificateFacts(certificate)
  if (organizationIdentifier === undefined)
    throw new ProblemError(
      'key.organisation-mismatch',
      'The certificate names no organisation identifier (2.5.4.97), so a reader could not tell whose seal it is.',
    )
  const certificateName = organization ?? commonName
  return { organisation, organizationIdentifier, ...(certificateName === undefined ? {} : { certificateName }) }
}
