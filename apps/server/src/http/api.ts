/** The table of operations over HTTP, below `/api/v1`. */
import { FileAnswer, type Operation, type OperationName, openapi, operations } from '@cairn/api'
import { ProblemError, parseJson } from '@cairn/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Accounts } from '../auth/accounts.ts'
import { readKeyCall } from '../auth/api-key.ts'
import { readCall } from '../auth/session.ts'
import type { Installation } from '../context.ts'
import { type Call, requireAllowed } from '../operations.ts'
import { tellOfRefusal } from '../telling-of-cap.ts'
import { callOnce, callWithin } from './calls.ts'
import type { Limits } from './limits.ts'

/** Keys that are none, which one address may try in a minute. */
const mostKeyMisses = 30
/** Version of the API document. */
const version = '0.1.0'

/** Mounts every operation of the table, and its description. */
export async function mountApi(app: FastifyInstance, installation: Installation, accounts: Accounts, limits: Limits): Promise<void> {
  const calls = new WeakMap<FastifyRequest, Call>()
  await app.register(async (api) => {
    api.removeAllContentTypeParsers()
    api.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
      try {
        // How large it may be was decided by the route; long texts are files in base64.
        const limit = Math.max(body.length, 1)
        done(null, body.length === 0 ? {} : parseJson(new Uint8Array(body as Buffer), { bytes: limit, string: limit, nodes: 500_000 }))
      } catch (error) {
        done(error as Error)
      }
    })
    for (const name of Object.keys(operations) as OperationName[]) {
      const operation: Operation = operations[name]
      api.route({
        method: operation.method,
        url: `/api/v1${operation.path}`,
        bodyLimit: operation.maxBody ?? 1024 * 1024,
        // Before the body is read: nobody makes us read sixty megabytes that they may not send.
        onRequest: async (request) => {
          const call = await readCaller(request)
          calls.set(request, call)
          requireAllowed(name, call)
        },
        handler: async (request, reply) => {
          const call = calls.get(request)!
          const input = inputOf(operation, request)
          const perform = (within: Installation) => callWithin(limits, request.ip, within, name, input, call)
          // The refusal undid what was done for the call, so its owners are told apart from it (R-KEY-5).
          const telling = async (error: unknown) => {
            if (call.key && error instanceof ProblemError && error.problem.code === 'request.over-cap')
              await tellOfRefusal(installation, call.caller.tenant!, call.key.id)
            throw error
          }
          const key = request.headers['idempotency-key']
          if (key !== undefined && operation.method !== 'GET')
            return reply
              .type('application/json; charset=utf-8')
              .send(await callOnce(installation, String(key), name, input, call, perform).catch(telling))
          const answer = await perform(installation).catch(telling)
          if ((operation.output as unknown) !== FileAnswer)
            return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
          const file = FileAnswer.parse(answer)
          return reply.type(file.mediaType).header('content-disposition', attachment(file.name)).send(Buffer.from(file.base64, 'base64'))
        },
      })
    }
    const description = JSON.stringify(openapi(version))
    api.get('/api/v1/openapi.json', (_request, reply) =>
      reply.type('application/json; charset=utf-8').header('cache-control', 'public, max-age=300').send(description),
    )
    api.all('/api/*', () => {
      throw new ProblemError('request.not-found', 'There is no such operation.')
    })
  })

  /** A program by its key, a person by their session. Who names a key is not somebody else when it is wrong. */
  async function readCaller(request: FastifyRequest): Promise<Call> {
    const { authorization } = request.headers
    if (authorization === undefined) return readCall(accounts, installation.database, headersOf(request))
    limits.check('key', request.ip, mostKeyMisses)
    try {
      return await readKeyCall(installation.database, authorization, new Date().toISOString())
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'request.sign-in') limits.count('key', request.ip)
      throw error
    }
  }
}

/** The headers of a request as the web knows them. */
export function headersOf(request: Pick<FastifyRequest, 'headers'>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && !name.startsWith(':')) headers.set(name, String(value))
  return headers
}

/** Input from path, query and body, as the table says. A field may come from one place only. */
function inputOf({ method }: Operation, request: FastifyRequest): Record<string, unknown> {
  const path = request.params as Record<string, string>
  const reads = method === 'GET' || method === 'DELETE'
  const rest = (reads ? request.query : (request.body ?? {})) as Record<string, unknown>
  if (typeof rest !== 'object' || rest === null || Array.isArray(rest))
    throw new ProblemError('input.invalid', 'The body is a JSON object.', '')
  const twice = Object.keys(rest).find((field) => field in path)
  if (twice !== undefined) throw new ProblemError('input.invalid', 'This field is already in the address.', `/${twice}`)
  return { ...rest, ...path }
}

/** A file name as RFC 6266 has it: plain for old readers, whole for the others. */
function attachment(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '-')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`
}
