/** Revoking several: what was chosen stands in the address, so that the summary can be read without scripts. */
import { problem, RevocationReason } from '@cairn/core'
import { fail } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

const chosenIn = (url: URL) => {
  const batch = url.searchParams.get('batch')
  return batch ? { batch } : { ids: url.searchParams.getAll('id').slice(0, 1000) }
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const chosen = chosenIn(url)
  const nothing = 'ids' in chosen && chosen.ids.length === 0
  return {
    summary: nothing ? undefined : await read(locals.api['revocation.preview'](chosen)),
    reasons: RevocationReason.options.filter((reason) => reason !== 'superseded'),
  }
}

export const actions: Actions = {
  default: async ({ request, locals, url }) => {
    const form = await request.formData()
    const reason = RevocationReason.safeParse(form.get('reason')).data
    if (!reason || !form.has('sure'))
      return fail(422, { problems: [problem('input.invalid', 'A revocation needs a reason and your yes.', '/reason')], values: {} })
    const done = await attempt(() => locals.api['revocation.make']({ ...chosenIn(url), reason, count: Number(form.get('count')) }), form)
    return refused(done) ? done : done.done
  },
}
