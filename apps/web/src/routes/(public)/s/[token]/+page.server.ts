/** A request for a larger award as its learner follows it. */
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' })
  return { token: params.token, request: await read(locals.api['stack.follow']({ token: params.token })) }
}
