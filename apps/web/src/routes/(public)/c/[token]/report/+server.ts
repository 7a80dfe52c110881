/** The report of this server on a shared credential, signed by it, to hand on. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals }) => {
  const { base64 } = await read(locals.api['shared.download']({ token: params.token }))
  return fileAnswer(await read(locals.api['verify.report']({ base64 })))
}
