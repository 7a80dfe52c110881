import { encode } from 'uqr'
import { acted, loaded } from '#lib/calling.ts'

export const load = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })
  return { claim: await loaded(locals.api['claim.read']({ token: params.token })), token: params.token }
}

export const actions = {
  accept: ({ locals, params }) => acted(async () => ({ taken: await locals.api['claim.accept']({ token: params.token }) }), {}),
  share: async ({ locals, params, request }) => {
    const form = await request.formData()
    const days = Number(form.get('days'))
    return acted(async () => {
      const { url } = await locals.api['claim.share']({ token: params.token, id: String(form.get('id')), ...(days > 0 ? { days } : {}) })
      const { data, size } = encode(url, { ecc: 'M', border: 2 })
      return {
        url,
        qr: { size, path: data.flatMap((line, y) => line.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('') },
      }
    }, {})
  },
  withdraw: async ({ locals, params, request }) => {
    const form = await request.formData()
    return acted(() => locals.api['claim.withdraw']({ token: params.token, share: String(form.get('share')) }), {})
  },
}
