import { askedIn } from '#lib/page/asked-in.ts'
import { attempt } from '#lib/page/attempt.ts'
import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = pageIn(url)
  const q = askedIn(url)
  const only = url.searchParams.get('only') === 'failed' ? 'failed' : 'all'
  return {
    ...(await read(locals.api['outbox.list']({ page, size: 50, only, ...(q ? { q } : {}) }))),
    page,
    q,
    only,
    maySend: mayDo(locals.session, 'credential.send'),
  }
}
export const actions: Actions = {
  retry: async ({ request, locals }) =>
    attempt(async () => locals.api['outbox.retry']({ id: String((await request.formData()).get('id')) })),
}
