import type { JsonObject, TargetForm } from '@cairn/core'
import { error, redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { readTargetForm } from '#lib/recognition/read-target.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

const forms = ['module', 'post', 'vet', 'job'] as const satisfies readonly TargetForm[]

/** The target of an id; the name of a form instead of an id begins a new one. */
async function targetOf(api: App.Locals['api'], id: string) {
  const form = forms.find((each) => each === id)
  if (form) return { form, title: {}, content: {} as JsonObject, archived: false }
  const found = (await read(api['target.list']({}))).find((each) => each.id === id)
  if (!found) error(404, { message: 'There is nothing of this id.', code: 'request.not-found' })
  return { ...found, content: found.content as JsonObject }
}

export const load: PageServerLoad = async ({ params, locals }) => ({
  target: await targetOf(locals.api, params.id),
  mayWrite: mayDo(locals.session, 'target.save'),
})

export const actions: Actions = {
  default: async ({ params, request, locals }) => {
    const given = await request.formData()
    const before = await targetOf(locals.api, params.id)
    const title = Object.fromEntries(
      [...given.entries()].flatMap(([name, value]) =>
        name.startsWith('title.') && String(value).trim() ? [[name.slice(6), String(value).trim()]] : [],
      ),
    )
    const saved = await attempt(
      () =>
        locals.api['target.save']({
          ...('id' in before ? { id: before.id } : {}),
          title: Object.keys(title).length > 0 ? title : { en: '' },
          content: readTargetForm(before.form, given, before.content),
          archived: given.get('archived') !== null,
        }),
      given,
    )
    if (refused(saved)) return saved
    redirect(303, '/policies#targets')
  },
}
