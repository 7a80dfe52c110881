import { attempt, refused, textOf } from '#lib/page/attempt.ts'
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

/** From which day on a key seals, where one was chosen. */
function turnIn(form: FormData): { sealsFrom?: string } {
  const sealsFrom = textOf(form, 'sealsFrom')
  return sealsFrom ? { sealsFrom } : {}
}

export const actions: Actions = {
  import: async ({ request, locals }) => {
    const form = await request.formData()
    const file = form.get('file')
    const bytes = file instanceof File ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0)
    const done = await attempt(
      () =>
        locals.api['key.import']({
          label: String(form.get('label') ?? ''),
          base64: bytes.toString('base64'),
          passphrase: String(form.get('passphrase') ?? ''),
          ...turnIn(form),
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
    const done = await attempt(() => locals.api['key.take']({ name: String(form.get('name')), ...turnIn(form) }), form)
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
