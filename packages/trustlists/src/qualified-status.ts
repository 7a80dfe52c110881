/** What a seal was worth at a moment by the trusted lists (ETSI TS 119 615; Regulation (EU) No 910/2014, articles 36 and 38). */
import type { ServicePeriod, TrustedService } from '@cairn/core'
import { buildPath, type Certificate } from '@cairn/seals'
import { certificatesOfService } from './granted-anchors.ts'
import { meetsCriteria } from './read-criteria.ts'
import { isGranted, periodAt, saysNothingAt } from './status-at.ts'
import { qualifiers, serviceTypes, uses } from './uris.ts'

/** What a seal with the certificate is; `other` is all that rests on no qualified certificate for seals; `unknown` is for a time of which no list speaks. */
export type SealQualification = 'qualified-seal' | 'advanced-seal-qualified-certificate' | 'other' | 'unknown'

/** The answer. `reasons` say in plain words what it rests on; `service` is the one that issued the certificate. */
export interface QualifiedStatus {
  qualification: SealQualification
  /** The seal holder as the certificate names it. */
  holder: { legalName?: string; identifier?: string }
  service?: Pick<TrustedService, 'territory' | 'name' | 'providerName' | 'identifiers' | 'type'>
  reasons: string[]
}

/** Certificates that came with the seal, for a service may be some steps above the certificate. */
export interface QualifiedStatusOptions {
  others?: readonly Certificate[]
}

const statements = { compliance: '0.4.0.1862.1.1', device: '0.4.0.1862.1.4' } as const
const types = { signature: '0.4.0.1862.1.6.1', seal: '0.4.0.1862.1.6.2', webSite: '0.4.0.1862.1.6.3' } as const

/**
 * What a seal made with `certificate` at `instant` (RFC 3339) was: the certificate must have been qualified when it was issued and when it sealed.
 * Signatures of certificates are checked; revocation is not, for other evidence tells it.
 */
export async function qualifiedStatusAt(
  certificate: Certificate,
  services: readonly TrustedService[],
  instant: string,
  { others = [] }: QualifiedStatusOptions = {},
): Promise<QualifiedStatus> {
  const { organization, commonName, organizationIdentifier } = certificate.subject
  const legalName = organization ?? commonName
  const holder = {
    ...(legalName === undefined ? {} : { legalName }),
    ...(organizationIdentifier === undefined ? {} : { identifier: organizationIdentifier }),
  }
  const issuers = await servicesAbove(certificate, services, others, serviceTypes.qualifiedCertificates)
  if (issuers.length === 0)
    return {
      qualification: 'other',
      holder,
      reasons: ['No trusted list names the authority that issued the certificate as one for qualified certificates.'],
    }
  const judged = issuers.map((service) => {
    const issued = judge(certificate, service, certificate.notBefore, 'when the certificate was issued')
    const sealed = judge(certificate, service, instant, 'when it was sealed')
    return { service, worse: rank[issued.qualification] <= rank[sealed.qualification] ? issued : sealed }
  })
  // A certificate may stand under two entries of the same authority, such as one for seals and one for signatures.
  const best = judged.reduce((a, b) => (rank[b.worse.qualification] > rank[a.worse.qualification] ? b : a))
  const { territory, name, providerName, identifiers, type } = best.service
  return { ...best.worse, holder, service: { territory, name, providerName, identifiers, type } }
}

const rank: Record<SealQualification, number> = { other: 0, unknown: 1, 'advanced-seal-qualified-certificate': 2, 'qualified-seal': 3 }
type Judged = { qualification: SealQualification; reasons: string[] }
const other = (reason: string): Judged => ({ qualification: 'other', reasons: [reason] })

