import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const archived = url.searchParams.has('archived')
  const [specifications, editions] = await Promise.all([
    read(locals.api['specification.list']({ archived: archived ? 'true' : 'false' })),
    read(locals.api['edition.list']({})),
  ])
  return { specifications, editions, archived }
}
