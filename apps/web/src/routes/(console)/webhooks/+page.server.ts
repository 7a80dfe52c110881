import { webhookEvents } from '@cairn/api'
import { fail } from '@sveltejs/kit'
import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({
  webhooks: await read(locals.api['webhook.list']({})),
  may: mayDo(locals.session, 'webhook.create'),
})

export const actions: Actions = {
  make: async ({ request, locals }) => {
    const form = await request.formData()
    const given = { url: textOf(form, 'url') ?? '', events: webhookEvents.filter((name) => form.getAll('events').includes(name)) }
    const done = await attempt(() => locals.api['webhook.create'](given))
    return refused(done) ? fail(done.status, { problems: done.data.problems, given }) : { secret: done.done.secret }
  },
}
