/** The decision sealed, or in a form that other systems keep. */

import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import { decisionFormIn } from '#lib/recognition/decision-forms.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals, url }) =>
  fileAnswer(await read(locals.api['recognition.declaration']({ id: params.id, form: decisionFormIn(url) })))
