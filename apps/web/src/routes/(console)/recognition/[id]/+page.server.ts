import { attempt, refused, revisionOf, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { linesOf } from '#lib/recognition/kind-fields.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => ({
  request: await read(locals.api['recognition.read']({ id: params.id })),
  mayDecide: mayDo(locals.session, 'recognition.decide'),
})

const amountOf = (form: FormData) => {
  const text = textOf(form, 'amount')
  return text === undefined ? {} : { amount: Number(text.replace(',', '.')) }
}

/** What the form says was found out; a question left open is not there. */
function readKnown(form: FormData) {
  const yesNo = (name: string) => {
    const text = textOf(form, name)
    return text === undefined ? {} : { [name]: text === 'yes' }
  }
  const holder = textOf(form, 'holderMatch')
  const mode = textOf(form, 'mode') as 'presential' | 'online' | 'blended' | undefined
  const number = (name: string) => {
    const text = textOf(form, name)
    return text === undefined ? {} : { [name]: Number(text) }
  }
  const list = (name: string) => {
    if (!form.has(name)) return {}
    const lines = linesOf(form.get(name))
    // An empty list is known to be empty only where somebody says so.
    return lines.length > 0 || form.get(`${name}.none`) !== null ? { [name]: lines } : {}
  }
  return {
    ...(holder ? { holderMatch: holder === 'yes' ? ('verified' as const) : ('mismatch' as const) } : {}),
    ...yesNo('supervised'),
    ...yesNo('idVerified'),
    ...yesNo('inPerson'),
    ...yesNo('providerAuthorised'),
    ...yesNo('accredited'),
    ...(mode ? { mode } : {}),
    ...number('eqf'),
    ...number('vetLevel'),
    ...list('competencies'),
    ...list('skills'),
    ...list('elements'),
  }
}

export const actions: Actions = {
  complete: async ({ params, request, locals }) => {
    const form = await request.formData()
    const done = await attempt(() =>
      locals.api['recognition.complete']({ id: params.id, revision: revisionOf(form), known: readKnown(form) }),
    )
    return refused(done) ? done : { saved: true }
  },
  compare: async ({ params, request, locals }) => {
    const form = await request.formData()
    const matches = Object.fromEntries(
      [...form.entries()].flatMap(([name, value]) =>
        name.startsWith('match.') && typeof value === 'string' && value !== ''
          ? [[name.slice(6), value as 'full' | 'partial' | 'none']]
          : [],
      ),
    )
    const done = await attempt(() => locals.api['recognition.compare']({ id: params.id, revision: revisionOf(form), matches }))
    return refused(done) ? done : { saved: true }
  },
  question: async ({ params, request, locals }) => {
    const form = await request.formData()
    const words = String(form.get('words') ?? '')
    const done = await attempt(() => locals.api['recognition.question']({ id: params.id, revision: revisionOf(form), words }), form)
    return refused(done) ? done : { saved: true }
  },
  decide: async ({ params, request, locals }) => {
    const form = await request.formData()
    const as = String(form.get('as')) as 'proposed'
    const words = textOf(form, 'words')
    const given = { id: params.id, revision: revisionOf(form), as, ...amountOf(form), ...(words ? { words } : {}) }
    const done = await attempt(() => locals.api['recognition.decide'](given), form)
    return refused(done) ? done : { saved: true }
  },
  review: async ({ params, request, locals }) => {
    const form = await request.formData()
    const as = String(form.get('as'))
    const changed = as === 'upheld' ? { verdict: 'upheld' as const } : { verdict: 'changed' as const, as: as as 'full', ...amountOf(form) }
    const words = String(form.get('words') ?? '')
    const done = await attempt(
      () => locals.api['recognition.review']({ id: params.id, revision: revisionOf(form), words, ...changed }),
      form,
    )
    return refused(done) ? done : { saved: true }
  },
}
