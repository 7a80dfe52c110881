/** A shared credential with what is needed to verify it. */
import type { Report } from '@cairn/core'
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
  const { report, ...shared } = await read(locals.api['shared.read']({ token: params.token }))
  return { ...shared, report: report as unknown as Report, token: params.token }
}
