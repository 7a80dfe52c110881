/** The report of this server on what was handed in, signed by it, to hand on. Nothing is kept. */
import { error } from '@sveltejs/kit'
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import { base64Of } from '#lib/report/bytes-of.ts'
import { handedIn, mostHandedIn } from '#lib/report/handed-in.ts'
import { saidError } from '#lib/server/said-error.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async ({ request, locals }) => {
  const bytes = await handedIn(await request.formData())
  if (bytes.length === 0) error(422, saidError('input.invalid', 'Nothing was handed in.'))
  if (bytes.length > mostHandedIn) error(413, saidError('input.too-large', 'The file is larger than 10 MB.'))
  return fileAnswer(await read(locals.api['verify.report']({ base64: base64Of(bytes) })))
}
