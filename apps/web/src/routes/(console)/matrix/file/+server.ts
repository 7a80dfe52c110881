/** The matrix as a file. */
import { fileAnswer } from '#lib/page/file-answer.ts'
import { read } from '#lib/page/read.ts'
import { wantedTarget } from '#lib/recognition/wanted-target.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ url, locals }) =>
  fileAnswer(
    await read(
      locals.api['matrix.file']({ form: wantedTarget(url) ?? 'module', as: url.searchParams.get('as') === 'json' ? 'json' : 'csv' }),
    ),
  )
