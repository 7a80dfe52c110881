import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => ({
  network: await read(locals.api['network.read']({ id: params.id })),
  me: locals.session.person?.id,
  may: mayDo(locals.session, 'network.admit'),
  maySign: mayDo(locals.session, 'network.sign'),
})

export const actions: Actions = {
  refresh: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['network.refresh']({ id: params.id }))
    return refused(done) ? done : { done: true as const }
  },
  reveal: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['network.reveal']({ id: params.id }))
    return refused(done) ? done : { sharedKey: done.done.sharedKey }
  },
  admit: async ({ request, locals, params }) => {
    const form = await request.formData()
    const [member, key] = [textOf(form, 'member') ?? '', textOf(form, 'key') ?? '']
    const done = await attempt(() => locals.api['network.admit']({ id: params.id, member, key }), form)
    return refused(done) ? done : { done: true as const }
  },
  sign: async ({ request, locals, params }) => {
    const form = await request.formData()
    const done = await attempt(() => locals.api['network.sign']({ id: params.id, hash: textOf(form, 'hash') ?? '' }), form)
    return refused(done) ? done : { done: true as const }
  },
  settle: async ({ request, locals, params }) => {
    const form = await request.formData()
    const [member, quarter] = [textOf(form, 'member') ?? '', textOf(form, 'quarter') ?? '']
    const done = await attempt(() => locals.api['network.settle']({ id: params.id, member, quarter }), form)
    return refused(done) ? done : { done: true as const }
  },
  leave: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['network.leave']({ id: params.id }))
    return refused(done) ? done : { done: true as const }
  },
}
