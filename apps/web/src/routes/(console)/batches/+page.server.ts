import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

const size = 25

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = pageIn(url)
  const batches = await read(locals.api['batch.list']({ page, size }))
  // How many there are in all nobody counts: a full page may have another behind it.
  return { batches, page, more: batches.length === size }
}
