/** Operations on an institution's own words for its mails. */
import { z } from 'zod'
import { Done, Nothing, operation, staff } from './operation.ts'

const Kind = z.enum(['claim', 'replacement', 'revocation', 'expiry'])
const which = { kind: Kind, language: z.string().regex(/^[a-z]{2,3}$/) }
const words = { subject: z.string().max(1000), text: z.string().max(20_000) }

/** One mail in one language; `own` tells that the words are the institution's, `places` which may stand in them. */
export const MailTemplateAnswer = z
  .strictObject({ ...which, ...words, own: z.boolean(), places: z.array(z.string()) })
  .meta({ id: 'MailTemplate' })
export type MailTemplateAnswer = z.infer<typeof MailTemplateAnswer>

export const mailOperations = {
  'mail.list': operation({
    method: 'GET',
    path: '/mail-templates',
    summary: 'The words of every mail to learners, ours or your own',
    roles: staff,
    input: Nothing,
    output: z.array(MailTemplateAnswer).meta({ id: 'MailTemplates' }),
    problems: [],
  }),
  'mail.preview': operation({
    method: 'POST',
    path: '/mail-templates/preview',
    summary: 'A mail as a learner would receive it, with example values',
    roles: staff,
    input: z.strictObject({ ...which, ...words }).meta({ id: 'MailPreview' }),
    output: z.strictObject(words).meta({ id: 'MailPreviewed' }),
    problems: ['mail.not-plain', 'mail.place'],
  }),
  'mail.save': operation({
    method: 'PUT',
    path: '/mail-templates/:kind/:language',
    summary: 'Your own words for a mail',
    roles: ['owner'],
    input: z.strictObject({ ...which, ...words }).meta({ id: 'MailTemplateSave' }),
    output: Done,
    problems: ['mail.not-plain', 'mail.place'],
  }),
  'mail.restore': operation({
    method: 'DELETE',
    path: '/mail-templates/:kind/:language',
    summary: 'Back to our words',
    roles: ['owner'],
    input: z.strictObject(which).meta({ id: 'MailTemplateRestore' }),
    output: Done,
    problems: ['request.not-found'],
  }),
}
