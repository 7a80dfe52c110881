/** The person who learned. */
import { z } from 'zod'
import { PlainDate } from './moments.ts'
import { LanguageTag, MailAddress } from './text.ts'

const name = z.string().min(1).max(300)

/** A learner as an award names them: a name, and one thing that tells them from others of that name (Annex I, element 1). */
export const Learner = z
  .strictObject({
    givenName: name,
    familyName: name.optional(),
    dateOfBirth: PlainDate.optional(),
    /** The number under which the awarding body knows the learner. */
    identifier: z.string().min(1).max(200).optional(),
    nationalId: z.strictObject({ value: z.string().min(1).max(100), country: z.string().regex(/^[A-Z]{2}$/) }).optional(),
    email: MailAddress.optional(),
    language: LanguageTag.optional(),
  })
  .meta({ id: 'Learner', title: 'Learner' })
export type Learner = z.infer<typeof Learner>
