import type { JsonObject } from '@cairn/core'
import { attempt, refused, revisionOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import { versionActions } from '#lib/server/version-actions.ts'
import { readDraft } from '#lib/stacking/read-draft.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => ({
  drafted: await read(locals.api['pathway.read']({ id: params.id })),
  editions: await read(locals.api['edition.list']({})),
  me: locals.session.person?.id,
  mayWrite: mayDo(locals.session, 'pathway.save'),
  mayApprove: mayDo(locals.session, 'pathway.approve'),
})

export const actions: Actions = {
  save: async ({ params, request, locals }) => {
    const form = await request.formData()
    const { draft } = await read(locals.api['pathway.read']({ id: params.id }))
    const made = readDraft(form, draft as JsonObject)
    const done = await attempt(() => locals.api['pathway.save']({ id: params.id, revision: revisionOf(form), draft: made }))
    return refused(done) ? done : { saved: true as const }
  },
  ...versionActions('pathway'),
}
