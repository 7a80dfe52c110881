import { redirect } from '@sveltejs/kit'
import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({
  networks: await read(locals.api['network.list']({})),
  may: mayDo(locals.session, 'network.create'),
})

const texts = (form: FormData, ...names: string[]) => names.map((name) => textOf(form, name) ?? '')

export const actions: Actions = {
  begin: async ({ request, locals }) => {
    const form = await request.formData()
    const [name, contact] = texts(form, 'name', 'contact') as [string, string]
    const made = await attempt(() => locals.api['network.create']({ name, contact }), form)
    if (refused(made)) return made
    redirect(303, `/networks/${made.done.id}`)
  },
  join: async ({ request, locals }) => {
    const form = await request.formData()
    const [directory, coordinator, sharedKey, contact] = texts(form, 'directory', 'coordinator', 'sharedKey', 'contact') as [
      string,
      string,
      string,
      string,
    ]
    const made = await attempt(() => locals.api['network.join']({ directory, coordinator, sharedKey, contact }), form)
    if (refused(made)) return made
    redirect(303, `/networks/${made.done.id}`)
  },
}
