import { type StaffRole, staffRoles } from '@cairn/core'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

const rolesOf = (form: FormData): StaffRole[] => staffRoles.filter((role) => form.getAll('roles').includes(role))

export const load: PageServerLoad = async ({ locals }) => ({
  people: await read(locals.api['people.list']({})),
  me: locals.session.person?.id,
  may: mayDo(locals.session, 'people.change'),
  roles: [...staffRoles],
})

export const actions: Actions = {
  invite: async ({ request, locals }) => {
    const form = await request.formData()
    const done = await attempt(
      () => locals.api['people.invite']({ email: String(form.get('email') ?? '').trim(), roles: rolesOf(form) }),
      form,
    )
    return refused(done) ? done : { invited: true }
  },
  change: async ({ request, locals }) => {
    const form = await request.formData()
    return attempt(() => locals.api['people.change']({ id: String(form.get('id')), roles: rolesOf(form) }), form)
  },
  remove: async ({ request, locals }) => {
    const form = await request.formData()
    return attempt(() => locals.api['people.remove']({ id: String(form.get('id')) }), form)
  },
}
