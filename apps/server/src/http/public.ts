/** What everybody may fetch without an account: status lists, health, where to report a hole. */
import { ProblemError } from '@cairn/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Installation } from '../context.ts'
import { answeredInTime } from '../in-time.ts'
import { publishedList, publishedTokenList } from '../published-lists.ts'
import type { Readiness } from './readiness.ts'

const isId = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)

/** The headers of a published list; true when the reader has it already. */
function publish(
  request: FastifyRequest,
  reply: FastifyReply,
  { sequence, publishedAt }: { sequence: number; publishedAt: string },
): boolean {
  const tag = `"${sequence}"`
  reply
    .header('etag', tag)
    // A revocation is to be seen within fifteen seconds, in caches too.
    .header('cache-control', 'public, max-age=10')
    .header('last-modified', new Date(publishedAt).toUTCString())
    // Verifiers run in browsers of other sites: what is published here is for all.
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
  return request.headers['if-none-match']?.split(/\s*,\s*/).includes(tag) ?? false
}

/** Mounts `/status/<id>` with `/status/<id>/token`, `/health`, `/healthz`, `/readyz` and `/.well-known/security.txt`. */
export function mountPublic(app: FastifyInstance, { database, config }: Installation, readiness: Readiness): void {
  app.get<{ Params: { id: string } }>('/status/:id', async (request, reply) => {
    const { id } = request.params
    const list = isId(id) ? await publishedList(database, id) : undefined
    if (!list) throw new ProblemError('request.not-found', 'There is no such status list.')
    if (publish(request, reply, list)) return reply.code(304).send()
    return reply.type('application/vc+jwt').send(Buffer.from(list.signed))
  })

  app.get<{ Params: { id: string } }>('/status/:id/token', async (request, reply) => {
    const { id } = request.params
    const list = isId(id) ? await publishedTokenList(database, id) : undefined
    if (!list) throw new ProblemError('request.not-found', 'There is no such status list.')
    if (publish(request, reply, list)) return reply.code(304).send()
    return reply.type('application/statuslist+jwt').send(list.token)
  })

  const isDatabaseUp = answeredInTime(() => database.platform((tx) => sql`select 1`.execute(tx)).then(() => true))
  // The process answers: whoever restarts processes asks this, and a database that is away is no reason to.
  app.get('/healthz', () => ({ status: 'ok' }))
  // It can do its work: whoever sends requests asks this.
  app.get('/readyz', async (_request, reply) => {
    const status = readiness.isLeaving() ? 'leaving' : (await isDatabaseUp()) ? 'ready' : 'no-database'
    return reply.code(status === 'ready' ? 200 : 503).send({ status })
  })
  app.get('/health', async (_request, reply) => {
    const up = await isDatabaseUp()
    return reply.code(up ? 200 : 503).send({ status: up ? 'ok' : 'failing', database: up ? 'ok' : 'away' })
  })

  app.get('/.well-known/security.txt', (_request, reply) => {
    const expires = new Date(Date.now() + 300 * 86_400_000).toISOString().replace(/T.*/, 'T00:00:00Z')
    const { securityContact, publicUrl } = config
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send(`Contact: ${securityContact}\nExpires: ${expires}\nPreferred-Languages: en\nCanonical: ${publicUrl}/.well-known/security.txt\n`)
  })
}
