import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => ({
  registry: await read(locals.api['registry.list']({})),
  proposed: url.searchParams.has('proposed'),
})

export const actions: Actions = {
  decide: async ({ request, locals }) => {
    const form = await request.formData()
    const note = textOf(form, 'note')
    const done = await attempt(
      () =>
        locals.api['registry.decide']({
          changes: [String(form.get('change'))],
          decision: form.get('decision') === 'approved' ? 'approved' : 'refused',
          ...(note ? { note } : {}),
        }),
      form,
    )
    return refused(done) ? done : { decided: true }
  },
  import: async ({ request, locals }) => {
    const form = await request.formData()
    const file = form.get('file')
    const bytes = file instanceof File ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0)
    const sha256 = textOf(form, 'sha256')
    const done = await attempt(
      () => locals.api['registry.import']({ base64: bytes.toString('base64'), ...(sha256 ? { sha256 } : {}) }),
      form,
    )
    return refused(done) ? done : { imported: done.done }
  },
}
