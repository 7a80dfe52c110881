import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = pageIn(url)
  const subject = /^[0-9a-f-]{36}$/.exec(url.searchParams.get('subject') ?? '')?.[0]
  const whole = url.searchParams.has('whole')
  const query = { page, size: 100, ...(subject ? { subject } : {}), ...(whole ? { whole: 'true' } : {}) }
  return { ...(await read(locals.api['event.list'](query))), page, subject }
}