function judge(certificate: Certificate, service: TrustedService, at: string, when: string): Judged {
  if (saysNothingAt(service, at))
    return { qualification: 'unknown', reasons: [`The trusted list was not renewed, or names the service no more, ${when}.`] }
  const period = periodAt(service, at)
  if (!period || !isGranted(period, at)) return other(`The service was not granted ${when}.`)
  const names = qualifiersOf(certificate, period)
  if (names === undefined) return other('A qualifier of the service rests on a requirement that is not known here.')
  const said = (address: string) => names.has(address)
  const compliant = certificate.qcStatements.includes(statements.compliance)
  if (said(qualifiers.notQualified) || !(compliant || said(qualifiers.qualified))) return other('The certificate is not a qualified one.')
  const purposes = purposesOf(certificate, names)
  if (!purposes.has(uses.seals)) return other('The certificate is qualified, and not for seals.')
  const offered = period.uses.filter((use) => Object.values<string>(uses).includes(use))
  if (offered.length > 0 && !offered.includes(uses.seals)) return other(`The service was not one for seals ${when}.`)
  const device =
    qualifiers.withDevice.some(said) || (certificate.qcStatements.includes(statements.device) && !qualifiers.withoutDevice.some(said))
  return device
    ? { qualification: 'qualified-seal', reasons: ['A qualified certificate for seals, its key in a qualified device.'] }
    : {
        qualification: 'advanced-seal-qualified-certificate',
        reasons: ['A qualified certificate for seals; its key is in no qualified device.'],
      }
}

/** The qualifiers that speak of this certificate; `undefined` when that cannot be told. */
function qualifiersOf(certificate: Certificate, { qualifiers: entries }: ServicePeriod): Set<string> | undefined {
  const found = new Set<string>()
  for (const { names, criteria } of entries) {
    const met = meetsCriteria(certificate, criteria)
    if (met === undefined) return undefined
    if (met) for (const name of names) found.add(name)
  }
  return found
}

/** What the certificate is for: the list's word goes first, then the certificate's; one that is silent is for signatures (EN 319 412-5, 4.2.3). */
function purposesOf(certificate: Certificate, names: ReadonlySet<string>): Set<string> {
  const byList = [
    ...(names.has(qualifiers.seals) || names.has(qualifiers.legalPerson) ? [uses.seals] : []),
    ...(names.has(qualifiers.signatures) ? [uses.signatures] : []),
    ...(names.has(qualifiers.webSites) ? [uses.webSites] : []),
  ]
  if (byList.length > 0) return new Set(byList)
  const byCertificate = certificate.qcTypes.flatMap((type) =>
    type === types.seal ? [uses.seals] : type === types.signature ? [uses.signatures] : type === types.webSite ? [uses.webSites] : [],
  )
  return new Set(byCertificate.length > 0 ? byCertificate : [uses.signatures])
}

/** Whether a time-stamp authority was a qualified one at `instant`, and by which service (TS 119 615). */
export async function timeStampAuthorityAt(
  certificate: Certificate,
  services: readonly TrustedService[],
  instant: string,
  { others = [] }: QualifiedStatusOptions = {},
): Promise<{ qualified: boolean; service?: Pick<TrustedService, 'territory' | 'name' | 'providerName' | 'identifiers' | 'type'> }> {
  for (const service of await servicesAbove(certificate, services, others, serviceTypes.qualifiedTimeStamps)) {
    const period = periodAt(service, instant)
    if (!period || !isGranted(period, instant)) continue
    const { territory, name, providerName, identifiers, type } = service
    return { qualified: true, service: { territory, name, providerName, identifiers, type } }
  }
  return { qualified: false }
}

/** Services of a type whose certificate is this one or stands above it in a proven path. */
async function servicesAbove(
  certificate: Certificate,
  services: readonly TrustedService[],
  others: readonly Certificate[],
  type: string,
): Promise<TrustedService[]> {
  const found: TrustedService[] = []
  for (const service of services) {
    if (service.type !== type) continue
    const anchors = certificatesOfService(service)
    // The path is judged in the certificate's own first moment: what ended later does not unmake what was issued before.
    if (anchors.length > 0 && (await buildPath(certificate, others, anchors, certificate.notBefore)).proven) found.push(service)
  }
  return found
}
