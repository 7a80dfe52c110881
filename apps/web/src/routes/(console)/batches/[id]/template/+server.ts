/** Rows of a batch to be corrected in a spreadsheet: the wrong ones, or those that are worth a look. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params, url }) => {
  const only = url.searchParams.get('only') === 'warned' ? 'warned' : 'wrong'
  return fileAnswer(await read(locals.api['batch.template']({ id: params.id, only })))
}
