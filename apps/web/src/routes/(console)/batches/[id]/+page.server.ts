import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

const size = 50

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends('cairn:batch')
  const page = Math.max(1, Number(url.searchParams.get('page')) || 1)
  const batch = await read(locals.api['batch.read']({ id: params.id }))
  const only = url.searchParams.get('only') === 'all' || batch.counts.wrong + batch.counts.duplicate === 0 ? 'all' : 'wrong'
  const rows = await read(locals.api['batch.rows']({ id: params.id, only, page, size }))
  const { roles } = locals.session
  return {
    batch,
    rows,
    only,
    page,
    pages: Math.ceil(rows.total / size),
    mayAward: roles.includes('owner') || roles.includes('awarder'),
    mayApprove: roles.includes('owner') || roles.includes('approver'),
  }
}

export const actions: Actions = {
  map: async ({ request, locals, params }) => {
    const form = await request.formData()
    const mapping = form.getAll('column').map((value) => (value === '' ? null : String(value)))
    const awardDate = textOf(form, 'awardDate')
    return attempt(() => locals.api['batch.map']({ id: params.id, mapping, ...(awardDate ? { awardDate } : {}) }), form)
  },
  fix: async ({ request, locals, params }) => {
    const form = await request.formData()
    const fixed = await attempt(
      () =>
        locals.api['batch.fix']({
          id: params.id,
          n: Number(form.get('n')),
          cells: form.getAll('cell').map(String),
          leaveOut: form.has('leaveOut'),
        }),
      form,
    )
    return refused(fixed) ? fixed : { fixed: Number(form.get('n')) }
  },
  confirm: async ({ request, locals, params }) => {
    const form = await request.formData()
    return attempt(() => locals.api['batch.confirm']({ id: params.id, ready: Number(form.get('ready')) }), form)
  },
  approve: async ({ request, locals, params }) => {
    const form = await request.formData()
    return attempt(() => locals.api['batch.approve']({ id: params.id, ready: Number(form.get('ready')) }), form)
  },
  cancel: async ({ locals, params }) => attempt(() => locals.api['batch.cancel']({ id: params.id })),
}
