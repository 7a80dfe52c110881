import { fail, redirect } from '@sveltejs/kit'
import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import type { Actions, PageServerLoad } from './$types'

const membersIn = (url: URL) => [...new Set(url.searchParams.getAll('member'))]

export const load: PageServerLoad = async ({ locals, params: { id }, url }) => {
  const members = membersIn(url)
  if (members.length === 0) redirect(303, `/networks/${id}`)
  const { me } = await read(locals.api['network.read']({ id }))
  return {
    id,
    me,
    parties: await Promise.all(
      [me, ...members.filter((each) => each !== me)].map((member) => read(locals.api['network.partner']({ id, member }))),
    ),
    today: new Date().toISOString().slice(0, 10),
  }
}

export const actions: Actions = {
  default: async ({ request, locals, params, url }) => {
    const form = await request.formData()
    const language = getLocale()
    const end = textOf(form, 'to')
    const all = (name: string) => form.getAll(name).map(String)
    const [of, to, target, amount] = [all('of'), all('at'), all('target'), all('amount')]
    const rows = all('achievement').map((achievement, at) => ({
      of: of[at] ?? '',
      achievement,
      to: to[at] ?? '',
      target: target[at] ?? '',
      amount: Number(amount[at]),
    }))
    const lines = rows.filter((row) => row.target !== '')
    const done = await attempt(
      () =>
        locals.api['network.draft']({
          id: params.id,
          members: membersIn(url),
          title: { [language]: textOf(form, 'title') ?? '' },
          text: { [language]: textOf(form, 'text') ?? '' },
          from: textOf(form, 'from') ?? '',
          ...(end ? { to: end } : {}),
          counts: (textOf(form, 'counts') ?? 'once-in-network') as never,
          lines,
        }),
      form,
    )
    if (refused(done)) return fail(done.status, { ...done.data, rows: rows.map((row) => ({ ...row, line: lines.indexOf(row) })) })
    redirect(303, `/networks/${params.id}`)
  },
}
