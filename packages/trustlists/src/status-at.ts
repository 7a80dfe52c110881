/** What trusted lists said of a service at a moment. */
import { millis, type ServicePeriod, type TrustedService } from '@cairn/core'
import { eidasBegins, grantedStatuses, supervisedStatuses } from './uris.ts'

/** The period that held at `instant` (RFC 3339); none before the first, after the last, or when the list demands what is not known here. */
export function periodAt(service: TrustedService, instant: string): ServicePeriod | undefined {
  const at = millis(instant)
  if (saysNothingAt(service, instant)) return undefined
  const period = [service, ...service.history].find(({ from }) => millis(from) <= at)
  return period?.understood ? period : undefined
}

/** True when the list that names the service does not speak of that time any more. */
export function saysNothingAt({ until }: Pick<TrustedService, 'until'>, instant: string): boolean {
  return until !== undefined && millis(instant) >= millis(until)
}

/** Whether a status was a yes then: `granted`, and before eIDAS applied the statuses of supervision too. */
export function isGranted({ status }: Pick<ServicePeriod, 'status'>, instant: string): boolean {
  return grantedStatuses.includes(status) || (millis(instant) < millis(eidasBegins) && supervisedStatuses.includes(status))
}
