import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { readPolicy } from '#lib/recognition/read-policy.ts'
import { mayDo } from '#lib/server/may-do.ts'
import { versionActions } from '#lib/server/version-actions.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => ({
  policy: await read(locals.api['policy.read']({ id: params.id })),
  targets: (await read(locals.api['target.list']({}))).filter(({ archived }) => !archived),
  editions: await read(locals.api['edition.list']({})),
  me: locals.session.person?.id,
  mayWrite: mayDo(locals.session, 'policy.save'),
  mayApprove: mayDo(locals.session, 'policy.approve'),
})

export const actions: Actions = {
  ...versionActions('policy', readPolicy),
  try: async ({ params, request, locals }) => {
    const form = await request.formData()
    const target = String(form.get('target'))
    const edition = String(form.get('edition'))
    const done = await attempt(() => locals.api['policy.try']({ id: params.id, target, edition }))
    return refused(done) ? done : { trial: done.done }
  },
}
