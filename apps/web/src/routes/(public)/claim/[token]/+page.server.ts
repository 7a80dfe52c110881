/** What a claim link opens: take it, keep the files, make links and take them back. */
import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { qrSvg } from '#lib/page/qr.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
  return { claim: await read(locals.api['claim.read']({ token: params.token })), token: params.token }
}

export const actions: Actions = {
  accept: async ({ params, locals }) => {
    const result = await attempt(() => locals.api['claim.accept']({ token: params.token }))
    return refused(result) ? result : { taken: true }
  },
  share: async ({ params, locals, request }) => {
    const form = await request.formData()
    const id = textOf(form, 'id') ?? ''
    const days = textOf(form, 'days')
    const result = await attempt(
      () => locals.api['claim.share']({ token: params.token, id, ...(days ? { days: Number(days) } : {}) }),
      form,
    )
    return refused(result) ? result : { made: { id, url: result.done.url, qr: qrSvg(result.done.url) } }
  },
  withdraw: async ({ params, locals, request }) => {
    const form = await request.formData()
    const result = await attempt(() => locals.api['claim.withdraw']({ token: params.token, share: textOf(form, 'share') ?? '' }), form)
    return refused(result) ? result : { withdrawn: true }
  },
}
