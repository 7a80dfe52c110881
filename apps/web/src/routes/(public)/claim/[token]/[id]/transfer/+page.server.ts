/** Where a learner's credential can go by an agreement, and what came of it. */
import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
  return { ...params, options: await read(locals.api['transfer.options'](params)) }
}

export const actions: Actions = {
  default: async ({ params, locals, request }) => {
    const form = await request.formData()
    const [network, agreement, member, email] = ['network', 'agreement', 'member', 'email'].map((name) => textOf(form, name) ?? '') as [
      string,
      string,
      string,
      string,
    ]
    const consent = form.has('consent') as true
    const given = { ...params, network, agreement, member, email, language: getLocale(), consent }
    const done = await attempt(() => locals.api['transfer.make'](given), form)
    return refused(done) ? done : { done: true as const }
  },
}
