/** The words of a survey as a list to translate. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params: { id }, url }) => {
  const form = url.searchParams.get('form') === 'json' ? 'json' : 'csv'
  return fileAnswer(await read(locals.api['survey.template']({ id, language: url.searchParams.get('language') ?? '', form })))
}
