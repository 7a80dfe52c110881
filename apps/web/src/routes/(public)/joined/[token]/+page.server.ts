/** What became of a claim in a classroom; once it is sealed, the way to the credential. */
import { redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, setHeaders, depends }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
  depends('cairn:joined')
  return { joined: await read(locals.api['join.follow']({ token: params.token })) }
}

export const actions: Actions = {
  default: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['join.take']({ token: params.token }))
    if (refused(done)) return done
    redirect(303, new URL(done.done.url).pathname)
  },
}
