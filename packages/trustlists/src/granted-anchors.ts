/** Certificates of services, read once: the lists of Europe name thousands. */
import { ProblemError, type TrustedService } from '@cairn/core'
import { type Certificate, parseCertificateText } from '@cairn/seals'
import { isGranted, periodAt } from './status-at.ts'
import { serviceTypes } from './uris.ts'

const read = new WeakMap<TrustedService, readonly Certificate[]>()

/** The certificates of a service; one that cannot be read stands for nothing. */
export function certificatesOfService(service: TrustedService): readonly Certificate[] {
  const before = read.get(service)
  if (before) return before
  const certificates = service.certificates.flatMap(readable)
  read.set(service, certificates)
  return certificates
}

function readable(text: string): Certificate[] {
  try {
    return [parseCertificateText(text)]
  } catch (error) {
    if (error instanceof ProblemError) return []
    throw error
  }
}

const vouching: readonly string[] = Object.values(serviceTypes)

/** Authorities that trusted lists let vouch at a moment (RFC 3339): those granted for qualified certificates and for qualified time stamps. */
export function serviceAnchors(services: readonly TrustedService[], at: string): Certificate[] {
  return services
    .filter((service) => {
      const period = vouching.includes(service.type) ? periodAt(service, at) : undefined
      return period !== undefined && isGranted(period, at)
    })
    .flatMap(certificatesOfService)
}
