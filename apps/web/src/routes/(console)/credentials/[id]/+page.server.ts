import { RevocationReason } from '@cairn/core'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const { roles } = locals.session
  return {
    credential: await read(locals.api['credential.read']({ id: params.id })),
    reasons: RevocationReason.options,
    mayRevoke: roles.some((role) => ['owner', 'approver', 'sealer'].includes(role)),
    maySend: roles.some((role) => ['owner', 'awarder'].includes(role)),
  }
}

export const actions: Actions = {
  revoke: async ({ request, locals, params }) => {
    const form = await request.formData()
    const reason = RevocationReason.safeParse(form.get('reason')).data ?? 'error'
    const done = await attempt(() => locals.api['credential.revoke']({ id: params.id, reason }), form)
    return refused(done) ? done : { revoked: true }
  },
  send: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['credential.send']({ id: params.id }))
    return refused(done) ? done : { sent: true }
  },
  share: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['credential.share']({ id: params.id, days: 365 }))
    return refused(done) ? done : { url: done.done.url }
  },
}
