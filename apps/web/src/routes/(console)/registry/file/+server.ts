/** The registry as a file. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ url, locals }) =>
  fileAnswer(await read(locals.api['registry.export']({ form: url.searchParams.get('form') === 'signed' ? 'signed' : 'json' })))
