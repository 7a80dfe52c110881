/** The sealed file of a shared credential, byte for byte, or a sheet to print with it inside. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals, url }) => {
  return fileAnswer(
    await read(
      locals.api['shared.download']({ token: params.token, ...(url.searchParams.get('form') === 'pdf' ? { form: 'pdf' as const } : {}) }),
    ),
  )
}
