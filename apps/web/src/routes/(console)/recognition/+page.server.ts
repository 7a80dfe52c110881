import { askedIn } from '#lib/page/asked-in.ts'
import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

const size = 50

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = pageIn(url)
  const q = askedIn(url)
  const { total, items } = await read(locals.api['recognition.list']({ page, size, ...(q ? { q } : {}) }))
  return { items, total, q, page, pages: Math.ceil(total / size) }
}
