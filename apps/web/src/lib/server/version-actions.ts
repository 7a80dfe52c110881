/** What the forms of a draft ask for, of a pathway as of a policy. */
import type { JsonObject } from '@cairn/core'
import { fail, type RequestEvent } from '@sveltejs/kit'
import { attempt, refused, revisionOf, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'

/** Saving a draft that `drafted` reads from the form, publishing it, approving one that is proposed, and retiring a version. */
export const versionActions = (kind: 'pathway' | 'policy', drafted: (form: FormData, before: JsonObject) => JsonObject) => ({
  save: async ({ params, request, locals }: RequestEvent<{ id: string }>) => {
    const form = await request.formData()
    const before = await read(locals.api[`${kind}.read`]({ id: params.id }))
    const draft = drafted(form, before.draft as JsonObject)
    const revision = revisionOf(form)
    // Whoever was refused and saw what is saved may put theirs in its place: in place of that one and of no later one.
    const over = textOf(form, 'over')
    const on = over === undefined ? revision : Number(over)
    const done = await attempt(() => locals.api[`${kind}.save`]({ id: params.id, revision: on, draft }))
    // What the person wrote goes back to them as it was, for the revision it was written on: nothing of others is overwritten unseen.
    return refused(done)
      ? fail(done.status, { problems: done.data.problems, kept: { draft, revision, saved: before.revision } })
      : { saved: true as const }
  },
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
