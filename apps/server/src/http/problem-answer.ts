/** Problems as they leave (RFC 9457), and errors as problems. Nothing of our inside is ever told (R-ERR-1). */
import { type Problem, ProblemError, problem, problems, problemTypeBase } from '@cairn/core'

/** Media type of a problem document. */
export const problemMediaType = 'application/problem+json'

/** A problem document; `problems` holds all when there are several. */
export function problemDocument(error: ProblemError): { status: number; body: Record<string, unknown> } {
  const { code, detail, pointer } = error.problem
  const { status, title } = problems[code]
  return {
    status,
    body: {
      type: problemTypeBase + code,
      title,
      status,
      detail,
      code,
      ...(pointer === undefined ? {} : { pointer }),
      ...(error.problems.length > 1 ? { problems: error.problems.slice(0, 1000) satisfies readonly Problem[] } : {}),
    },
  }
}

const away = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03'])

/** Any error as a problem; `surprise` is true for what nobody foresaw and somebody should look at. */
export function problemFrom(error: unknown): { error: ProblemError; surprise: boolean } {
  if (error instanceof ProblemError) return { error, surprise: error.problem.code === 'server.internal' }
  const { code = '', statusCode, syscall } = error as { code?: string; statusCode?: number; syscall?: string }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || statusCode === 413)
    return known(problem('input.too-large', 'The request has a larger body than this address takes.'))
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || statusCode === 415)
    return known(problem('request.not-json', 'Send the body as application/json.'))
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return known(problem('input.invalid', 'The request is not well-formed.'))
  if (away.has(code) && (syscall === 'connect' || code.startsWith('57P')))
    return known(problem('server.unavailable', 'The database does not answer. Please try again in a moment.'))
  return { error: new ProblemError('server.internal', 'Something went wrong on our side. It was recorded.'), surprise: true }
}

const known = ({ code, detail }: Problem) => ({ error: new ProblemError(code, detail), surprise: false })
