/** Who was there says so. A code that is closed and one that never was look the same. */
import { ProblemError } from '@cairn/core'
import { redirect } from '@sveltejs/kit'
import { attempt, refused, textOf, textsOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
  const join = locals.api['join.read']({ code: params.code }).catch((failure: unknown) => {
    if (failure instanceof ProblemError && failure.problem.code === 'request.not-found') return undefined
    throw failure
  })
  return { join: await read(join) }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await request.formData()
    const learner = {
      givenName: textOf(form, 'givenName') ?? '',
      ...textsOf(form, ['familyName', 'dateOfBirth', 'identifier', 'email']),
      language: getLocale(),
    }
    const done = await attempt(() => locals.api['join.claim']({ code: params.code, learner }), form)
    if (refused(done)) return done
    redirect(303, `/joined/${done.done.token}`)
  },
}
