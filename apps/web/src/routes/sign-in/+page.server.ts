/** Signing in and out, by forms that need no scripts. */
import { staffRoles } from '@cairn/core'
import { fail, redirect } from '@sveltejs/kit'
import { textOf } from '#lib/page/attempt.ts'
import { localPath } from '#lib/page/local-path.ts'
import { takeCookies } from '#lib/page/take-cookies.ts'
import type { Actions, PageServerLoad } from './$types'

const nextOf = (url: URL) => {
  const next = localPath(url.searchParams.get('next') ?? '')
  return next === '/' ? '/home' : next
}

export const load: PageServerLoad = ({ locals, url }) => {
  const again = url.searchParams.has('again')
  if (locals.session.institution && !again) redirect(303, nextOf(url))
  return { demo: locals.session.demo, next: nextOf(url), again }
}

export const actions: Actions = {
  password: async ({ request, locals, cookies, url }) => {
    const form = await request.formData()
    const email = textOf(form, 'email') ?? ''
    const answer = await locals.signIn.password({ email, password: String(form.get('password') ?? '') })
    if (!answer.done) return fail(401, { email, code: answer.problem?.code ?? 'sign-in.refused' })
    takeCookies(cookies, answer.cookies)
    redirect(303, nextOf(url))
  },
  link: async ({ request, locals }) => {
    const email = textOf(await request.formData(), 'email') ?? ''
    const answer = await locals.signIn.link({ email })
    return answer.done ? { email, sent: true } : fail(422, { email, code: answer.problem?.code ?? 'input.invalid' })
  },
  demonstration: async ({ request, locals, cookies, url }) => {
    const wanted = (await request.formData()).get('role')
    const role = staffRoles.find((each) => each === wanted)
    const answer = role ? await locals.signIn.demonstration({ role }) : undefined
    if (!answer?.done) return fail(403, { email: '', code: answer?.problem?.code ?? 'request.not-allowed' })
    takeCookies(cookies, answer.cookies)
    redirect(303, nextOf(url))
  },
  out: async ({ locals, cookies }) => {
    takeCookies(cookies, (await locals.signIn.out()).cookies)
    redirect(303, '/')
  },
}
