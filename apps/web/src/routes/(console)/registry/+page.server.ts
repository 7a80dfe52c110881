import { fail } from '@sveltejs/kit'
import { attempt, fileOf, refused, textsOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => ({
  registry: await read(locals.api['registry.list']({})),
  proposed: url.searchParams.has('proposed'),
})

export const actions: Actions = {
  decide: async ({ request, locals }) => {
    const form = await request.formData()
    const done = await attempt(
      () =>
        locals.api['registry.decide']({
          changes: [String(form.get('change'))],
          decision: form.get('decision') === 'approved' ? 'approved' : 'refused',
          ...textsOf(form, ['note']),
        }),
      form,
    )
    return refused(done) ? done : { decided: true }
  },
  import: async ({ request, locals }) => {
    const form = await request.formData()
    const base64 = await fileOf(form, 'file')
    const done = await attempt(() => locals.api['registry.import']({ base64, ...textsOf(form, ['sha256']) }), form)
    return refused(done) ? fail(done.status, { ...done.data, brought: textsOf(form, ['sha256']) }) : { imported: done.done }
  },
}
