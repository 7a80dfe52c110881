/** What somebody's credentials add up to: handed in by a form, shown, and not kept; and asking for the larger award. */
import { redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { handedIn } from '#lib/stacking/handed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' })
  const body = /^[0-9a-f-]{36}$/.exec(url.searchParams.get('body') ?? '')?.[0]
  return { offered: await read(locals.api['pathway.offered']({ ...(body ? { body } : {}) })), share: url.searchParams.get('share') ?? '' }
}

export const actions: Actions = {
  show: async ({ request, locals, url }) => {
    const form = await request.formData()
    const done = await attempt(async () => {
      const handed = await handedIn(form, url)
      return { shown: await locals.api['stack.progress'](handed), handed }
    })
    return refused(done) ? done : done.done
  },
  ask: async ({ request, locals, url }) => {
    const form = await request.formData()
    const asked = await attempt(async () =>
      locals.api['stack.ask']({
        ...(await handedIn(form, url)),
        pathway: String(form.get('pathway')),
        email: String(form.get('email') ?? '').trim(),
        language: getLocale(),
        consent: (form.get('consent') !== null) as true,
      }),
    )
    if (refused(asked)) return asked
    redirect(303, new URL(asked.done.url).pathname)
  },
}
