import { kinds } from '@cairn/core'
import { redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import type { Actions } from './$types'

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData()
    const kind = kinds.find((each) => each === form.get('kind')) ?? 'micro-credential'
    const primaryLanguage = String(form.get('language') ?? 'en')
    const title = { [primaryLanguage]: String(form.get('title') ?? '').trim() }
    const made = await attempt(() => locals.api['specification.create']({ kind, title, primaryLanguage }), form)
    if (refused(made)) return made
    redirect(303, `/specifications/${made.done.id}`)
  },
}
