import { problem, RevocationReason } from '@cairn/core'
import { fail } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { qrSvg } from '#lib/page/qr.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => ({
  credential: await read(locals.api['credential.read']({ id: params.id })),
  reasons: RevocationReason.options.filter((reason) => reason !== 'superseded'),
  mayRevoke: mayDo(locals.session, 'credential.revoke'),
  maySend: mayDo(locals.session, 'credential.send'),
})

export const actions: Actions = {
  revoke: async ({ request, locals, params }) => {
    const form = await request.formData()
    const reason = RevocationReason.safeParse(form.get('reason')).data
    // A reason is for ever, so nothing is guessed, and nothing happens by one press.
    if (!reason || !form.has('sure'))
      return fail(422, { problems: [problem('input.invalid', 'A revocation needs a reason and your yes.', '/reason')], values: {} })
    const done = await attempt(() => locals.api['credential.revoke']({ id: params.id, reason }), form)
    return refused(done) ? done : { revoked: true }
  },
  send: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['credential.send']({ id: params.id }))
    return refused(done) ? done : { sent: true }
  },
  share: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['credential.share']({ id: params.id, days: 365 }))
    return refused(done) ? done : { made: { url: done.done.url, qr: qrSvg(done.done.url) } }
  },
}
