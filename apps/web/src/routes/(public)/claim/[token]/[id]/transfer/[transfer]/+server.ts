/** The receipt of a consent, or the decision as the receiver sealed it. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals, url }) =>
  fileAnswer(
    await read(locals.api['transfer.receipt']({ ...params, what: url.searchParams.get('what') === 'decision' ? 'decision' : 'receipt' })),
  )
