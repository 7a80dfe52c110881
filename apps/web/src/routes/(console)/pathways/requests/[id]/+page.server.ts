import { attempt, refused, revisionOf, textsOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => ({
  request: await read(locals.api['stack.read']({ id: params.id })),
  mayAward: mayDo(locals.session, 'stack.award'),
  mayRefuse: mayDo(locals.session, 'stack.refuse'),
})

export const actions: Actions = {
  award: async ({ params, request, locals }) => {
    const form = await request.formData()
    const given = { givenName: String(form.get('givenName') ?? ''), ...textsOf(form, ['familyName', 'dateOfBirth']) }
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
