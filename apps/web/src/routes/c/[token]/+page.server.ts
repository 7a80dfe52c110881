import { loaded } from '#lib/calling.ts'

export const load = async ({ locals, params, setHeaders, url }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })
  const shared = await loaded(locals.api['shared.read']({ token: params.token }))
  return { shared, address: `${locals.session.publicUrl}${url.pathname}` }
}
