import { type PolicyTemplateName, policyTemplateNames } from '@cairn/core'
import { redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({
  policies: await read(locals.api['policy.list']({})),
  targets: await read(locals.api['target.list']({})),
  may: mayDo(locals.session, 'policy.create'),
})

export const actions: Actions = {
  begin: async ({ request, locals }) => {
    const form = await request.formData()
    const template = policyTemplateNames.find((name) => name === form.get('template')) ?? ('empty' satisfies PolicyTemplateName)
    const made = await attempt(() => locals.api['policy.create']({ template }), form)
    if (refused(made)) return made
    redirect(303, `/policies/${made.done.id}`)
  },
}
