/** An institution's own words for its mails to learners. Without JavaScript the same: a form for one mail, a preview, and what there is. */
import type { MailTemplateAnswer } from '@cairn/api'
import { fail } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const templates = await read(locals.api['mail.list']({}))
  const kind = url.searchParams.get('kind') ?? 'claim'
  const language = url.searchParams.get('language') ?? 'en'
  const chosen = templates.find((each) => each.kind === kind && each.language === language) ?? templates[0]!
  return { templates, chosen, may: mayDo(locals.session, 'mail.save') }
}

function wordsOf(form: FormData): Pick<MailTemplateAnswer, 'kind' | 'language' | 'subject' | 'text'> {
  const of = (name: string) => String(form.get(name) ?? '')
  return {
    kind: of('kind') as MailTemplateAnswer['kind'],
    language: of('language'),
    subject: of('subject'),
    // A form sends line breaks as two characters.
    text: of('text').replaceAll('\r\n', '\n').trim(),
  }
}

export const actions: Actions = {
  preview: async ({ request, locals }) => {
    const words = wordsOf(await request.formData())
    const result = await attempt(() => locals.api['mail.preview'](words))
    return refused(result) ? fail(result.status, { words, problems: result.data.problems }) : { words, preview: result.done }
  },
  save: async ({ request, locals }) => {
    const words = wordsOf(await request.formData())
    const result = await attempt(() => locals.api['mail.save'](words))
    return refused(result) ? fail(result.status, { words, problems: result.data.problems }) : { saved: true }
  },
  restore: async ({ request, locals }) => {
    const { kind, language } = wordsOf(await request.formData())
    const result = await attempt(() => locals.api['mail.restore']({ kind, language }))
    return refused(result) ? fail(result.status, { problems: result.data.problems }) : { saved: true }
  },
}
