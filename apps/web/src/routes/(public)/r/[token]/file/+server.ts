/** The decision as its learner keeps it, in the form that is asked for. */

import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import { decisionFormIn } from '#lib/recognition/decision-forms.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals, url }) =>
  fileAnswer(await read(locals.api['recognition.fetch']({ token: params.token, form: decisionFormIn(url) })))
