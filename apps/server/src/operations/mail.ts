/** Operations on an institution's own words for its mails. */
import type { Handlers } from '@cairn/api'
import { mailLanguages, type OwnMailKind, ownMailPlaces, previewMail, standardTemplate } from '@cairn/documents'
import { appendEvent, readMailTemplates, removeMailTemplate, saveMailTemplate } from '@cairn/store'
import { asTenant, type Context, found } from '../context.ts'

type Own = Pick<Handlers<Context>, 'mail.list' | 'mail.preview' | 'mail.save' | 'mail.restore'>

export const mailHandlers: Own = {
  'mail.list': (_, context) =>
    asTenant(context, async (tx) => {
      const written = await readMailTemplates(tx)
      return (Object.keys(ownMailPlaces) as OwnMailKind[]).flatMap((kind) =>
        mailLanguages.map((language) => {
          const own = written.find((each) => each.kind === kind && each.language === language)
          const { subject, text } = own ?? standardTemplate(kind, language)
          return { kind, language, subject, text, own: own !== undefined, places: [...ownMailPlaces[kind]] }
        }),
      )
    }),

  'mail.preview': async ({ kind, language, ...template }) => previewMail(kind, language, template),

  'mail.save': ({ kind, language, subject, text }, context) =>
    asTenant(context, async (tx) => {
      previewMail(kind, language, { subject, text })
      const person = context.caller.person!
      await saveMailTemplate(tx, { kind, language, subject, text }, person, context.now)
      await appendEvent(tx, { at: context.now, actor: person, name: 'mail.save', subject: `${kind}/${language}` })
      return { done: true as const }
    }),

  'mail.restore': ({ kind, language }, context) =>
    asTenant(context, async (tx) => {
      found((await removeMailTemplate(tx, kind, language)) || undefined)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'mail.restore', subject: `${kind}/${language}` })
      return { done: true as const }
    }),
}
