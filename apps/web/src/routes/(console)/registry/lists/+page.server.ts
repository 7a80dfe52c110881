import { fail } from '@sveltejs/kit'
import { attempt, fileOf, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({ known: await read(locals.api['registry.lists']({})) })

export const actions: Actions = {
  gather: async ({ locals }) => {
    const done = await attempt(() => locals.api['registry.gather']({}))
    return refused(done) ? done : {}
  },
  take: async ({ request, locals }) => {
    const form = await request.formData()
    const base64 = await fileOf(form, 'file')
    const done = await attempt(() => locals.api['accreditation.take']({ base64 }))
    return refused(done) ? fail(done.status, { ...done.data, notTaken: true }) : { taken: true }
  },
}
