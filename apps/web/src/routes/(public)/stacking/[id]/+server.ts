/** A pathway as its body sealed it. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals }) => fileAnswer(await read(locals.api['pathway.file']({ id: params.id })))
