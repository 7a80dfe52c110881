/** The analysis of a survey, as a table or as data. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params, url }) =>
  fileAnswer(await read(locals.api['survey.export']({ id: params.id, form: url.searchParams.get('form') === 'json' ? 'json' : 'csv' })))
