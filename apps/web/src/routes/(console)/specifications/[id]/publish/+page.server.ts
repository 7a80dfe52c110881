/** Publishing: a page of its own, because an edition never changes. */
import { redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => {
  const [specification, { organisation }] = await Promise.all([
    read(locals.api['specification.read']({ id: params.id })),
    read(locals.api['institution.read']({})),
  ])
  return { specification, organisation }
}

export const actions: Actions = {
  default: async ({ params, locals, request }) => {
    const form = await request.formData()
    const result = await attempt(() => locals.api['specification.publish']({ id: params.id, revision: Number(form.get('revision')) }), form)
    if (refused(result)) return result
    redirect(303, `/editions/${result.done.edition.id}`)
  },
}
