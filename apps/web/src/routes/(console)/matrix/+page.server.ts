import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import { wantedTarget } from '#lib/recognition/wanted-target.ts'
import type { PageServerLoad } from './$types'

const size = 50

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('cairn:matrix')
  const page = pageIn(url)
  const form = wantedTarget(url)
  const matrix = await read(locals.api['matrix.read']({ page, ...(form ? { form } : {}) }))
  return { matrix, page, pages: Math.ceil(matrix.total / size) }
}
