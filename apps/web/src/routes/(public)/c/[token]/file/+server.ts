/** The sealed file of a shared credential, byte for byte. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals }) => {
  return fileAnswer(await read(locals.api['shared.download']({ token: params.token })))
}
