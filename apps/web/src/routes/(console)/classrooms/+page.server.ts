/** Classrooms: opened from what is awarded. */
import { redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({ rooms: await read(locals.api['classroom.list']({})) })

export const actions: Actions = {
  open: async ({ request, locals }) => {
    const form = await request.formData()
    const made = await attempt(() => locals.api['classroom.open']({ edition: String(form.get('edition')) }), form)
    if (refused(made)) return made
    redirect(303, `/classrooms/${made.done.id}`)
  },
}
