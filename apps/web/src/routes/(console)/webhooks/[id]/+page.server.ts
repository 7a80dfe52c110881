import { redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

const size = 50

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const page = pageIn(url)
  const answer = await read(locals.api['webhook.deliveries']({ id: params.id, page, size }))
  return { ...answer, page, pages: Math.ceil(answer.total / size), may: mayDo(locals.session, 'webhook.resend') }
}

export const actions: Actions = {
  try: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['webhook.try']({ id: params.id }))
    return refused(done) ? done : { queued: true }
  },
  resend: async ({ request, locals, params }) => {
    const form = await request.formData()
    const done = await attempt(() => locals.api['webhook.resend']({ id: params.id, event: Number(form.get('event')) }), form)
    return refused(done) ? done : { queued: true }
  },
  remove: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['webhook.remove']({ id: params.id }))
    return refused(done) ? done : redirect(303, '/webhooks')
  },
}
