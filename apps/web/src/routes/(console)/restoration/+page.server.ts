/** After a restore: what happened, what an owner has to do, and the confirmation that lets the server go on (R-BAK-4). */
import { ProblemError } from '@cairn/core'
import { attempt, refused } from '#lib/page/attempt.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals }) => ({ mayConfirm: mayDo(locals.session, 'restoration.confirm') })

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData()
    const done = await attempt(async () => {
      if (!form.has('sure')) throw new ProblemError('input.invalid', 'Say that everything is revoked again.', '/sure')
      return locals.api['restoration.confirm']({})
    }, form)
    return refused(done) ? done : { confirmed: true as const }
  },
}
