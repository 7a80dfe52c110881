/** When a trust entry speaks. */
import type { TrustEntry } from './trust.ts'

/** True when the entry covers the day (both ends inclusive). */
export function covers(entry: Pick<TrustEntry, 'from' | 'to'>, day: string): boolean {
  return (!entry.from || entry.from <= day) && (!entry.to || day <= entry.to)
}
