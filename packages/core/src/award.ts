/** The fact: this learner achieved it, on this day, by this body. */
import { z } from 'zod'
import { Learner } from './learner.ts'
import { PlainDate } from './moments.ts'
import { Edition } from './specification.ts'
import { Urn, WebAddress } from './text.ts'

/** What a spreadsheet row or the form by hand gives for one award. */
export const AwardGiven = z
  .strictObject({
    learner: Learner,
    awardDate: PlainDate,
    learningStart: PlainDate.optional(),
    learningEnd: PlainDate.optional(),
    assessmentDate: PlainDate.optional(),
    grade: z.string().min(1).max(200).optional(),
    referenceNumber: z.string().min(1).max(100).optional(),
    validUntil: PlainDate.optional(),
    /** Where a work or a recording stands that shows what was achieved. */
    evidence: WebAddress.optional(),
    /** Keys of the outcomes met, where they are not all; only a specification that is awarded in part allows it. */
    outcomes: z
      .array(z.string().regex(/^[a-z0-9-]{1,40}$/))
      .min(1)
      .max(60)
      .optional(),
    /** Grades of a transcript's parts by the part's key. */
    parts: z.record(z.string(), z.string().max(200)).optional(),
  })
  .meta({ id: 'AwardGiven', title: 'Award' })
export type AwardGiven = z.infer<typeof AwardGiven>

/** An award. `id` is the credential's id in every signed form (one award, one id). */
export const Award = AwardGiven.extend({ id: Urn, edition: Edition }).meta({ id: 'Award', title: 'Award' })
export type Award = z.infer<typeof Award>
