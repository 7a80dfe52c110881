/** What bodies said in words to one question: coded by the two who are named, settled by somebody else. */
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { linesOf } from '#lib/recognition/kind-fields.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

type Question = Parameters<App.Locals['api']['coding.read']>[0]['question']
const asked = ({ id, question }: { id: string; question: string }) => ({ id, question: question as Question })

export const load: PageServerLoad = async ({ params, locals }) => {
  const { title } = await read(locals.api['survey.read']({ id: params.id }))
  const coding = await read(locals.api['coding.read'](asked(params)))
  const { people } = await read(locals.api['coding.list']({ id: params.id }))
  return { id: params.id, title, coding, people, may: mayDo(locals.session, 'coding.plan') }
}

/** The headings that were chosen, by text; a text that was left open is not there. */
const codesOf = (form: FormData) =>
  Object.fromEntries(
    [...form].flatMap(([name, code]) => (name.startsWith('code.') && code !== '' ? [[name.slice('code.'.length), String(code)]] : [])),
  )

export const actions: Actions = {
  plan: async ({ params, request, locals }) => {
    const form = await request.formData()
    const given = { headings: linesOf(form.get('headings')), first: String(form.get('first')), second: String(form.get('second')) }
    const done = await attempt(() => locals.api['coding.plan']({ ...asked(params), ...given }), form)
    return refused(done) ? done : { saved: true as const }
  },
  give: async ({ params, request, locals }) => {
    const codes = codesOf(await request.formData())
    const done = await attempt(() => locals.api['coding.give']({ ...asked(params), codes }))
    return refused(done) ? done : { saved: true as const }
  },
  settle: async ({ params, request, locals }) => {
    const codes = codesOf(await request.formData())
    const done = await attempt(() => locals.api['coding.settle']({ ...asked(params), codes }))
    return refused(done) ? done : { saved: true as const }
  },
}
