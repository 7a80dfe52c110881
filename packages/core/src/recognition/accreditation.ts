/** Accreditation records, and what they say of a body on a day. */
import { z } from 'zod'
import { PlainDate } from '../moments.ts'
import { addMonths } from '../time.ts'
import { EqfLevel, Id } from './words.ts'

/** One record of an accreditation registry. `eqf` lists the levels it covers; absent: not told. */
export const AccreditationRecord = z
  .strictObject({
    id: Id,
    organisation: Id,
    type: z.string().max(200).nullish(),
    status: z.string().max(200).nullish(),
    decision: z.string().max(200).nullish(),
    from: PlainDate,
    to: PlainDate.nullish(),
    eqf: z.array(EqfLevel).max(8).nullish(),
  })
  // The other words of a record are for people.
  .loose()
export type AccreditationRecord = z.infer<typeof AccreditationRecord>

/** The last day of a record: six years after the first where the registry names none. */
export const lastDay = ({ from, to }: AccreditationRecord): string => to ?? addMonths(from, 72)

/** True when the record counts and stands on the day; both ends count. */
export const standsOn = (record: AccreditationRecord, day: string): boolean =>
  record.decision !== 'negative' && record.from <= day && day <= lastDay(record)
