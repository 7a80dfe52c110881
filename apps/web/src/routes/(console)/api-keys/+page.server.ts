import { scopeNames } from '@cairn/api'
import type { GivenReason } from '@cairn/core'
import { attempt, momentOf, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({
  keys: await read(locals.api['apikey.list']({})),
  may: mayDo(locals.session, 'apikey.create'),
})

export const actions: Actions = {
  make: async ({ request, locals }) => {
    const form = await request.formData()
    const done = await attempt(
      () =>
        locals.api['apikey.create']({
          label: textOf(form, 'label') ?? '',
          scopes: scopeNames.filter((scope) => form.getAll('scopes').includes(scope)),
          days: Number(form.get('days')),
          perHour: Number(form.get('perHour')),
          perDay: Number(form.get('perDay')),
        }),
      form,
    )
    return refused(done) ? done : { secret: done.done.secret }
  },
  withdraw: async ({ request, locals }) => {
    const form = await request.formData()
    const done = await attempt(() => locals.api['apikey.withdraw']({ id: String(form.get('id')) }), form)
    return refused(done) ? done : { withdrawn: true }
  },
  undo: async ({ request, locals }) => {
    const form = await request.formData()
    const done = await attempt(
      () =>
        locals.api['apikey.undo']({
          id: String(form.get('id')),
          since: momentOf(form, 'since') ?? String(form.get('from')),
          reason: String(form.get('reason')) as GivenReason,
        }),
      form,
    )
    return refused(done) ? done : { revoked: done.done.revoked }
  },
}
