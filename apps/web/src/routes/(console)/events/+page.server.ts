import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = pageIn(url)
  const subject = /^[0-9a-f-]{36}$/.exec(url.searchParams.get('subject') ?? '')?.[0]
  return { ...(await read(locals.api['event.list']({ page, size: 100, ...(subject ? { subject } : {}) }))), page, subject }
}
