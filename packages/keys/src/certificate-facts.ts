/** What a certificate says of its holder, for people to read and for the rules of {@link checkKeyFor}. */
import { createHash } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import { type Certificate, type DistinguishedName, parseCertificate } from '@cairn/seals'
import { isDemonstrationCertificate } from './demonstration.ts'

/** Facts of one certificate. Times are RFC 3339 in UTC; `serial` is hexadecimal. */
export interface CertificateFacts {
  commonName?: string
  organization?: string
  organizationIdentifier?: string
  country?: string
  /** One line that names the holder. */
  subject: string
  /** One line that names who issued it. */
  issuedBy: string
  serial: string
  notBefore: string
  notAfter: string
  /** SHA-256 of the certificate, hexadecimal in lower case. */
  fingerprint: string
  demonstration: boolean
}

/** Reads a certificate. Raises `key.unreadable` when it is none. */
export function certificateFacts(certificate: Uint8Array): CertificateFacts {
  const { subject, issuer, serial, notBefore, notAfter, der } = readCertificate(certificate)
  const { commonName, organization, organizationIdentifier, country } = subject
  return {
    ...(commonName === undefined ? {} : { commonName }),
    ...(organization === undefined ? {} : { organization }),
    ...(organizationIdentifier === undefined ? {} : { organizationIdentifier }),
    ...(country === undefined ? {} : { country }),
    subject: line(subject),
    issuedBy: line(issuer),
    serial,
    notBefore,
    notAfter,
    fingerprint: createHash('sha256').update(der).digest('hex'),
    demonstration: isDemonstrationCertificate(der),
  }
}

/** The certificate as the verifier will read it, so that a key is refused here rather than its seals there. Raises `key.unreadable` when it is none. */
export function readCertificate(certificate: Uint8Array): Certificate {
  try {
    return parseCertificate(certificate)
  } catch (error) {
    if (error instanceof ProblemError) throw new ProblemError('key.unreadable', error.problem.detail)
    throw error
  }
}

const line = ({ commonName, organization, country }: DistinguishedName) =>
  [...new Set([commonName, organization, country].filter((part) => part !== undefined))].join(', ') || 'a holder without a name'
