import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => ({
  request: await read(locals.api['stack.read']({ id: params.id })),
  mayAward: mayDo(locals.session, 'stack.award'),
  mayRefuse: mayDo(locals.session, 'stack.refuse'),
})

const revisionOf = (form: FormData) => Number(form.get('revision') ?? -1)

export const actions: Actions = {
  award: async ({ params, request, locals }) => {
    const form = await request.formData()
    const familyName = textOf(form, 'familyName')
    const dateOfBirth = textOf(form, 'dateOfBirth')
    const given = {
      givenName: String(form.get('givenName') ?? ''),
      ...(familyName ? { familyName } : {}),
      ...(dateOfBirth ? { dateOfBirth } : {}),
    }
    const done = await attempt(() => locals.api['stack.award']({ id: params.id, revision: revisionOf(form), ...given }), form)
    return refused(done) ? done : { saved: true }
  },
  refuse: async ({ params, request, locals }) => {
    const form = await request.formData()
    const words = String(form.get('words') ?? '')
    const done = await attempt(() => locals.api['stack.refuse']({ id: params.id, revision: revisionOf(form), words }), form)
    return refused(done) ? done : { saved: true }
  },
}
