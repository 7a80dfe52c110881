/** The learner downloads the credential with all that is needed to verify it in any year. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals }) =>
  fileAnswer(await read(locals.api['claim.package']({ token: params.token, id: params.id })))
