/** The sealed file of a shared credential, byte for byte. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals }) => {
  const { file, fileName } = await read(locals.api['shared.read']({ token: params.token }))
  return fileAnswer({ name: fileName, mediaType: 'application/json', base64: file })
}
