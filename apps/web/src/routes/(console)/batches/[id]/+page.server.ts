import { askedIn } from '#lib/page/asked-in.ts'
import { attempt, fileOf, momentOf, refused, textOf } from '#lib/page/attempt.ts'
import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

const size = 50
/** States in which there is something to follow. */
const started = new Set<string>(['confirmed', 'sealing', 'done', 'failed', 'cancelled'])

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends('cairn:batch')
  const page = pageIn(url)
  const batch = await read(locals.api['batch.read']({ id: params.id }))
  const asked = url.searchParams.get('only')
  const only = asked === 'warned' ? asked : asked === 'all' || batch.counts.wrong + batch.counts.duplicate === 0 ? 'all' : 'wrong'
  const q = askedIn(url)
  const rows = await read(locals.api['batch.rows']({ id: params.id, only, page, size, ...(q ? { q } : {}) }))
  const progress = started.has(batch.state) ? await read(locals.api['batch.progress']({ id: params.id })) : undefined
  return {
    batch,
    progress,
    rows,
    only,
    q,
    page,
    pages: Math.ceil(rows.total / size),
    mayRevoke: mayDo(locals.session, 'revocation.make'),
    mayApprove: mayDo(locals.session, 'batch.approve'),
    mayCancel: mayDo(locals.session, 'batch.cancel'),
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
  correct: async ({ request, locals, params }) => {
    const form = await request.formData()
    const file = form.get('file')
    const base64 = await fileOf(form, 'file')
    const fileName = file instanceof File && file.name ? file.name : 'corrected.csv'
    const done = await attempt(() => locals.api['batch.correct']({ id: params.id, fileName, base64 }), form)
    return refused(done) ? done : { corrected: done.done.rows }
  },
  confirm: async ({ request, locals, params }) => {
    const form = await request.formData()
    const sealAt = momentOf(form, 'sealAt')
    const noticeAfter = momentOf(form, 'noticeAfter')
    return attempt(
      () =>
        locals.api['batch.confirm']({
          id: params.id,
          ready: Number(form.get('ready')),
          noticeMinutes: Number(form.get('noticeMinutes') ?? 0),
          ...(sealAt ? { sealAt } : {}),
          ...(noticeAfter ? { noticeAfter } : {}),
          language: getLocale(),
        }),
      form,
    )
  },
  approve: async ({ request, locals, params }) => {
    const form = await request.formData()
    return attempt(() => locals.api['batch.approve']({ id: params.id, ready: Number(form.get('ready')) }), form)
  },
  cancel: async ({ locals, params }) => {
    const done = await attempt(() => locals.api['batch.cancel']({ id: params.id }))
    return refused(done) ? done : { cancelled: true }
  },
}
