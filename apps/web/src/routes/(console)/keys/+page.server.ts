import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({
  keys: await read(locals.api['key.list']({})),
  demo: locals.session.demo,
  may: locals.session.roles.some((role) => role === 'owner' || role === 'sealer'),
})

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
        }),
      form,
    )
    return refused(done) ? done : { added: true }
  },
  demonstrate: async ({ locals }) => {
    const done = await attempt(() => locals.api['key.demonstrate']({}))
    return refused(done) ? done : { added: true }
  },
  retire: async ({ request, locals }) => {
    const form = await request.formData()
    return attempt(() => locals.api['key.retire']({ id: String(form.get('id')) }), form)
  },
}
