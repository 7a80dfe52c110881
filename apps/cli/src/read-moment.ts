/** The clock of the command line. */
import { isPlainDate, millis } from '@cairn/core'
import { UsageError } from './verb.ts'

/** The moment of `--at`, a day (its beginning in UTC) or an instant; now when it is left out. RFC 3339 in UTC. */
export function readMoment(text: string | undefined): string {
  if (text === undefined) return new Date().toISOString()
  const moment = millis(text)
  if (Number.isNaN(moment) || !(isPlainDate(text) || /^\d{4}-\d{2}-\d{2}T/.test(text)))
    throw new UsageError(`"${text}" is no moment. Write a day such as 2026-05-12, or 2026-05-12T10:00:00Z.`)
  return new Date(moment).toISOString()
}
