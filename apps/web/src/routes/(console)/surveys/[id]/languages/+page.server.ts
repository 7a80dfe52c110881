/** The languages of a survey: lists of its words go out, and come back translated. */
import { attempt, fileOf, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params: { id }, locals }) => {
  const { title, languages, translations } = await read(locals.api['survey.read']({ id }))
  return { id, title, languages, translations, may: mayDo(locals.session, 'survey.translate') }
}

export const actions: Actions = {
  upload: async ({ params: { id }, request, locals }) => {
    const form = await request.formData()
    const language = String(form.get('language'))
    const base64 = await fileOf(form, 'file')
    const done = await attempt(() => locals.api['survey.translate']({ id, language, base64 }), form)
    return refused(done) ? done : { added: language }
  },
  remove: async ({ params: { id }, request, locals }) => {
    const language = String((await request.formData()).get('language'))
    const done = await attempt(() => locals.api['survey.untranslate']({ id, language }))
    return refused(done) ? done : { removed: language }
  },
}
