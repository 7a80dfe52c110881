/** The learner downloads the sealed file, or the award in another form. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import { wantedForm } from '#lib/page/wanted-form.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals, url }) =>
  fileAnswer(await read(locals.api['claim.download']({ token: params.token, id: params.id, ...wantedForm(url) })))
