/** The wrong rows of a batch, to be corrected in a spreadsheet. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params }) => fileAnswer(await read(locals.api['batch.template']({ id: params.id })))
