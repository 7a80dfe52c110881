import { attempt, fileOf, refused, textOf, textsOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const may = mayDo(locals.session, 'key.import')
  return {
    keys: await read(locals.api['key.list']({})),
    held: may ? await read(locals.api['key.held']({})) : [],
    demo: locals.session.demo,
    may,
  }
}

export const actions: Actions = {
  import: async ({ request, locals }) => {
    const form = await request.formData()
    const base64 = await fileOf(form, 'file')
    const done = await attempt(
      () =>
        locals.api['key.import']({
          label: String(form.get('label') ?? ''),
          base64,
          passphrase: String(form.get('passphrase') ?? ''),
          ...textsOf(form, ['sealsFrom']),
        }),
      form,
    )
    return refused(done) ? done : { added: true }
  },
  demonstrate: async ({ locals }) => {
    const done = await attempt(() => locals.api['key.demonstrate']({}))
    return refused(done) ? done : { added: true }
  },
  take: async ({ request, locals }) => {
    const form = await request.formData()
    const done = await attempt(() => locals.api['key.take']({ name: String(form.get('name')), ...textsOf(form, ['sealsFrom']) }), form)
    return refused(done) ? done : { added: true }
  },
  try: async ({ request, locals }) => {
    const form = await request.formData()
    const done = await attempt(() => locals.api['key.test']({ id: String(form.get('id')) }), form)
    return refused(done) ? done : { tried: done.done }
  },
  plan: async ({ request, locals }) => {
    const form = await request.formData()
    return attempt(() => locals.api['key.plan']({ id: String(form.get('id')), sealsFrom: textOf(form, 'sealsFrom') ?? '' }), form)
  },
  retire: async ({ request, locals }) => {
    const form = await request.formData()
    return attempt(() => locals.api['key.retire']({ id: String(form.get('id')) }), form)
  },
}
