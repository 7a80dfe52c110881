/** Schemas of days and instants. */
import { z } from 'zod'
import { isPlainDate } from './time.ts'

/** A calendar day without a time zone: `2026-05-12`. */
export const PlainDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'A day such as 2026-05-12')
  .refine(isPlainDate, 'A day that exists')
  .meta({ id: 'PlainDate', title: 'Day', format: 'date' })
export type PlainDate = z.infer<typeof PlainDate>

/** A moment in UTC or with an offset (RFC 3339): `2026-05-12T10:00:00Z`. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/)
  .meta({ id: 'Instant', title: 'Moment', format: 'date-time' })
export type Instant = z.infer<typeof Instant>
