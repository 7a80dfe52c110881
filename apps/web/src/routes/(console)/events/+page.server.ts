import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = pageIn(url)
  return { ...(await read(locals.api['event.list']({ page, size: 100 }))), page }
}
