import { encode } from 'uqr'
import { loaded } from '#lib/calling.ts'

export const load = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })
  const shared = await loaded(locals.api['shared.read']({ token: params.token }))
  const address = `${locals.session.publicUrl}/c/${params.token}`
  const { data, size } = encode(address, { ecc: 'M', border: 2 })
  const path = data.flatMap((line, y) => line.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return { report: shared.report, registry: shared.evidence.registry.name ?? '', address, qr: { size, path } }
}
