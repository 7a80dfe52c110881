/** A shared credential with the server's verdict. The sealed file and the evidence are fetched by the browser that verifies them. */
import type { Report } from '@cairn/core'
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
  const { report, ...shared } = await read(locals.api['shared.read']({ token: params.token }))
  return { ...shared, report: withoutImage(report as unknown as Report), token: params.token }
}

/** The page draws the stone; the display image travels with the sealed file. */
function withoutImage({ view, ...report }: Report): Report {
  if (!view) return report
  const { image: _, ...rest } = view
  return { ...report, view: rest }
}
