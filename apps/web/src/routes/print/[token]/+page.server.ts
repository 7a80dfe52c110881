/** A shared credential on one sheet. */
import type { Report } from '@cairn/core'
import { qrSvg } from '#lib/page/qr.ts'
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
  const { report } = await read(locals.api['shared.read']({ token: params.token }))
  const link = `${locals.session.publicUrl.replace(/\/$/, '')}/c/${params.token}`
  return { report: report as unknown as Report, link, qr: qrSvg(link), token: params.token }
}
