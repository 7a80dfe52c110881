/** Of all the services of Europe those that can speak of given certificates. */
import type { TrustedService } from '@cairn/core'
import { type Certificate, sameBytes } from '@cairn/seals'
import { certificatesOfService } from './granted-anchors.ts'

/** Services with a certificate that is one of these, or bears the name of an issuer of one: what a judgement on them rests on, of lists with thousands. */
export function namingCertificates(services: readonly TrustedService[], certificates: readonly Certificate[]): TrustedService[] {
  return services.filter((service) =>
    certificatesOfService(service).some((known) =>
      certificates.some(({ der, issuerDer }) => sameBytes(der, known.der) || sameBytes(issuerDer, known.subjectDer)),
    ),
  )
}
