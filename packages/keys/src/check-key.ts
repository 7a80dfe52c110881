/** Whether a sealing certificate may be used by an institution today. */
import { millis, type Organisation, type Problem, problem } from '@cairn/core'
import { sealCertificateProblems } from '@cairn/seals'
import { readCertificate } from './certificate-facts.ts'
import { organizationIdentifiersOf, sameIdentifier } from './organization-identifiers.ts'

const day = 86_400_000
/** From how many days before its end a certificate is spoken of, and what is said then. */
const notices = [
  [7, 'Within a week nothing can be sealed with it any more.'],
  [30, 'Ask for the next one now.'],
  [90, 'Plan for the next one.'],
] as const

/**
 * What stands against sealing for this organisation with this certificate at `now` (RFC 3339): `certificate.wrong-usage`, `key.organisation-mismatch` and
 * `key.expired` forbid it, `key.expires-soon` warns 90, 30 and 7 days before, each time in stronger words. None is an empty list. Raises `key.unreadable` when the bytes are no certificate.
 */
export function checkKeyFor(organisation: Pick<Organisation, 'identifiers' | 'country'>, certificate: Uint8Array, now: string): Problem[] {
  const read = readCertificate(certificate)
  const { notBefore, notAfter } = read
  const named = read.subject.organizationIdentifier
  const found: Problem[] = sealCertificateProblems(read)
  const own = organizationIdentifiersOf(organisation)
  if (named === undefined) found.push(problem('key.organisation-mismatch', 'The certificate names no organisation identifier (2.5.4.97).'))
  else if (!own.some((identifier) => sameIdentifier(identifier, named)))
    found.push(
      problem(
        'key.organisation-mismatch',
        `The certificate names ${named}; the institution is ${own.join(' or ') || 'without an official identifier'}.`,
      ),
    )
  if (millis(now) < millis(notBefore)) found.push(problem('key.expired', `The certificate begins on ${notBefore.slice(0, 10)}.`))
  else if (millis(now) > millis(notAfter)) found.push(problem('key.expired', `The certificate ended on ${notAfter.slice(0, 10)}.`))
  else {
    const left = (millis(notAfter) - millis(now)) / day
    const notice = notices.find(([days]) => left < days)
    if (notice) found.push(problem('key.expires-soon', `The certificate ends on ${notAfter.slice(0, 10)}. ${notice[1]}`))
  }
  return found
}
