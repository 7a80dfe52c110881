import { redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({
  pathways: await read(locals.api['pathway.list']({})),
  requests: await read(locals.api['stack.list']({})),
  may: mayDo(locals.session, 'pathway.create'),
})

export const actions: Actions = {
  begin: async ({ locals }) => {
    const made = await attempt(() => locals.api['pathway.create']({}))
    if (refused(made)) return made
    redirect(303, `/pathways/${made.done.id}`)
  },
}
