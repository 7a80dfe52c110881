/** The sealed file, or the award in another form, for staff. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import { wantedForm } from '#lib/page/wanted-form.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals, url }) =>
  fileAnswer(await read(locals.api['credential.download']({ id: params.id, ...wantedForm(url) })))
