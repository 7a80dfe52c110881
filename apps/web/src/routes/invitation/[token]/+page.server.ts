/** Accepting an invitation: with the account one is signed in to, or with a new one. */
import { fail, redirect } from '@sveltejs/kit'
import { textOf } from '#lib/page/attempt.ts'
import { takeCookies } from '#lib/page/take-cookies.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals }) => ({ person: locals.session.person?.name ?? '' })

export const actions: Actions = {
  default: async ({ request, locals, params, cookies }) => {
    const form = await request.formData()
    const name = textOf(form, 'name')
    const password = String(form.get('password') ?? '')
    const answer = await locals.signIn.invitation({ token: params.token, ...(name ? { name } : {}), ...(password ? { password } : {}) })
    if (!answer.done)
      return fail(422, { name: name ?? '', detail: answer.problem?.detail ?? '', code: answer.problem?.code ?? 'input.invalid' })
    takeCookies(cookies, answer.cookies)
    redirect(303, '/home')
  },
}
