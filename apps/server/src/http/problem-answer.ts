/** Problems as they leave over HTTP (RFC 9457). What was not expected is logged and says nothing. */
import { ProblemError, problems } from '@cairn/core'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Where a problem's type lives: our own names, in nobody else's space. */
const typeOf = (code: string) => `urn:cairn:problem:${code}`

/** The problem in an error; `server.internal` for a surprise. */
export function problemIn(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  const status = (error as { statusCode?: number }).statusCode
  if (status === 413) return new ProblemError('input.too-large', 'The request is larger than we accept.')
  if (status === 429) return new ProblemError('request.too-many', 'Too many requests. Please wait a minute.')
  if (status !== undefined && status >= 400 && status < 500) return new ProblemError('input.invalid', 'The request is not well-formed.')
  return new ProblemError('server.internal', 'Something went wrong on our side. It was noted.')
}

/** Answers with a problem document. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const found = problemIn(error)
  const { code, detail, pointer } = found.problem
  const { status, title } = problems[code]
  if (code === 'server.internal') request.log.error({ error: error instanceof Error ? error.stack : String(error) }, 'surprise')
  const body = {
    type: typeOf(code),
    status,
    title,
    code,
    detail,
    ...(pointer === undefined ? {} : { pointer }),
    ...(found.problems.length > 1 ? { problems: found.problems } : {}),
  }
  return reply
    .code(status)
    .header('content-type', 'application/problem+json')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(body))
}
