/** Asking for recognition: who and what for, then what is sent, then consent. */
import type { Purpose } from '@cairn/core'
import { redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { tokensIn } from '#lib/stacking/handed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
  const more = tokensIn(url.searchParams.get('more') ?? '', url)
  const options = await read(locals.api['recognition.options']({ token: params.token, more }))
  const body = options.bodies.find(({ id }) => id === url.searchParams.get('body'))
  return { ...options, token: params.token, more, ...(body ? { body } : {}) }
}

export const actions: Actions = {
  default: async ({ params, request, locals, url }) => {
    const form = await request.formData()
    const asked = await attempt(
      () =>
        locals.api['recognition.ask']({
          token: params.token,
          more: tokensIn(url.searchParams.get('more') ?? '', url),
          body: String(url.searchParams.get('body')),
          target: String(form.get('target')),
          purpose: String(form.get('purpose')) as Purpose,
          email: String(form.get('email') ?? '').trim(),
          language: String(form.get('language') ?? getLocale()),
          consent: (form.get('consent') !== null) as true,
        }),
      form,
    )
    if (refused(asked)) return asked
    redirect(303, new URL(asked.done.url).pathname)
  },
}
