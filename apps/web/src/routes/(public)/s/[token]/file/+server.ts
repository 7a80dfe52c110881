/** The stack receipt as its learner keeps it. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals }) => fileAnswer(await read(locals.api['stack.fetch']({ token: params.token })))
