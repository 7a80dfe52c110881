/** From one state of a list to the next: never back, and nothing that was known is forgotten (R-TL-2). */
import { ProblemError, type TrustedService } from '@cairn/core'
import type { TrustedList } from './read-trusted-list.ts'

/**
 * Takes in a list after the one seen before. Raises `trust-list.went-back` when the sequence number falls, when two different lists have the same
 * number, or when it is the list of another territory. Services that are no longer named stay, with `until`, for old seals rest on them.
 */
export function followTrustedList(before: TrustedList | undefined, next: TrustedList): TrustedList {
  if (!before) return next
  if (before.territory !== next.territory || before.kind !== next.kind)
    throw new ProblemError('trust-list.went-back', `This is the list of ${next.territory} and not of ${before.territory}.`)
  if (next.sequence < before.sequence)
    throw new ProblemError('trust-list.went-back', `Its number is ${next.sequence}; ${before.sequence} was seen before.`)
  if (next.sequence === before.sequence && next.digest !== before.digest)
    throw new ProblemError('trust-list.went-back', `Two different lists have the number ${next.sequence}.`)
  const named = new Map<string, TrustedService[]>()
  for (const service of next.services) for (const key of keysOf(service)) named.set(key, [...(named.get(key) ?? []), service])
  const gone = before.services.filter((service) => !keysOf(service).some((key) => named.has(key)))
  return { ...next, services: [...next.services, ...gone.map((service) => ({ ...service, until: service.until ?? next.issued }))] }
}

/** What a service is known by: its type and each of its certificates; its name where it has none. */
function keysOf({ type, certificates, name, providerName }: TrustedService): string[] {
  return certificates.length > 0 ? certificates.map((certificate) => `${type} ${certificate}`) : [`${type} ${providerName} ${name}`]
}
