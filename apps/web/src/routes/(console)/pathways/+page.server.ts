import { redirect } from '@sveltejs/kit'
import { askedIn } from '#lib/page/asked-in.ts'
import { attempt, refused } from '#lib/page/attempt.ts'
import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

const size = 50

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = pageIn(url)
  const q = askedIn(url)
  const requests = await read(locals.api['stack.list']({ page, size, ...(q ? { q } : {}) }))
  return {
    pathways: await read(locals.api['pathway.list']({})),
    requests: requests.items,
    total: requests.total,
    q,
    page,
    pages: Math.ceil(requests.total / size),
    may: mayDo(locals.session, 'pathway.create'),
  }
}

export const actions: Actions = {
  begin: async ({ locals }) => {
    const made = await attempt(() => locals.api['pathway.create']({}))
    if (refused(made)) return made
    redirect(303, `/pathways/${made.done.id}`)
  },
}
