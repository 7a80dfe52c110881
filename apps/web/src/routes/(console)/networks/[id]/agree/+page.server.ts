import { redirect } from '@sveltejs/kit'
import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import type { Actions, PageServerLoad } from './$types'

const memberIn = (url: URL) => url.searchParams.get('member') ?? ''

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  id: params.id,
  partner: await read(locals.api['network.partner']({ id: params.id, member: memberIn(url) })),
  today: new Date().toISOString().slice(0, 10),
})

export const actions: Actions = {
  default: async ({ request, locals, params, url }) => {
    const form = await request.formData()
    const language = getLocale()
    const to = textOf(form, 'to')
    const lines = form.getAll('achievement').flatMap((achievement, at) => {
      const target = String(form.getAll('target')[at] ?? '')
      return target === '' ? [] : [{ achievement: String(achievement), target, amount: Number(form.getAll('amount')[at]) }]
    })
    const done = await attempt(
      () =>
        locals.api['network.draft']({
          id: params.id,
          member: memberIn(url),
          title: { [language]: textOf(form, 'title') ?? '' },
          text: { [language]: textOf(form, 'text') ?? '' },
          from: textOf(form, 'from') ?? '',
          ...(to ? { to } : {}),
          counts: (textOf(form, 'counts') ?? 'once-in-network') as never,
          lines,
        }),
      form,
    )
    if (refused(done)) return done
    redirect(303, `/networks/${params.id}`)
  },
}
