/** A request for recognition as its learner follows it. */
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' })
  return { token: params.token, request: await read(locals.api['recognition.follow']({ token: params.token })) }
}

const wordsOf = (form: FormData) => String(form.get('words') ?? '')

export const actions: Actions = {
  supply: async ({ params, request, locals }) => {
    const form = await request.formData()
    const done = await attempt(() => locals.api['recognition.supply']({ token: params.token, words: wordsOf(form) }), form)
    return refused(done) ? done : { sent: true }
  },
  appeal: async ({ params, request, locals }) => {
    const form = await request.formData()
    const done = await attempt(() => locals.api['recognition.appeal']({ token: params.token, words: wordsOf(form) }), form)
    return refused(done) ? done : { sent: true }
  },
}
