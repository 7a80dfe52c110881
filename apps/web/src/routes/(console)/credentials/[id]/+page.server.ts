import { agreedReason } from '#lib/console/agreed-reason.ts'
import { attempt, refused, textsOf } from '#lib/page/attempt.ts'
import { qrSvg } from '#lib/page/qr.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  credential: await read(locals.api['credential.read']({ id: params.id })),
  mayRevoke: mayDo(locals.session, 'credential.revoke'),
  maySend: mayDo(locals.session, 'credential.send'),
  /** Whoever comes to send it elsewhere finds the form unfolded. */
  sending: url.searchParams.has('send'),
})

export const actions: Actions = {
  revoke: async ({ request, locals, params }) => {
    const form = await request.formData()
    const done = await attempt(() => locals.api['credential.revoke']({ id: params.id, reason: agreedReason(form) }), form)
    return refused(done) ? done : { revoked: true }
  },
  send: async ({ request, locals, params }) => {
    const form = await request.formData()
    const done = await attempt(() => locals.api['credential.send']({ id: params.id, ...textsOf(form, ['email']) }), form)
    return refused(done) ? done : { sent: true }
  },
  share: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['credential.share']({ id: params.id, days: 365 }))
    return refused(done) ? done : { made: { url: done.done.url, qr: qrSvg(done.done.url) } }
  },
}
