/** The table of operations over HTTP, and nothing that is not in the table. */
import { createHash } from 'node:crypto'
import { type FileAnswer, type OperationName, openapi, operations } from '@cairn/api'
import { ProblemError, parseJson, problems } from '@cairn/core'
import { keepAnswer, releaseKey, takeKey } from '@cairn/store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Auth } from '../auth/auth.ts'
import { callOf } from '../auth/caller.ts'
import type { Installation } from '../context.ts'
import { type Call, callOperation } from '../operations.ts'
import { problemIn, sendProblem } from './problem-answer.ts'

const mebibyte = 1024 * 1024

/** Mounts every operation below `/api/v1`. */
export function registerOperations(app: FastifyInstance, installation: Installation, auth: Auth): void {
  app.register(async (api) => {
    api.removeAllContentTypeParsers()
    api.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    api.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
    const description = JSON.stringify(openapi('0.1.0'))
    api.get('/api/v1/openapi.json', (_request, reply) => reply.type('application/json').send(description))
    for (const name of Object.keys(operations) as OperationName[]) {
      const { method, path, maxBody = mebibyte } = operations[name]
      api.route({ method, url: `/api/v1${path}`, bodyLimit: maxBody, handler: (request, reply) => answer(name, request, reply) })
    }
    api.all('/api/v1/*', (request, reply) =>
      sendProblem(request, reply, new ProblemError('request.not-found', 'There is no such operation.')),
    )
  })

  async function answer(name: OperationName, request: FastifyRequest, reply: FastifyReply) {
    const { method, maxBody = mebibyte } = operations[name]
    if (method !== 'GET') refuseCrossOrigin(request)
    const body =
      request.body instanceof Buffer && request.body.length > 0
        ? parseJson(request.body, { bytes: maxBody, string: maxBody, nodes: 500_000 })
        : {}
    if (body === null || typeof body !== 'object' || Array.isArray(body))
      throw new ProblemError('input.invalid', 'The body is an object.', '')
    const input = { ...(request.query as object), ...body, ...(request.params as object) }
    const call = await callOf(installation, auth, headersOf(request))
    const key = request.headers['idempotency-key']
    if (method !== 'GET' && typeof key === 'string' && call.caller.tenant)
      return once(name, input, call, call.caller.tenant, key, request, reply)
    const given = await callOperation(installation, name, input, call)
    return isFile(given)
      ? sendFile(reply, given)
      : reply.type('application/json').header('cache-control', 'no-store').send(JSON.stringify(given))
  }

  /** R-IDEM-1: the same key and request give the first answer, byte for byte. */
  async function once(
    name: OperationName,
    input: object,
    call: Call,
    tenant: string,
    key: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new ProblemError('input.invalid', 'An idempotency key has 1 to 200 visible characters.')
    const scoped = `${call.caller.person} ${key}`
    const before = await takeKey(
      installation.database,
      tenant,
      scoped,
      createHash('sha256')
        .update(JSON.stringify([name, input]))
        .digest(),
      new Date().toISOString(),
    )
    if (before.state === 'other-request') throw new ProblemError('request.key-reused', 'This key was used for another request.')
    if (before.state === 'in-progress') throw new ProblemError('request.conflict', 'The first request with this key is still under way.')
    if (before.state === 'answered')
      return reply
        .code(before.status)
        .type(before.status < 400 ? 'application/json' : 'application/problem+json')
        .send(before.answer)
    try {
      const text = JSON.stringify(await callOperation(installation, name, input, call))
      await keepAnswer(installation.database, tenant, scoped, 200, text)
      return reply.type('application/json').header('cache-control', 'no-store').send(text)
    } catch (error) {
      const { code } = problemIn(error).problem
      // A refusal is an answer too, but what went wrong on our side may be tried again.
      await releaseKey(installation.database, tenant, scoped)
      if (problems[code].status >= 500) request.log.warn({ code }, 'a write failed')
      throw error
    }
  }

  function refuseCrossOrigin({ headers }: FastifyRequest): void {
    const site = headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new ProblemError('request.cross-origin', 'This request came from another site.')
    const own = new URL(installation.config.publicUrl)
    if (headers.origin !== undefined && headers.origin !== own.origin && new URL(headers.origin).host !== headers.host)
      throw new ProblemError('request.cross-origin', 'This request came from another site.')
  }
}

/** Headers of a request as the web knows them. */
export function headersOf(request: Pick<FastifyRequest, 'headers'>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value)
  return headers
}

const isFile = (value: unknown): value is FileAnswer =>
  typeof value === 'object' && value !== null && 'base64' in value && 'mediaType' in value && 'name' in value

/** A file leaves as its bytes, under a name that is safe in a header (RFC 6266). */
function sendFile(reply: FastifyReply, { name, mediaType, base64 }: FileAnswer) {
  return reply
    .type(mediaType)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, '-')}"`)
    .send(Buffer.from(base64, 'base64'))
}
