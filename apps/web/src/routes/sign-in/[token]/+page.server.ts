/** A mailed link: nothing happens before somebody presses the button, so that programs that open links do not use it up. */
import { fail, redirect } from '@sveltejs/kit'
import { takeCookies } from '#lib/page/take-cookies.ts'
import type { Actions } from './$types'

export const actions: Actions = {
  default: async ({ params, locals, cookies }) => {
    const answer = await locals.signIn.token({ token: params.token })
    if (!answer.done) return fail(401, { code: answer.problem?.code ?? 'sign-in.refused' })
    takeCookies(cookies, answer.cookies)
    redirect(303, '/home')
  },
}
