import { read } from '#lib/page/read.ts'
import { wantedTarget } from '#lib/recognition/wanted-target.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params: { policy, certificate }, url }) => {
  const form = wantedTarget(url) ?? 'module'
  return { form, cell: await read(locals.api['matrix.cell']({ form, policy, certificate: certificate as never })) }
}
