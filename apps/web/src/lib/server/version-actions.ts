/** What the forms below a draft ask for, of a pathway as of a policy. */
import type { RequestEvent } from '@sveltejs/kit'
import { attempt, refused, revisionOf } from '#lib/page/attempt.ts'

/** Publishing a draft, approving one that is proposed, and retiring a version. */
export const versionActions = (kind: 'pathway' | 'policy') => ({
  publish: async ({ params, request, locals }: RequestEvent<{ id: string }>) => {
    const form = await request.formData()
    const done = await attempt(() => locals.api[`${kind}.publish`]({ id: params.id, revision: revisionOf(form) }))
    return refused(done) ? done : { published: !done.done.proposed }
  },
  approve: async ({ params, request, locals }: RequestEvent<{ id: string }>) => {
    const form = await request.formData()
    const done = await attempt(() => locals.api[`${kind}.approve`]({ id: params.id, revision: revisionOf(form) }))
    return refused(done) ? done : { published: true }
  },
  retire: async ({ params, request, locals }: RequestEvent<{ id: string }>) => {
    const form = await request.formData()
    return attempt(() => locals.api[`${kind}.retire`]({ id: params.id, version: String(form.get('version')) }))
  },
})
