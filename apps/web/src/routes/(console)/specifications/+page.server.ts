import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

const size = 24

export const load: PageServerLoad = async ({ locals, url }) => {
  const archived = url.searchParams.has('archived')
  const page = pageIn(url)
  const specifications = await read(locals.api['specification.list']({ archived: archived ? 'true' : 'false', page, size }))
  // How many there are in all nobody counts: a full page may have another behind it.
  return { specifications, archived, page, more: specifications.length === size }
}
