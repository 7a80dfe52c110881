/** The draft of a policy from a body's answers, as a file. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals }) => fileAnswer(await read(locals.api['reply.policy']({ token: params.token })))
