/** Of all the services of Europe those that can speak of given certificates. */
import type { TrustedService } from '@cairn/core'
import { type Certificate, toBase64 } from '@cairn/seals'
import { certificatesOfService } from './granted-anchors.ts'

/** Where in the lists each certificate and each name of one stands: found once, for the lists have thousands of services and every verdict asks. */
const indexes = new WeakMap<readonly TrustedService[], Map<string, number[]>>()
function indexOf(services: readonly TrustedService[]): Map<string, number[]> {
  const known = indexes.get(services)
  if (known) return known
  const places = new Map<string, number[]>()
  for (const [at, service] of services.entries())
    for (const { der, subjectDer } of certificatesOfService(service))
      for (const bytes of [der, subjectDer]) {
        const name = toBase64(bytes)
        const before = places.get(name)
        if (before) before.push(at)
        else places.set(name, [at])
      }
  indexes.set(services, places)
  return places
}

/** Services with a certificate that is one of these, or bears the name of an issuer of one: what a judgement on them rests on. */
export function namingCertificates(services: readonly TrustedService[], certificates: readonly Certificate[]): TrustedService[] {
  const places = indexOf(services)
  const found = new Set(
    certificates.flatMap(({ der, issuerDer }) => [der, issuerDer].flatMap((bytes) => places.get(toBase64(bytes)) ?? [])),
  )
  return [...found].sort((one, other) => one - other).map((at) => services[at]!)
}
