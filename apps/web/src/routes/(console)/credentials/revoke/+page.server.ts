/** Revoking several: what was chosen stands in the address, so that the summary can be read without scripts. */
import { agreedReason } from '#lib/console/agreed-reason.ts'
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
  }
}

export const actions: Actions = {
  default: async ({ request, locals, url }) => {
    const form = await request.formData()
    const done = await attempt(
      () => locals.api['revocation.make']({ ...chosenIn(url), reason: agreedReason(form), count: Number(form.get('count')) }),
      form,
    )
    return refused(done) ? done : done.done
  },
}
