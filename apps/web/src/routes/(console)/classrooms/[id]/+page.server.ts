/** A classroom on the screen: code, who claimed, who was there. */
import { redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { qrSvg } from '#lib/page/qr.ts'
import { read } from '#lib/page/read.ts'
import { todayHere } from '#lib/server/time-zones.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, depends, url }) => {
  depends('cairn:classroom')
  const room = await read(locals.api['classroom.read']({ id: params.id }))
  return { room, qr: qrSvg(room.url), address: `${url.host}/join`, today: await todayHere(locals.api) }
}

export const actions: Actions = {
  close: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['classroom.close']({ id: params.id }))
    return refused(done) ? done : { closed: true }
  },
  confirm: async ({ request, locals, params }) => {
    const form = await request.formData()
    const present = form.getAll('present').map(String)
    const awardDate = String(form.get('awardDate'))
    const made = await attempt(() => locals.api['classroom.confirm']({ id: params.id, present, awardDate }), form)
    if (refused(made)) return made
    redirect(303, `/batches/${made.done.id}`)
  },
}
