/** A survey as the invited body finds it behind its link: how far it is, and what comes of the answers. */
import { textIn } from '@cairn/core'
import { redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals: { session } }) => ({
  signedIn: session.signedIn,
  institution: textIn(session.institution?.name, getLocale()),
  mayAdopt: mayDo(session, 'reply.adopt'),
})

export const actions: Actions = {
  confirm: async ({ params: { token }, locals }) => {
    const before = await read(locals.api['reply.read']({ token }))
    const done = await attempt(() => locals.api['reply.confirm']({ token }))
    if (refused(done)) return done
    return { confirmed: true as const, drafted: before.rules === 'behind' && done.done.rules === 'current' }
  },
  adopt: async ({ params, locals }) => {
    const made = await attempt(() => locals.api['reply.adopt']({ token: params.token, language: getLocale() }))
    if (refused(made)) return made
    redirect(303, `/policies/${made.done.id}`)
  },
}
