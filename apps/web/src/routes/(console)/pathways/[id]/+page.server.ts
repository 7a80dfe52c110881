import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import { versionActions } from '#lib/server/version-actions.ts'
import { readDraft } from '#lib/stacking/read-draft.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, url }) => ({
  drafted: await read(locals.api['pathway.read']({ id: params.id })),
  editions: await read(locals.api['edition.list']({})),
  choices: await read(locals.api['pathway.choices'](url.searchParams.has('members') ? { members: 'true' } : {})),
  asked: url.searchParams.has('members'),
  me: locals.session.person?.id,
  mayWrite: mayDo(locals.session, 'pathway.save'),
  mayApprove: mayDo(locals.session, 'pathway.approve'),
})

export const actions: Actions = versionActions('pathway', readDraft)
