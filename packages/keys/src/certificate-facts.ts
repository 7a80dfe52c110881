/** What a certificate says of its holder, for people to read and for the rules of {@link checkKeyFor}. */
import { X509Certificate } from 'node:crypto'
import { ProblemError } from '@cairn/core'
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
  const read = parsed(certificate)
  const subject = attributes(read.subject)
  const organizationIdentifier = subject.organizationIdentifier ?? subject['2.5.4.97']
  return {
    ...(subject.CN === undefined ? {} : { commonName: subject.CN }),
    ...(subject.O === undefined ? {} : { organization: subject.O }),
    ...(organizationIdentifier === undefined ? {} : { organizationIdentifier }),
    ...(subject.C === undefined ? {} : { country: subject.C }),
    subject: line(subject),
    issuedBy: line(attributes(read.issuer)),
    serial: read.serialNumber,
    notBefore: read.validFromDate.toISOString(),
    notAfter: read.validToDate.toISOString(),
    fingerprint: read.fingerprint256.replaceAll(':', '').toLowerCase(),
    demonstration: isDemonstrationCertificate(certificate),
  }
}

/** The certificate as Node reads it. Raises `key.unreadable` when it is none. */
export function parsed(certificate: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(certificate)
  } catch {
    throw new ProblemError('key.unreadable', 'A certificate in it is not a well-formed X.509 certificate.')
  }
}

/** Attributes of a name as Node prints it, one a line, `+` between those of one member; of several alike the last counts, as the most specific. */
function attributes(printed: string): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = Object.create(null)
  for (const each of printed.split('\n')) {
    const at = each.indexOf('=')
    if (at > 0) found[each.slice(0, at)] = each.slice(at + 1).replace(/\\(.)/g, '$1')
  }
  return found
}

const line = (name: Record<string, string | undefined>) =>
  [...new Set([name.CN, name.O, name.C].filter((part) => part !== undefined))].join(', ') || 'a holder without a name'
