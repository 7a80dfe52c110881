import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

const size = 50

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = pageIn(url)
  const { total, items } = await read(locals.api['recognition.list']({ page, size }))
  return { items, page, pages: Math.ceil(total / size) }
}
