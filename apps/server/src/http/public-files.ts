/** What everybody may fetch without a page: status lists, health, who to tell of a weakness. */
import { readPublishedList } from '@cairn/store'
import type { FastifyInstance } from 'fastify'
import type { Installation } from '../context.ts'

/** Mounts them. A status list is small, named by its number, and asked for again within seconds of a change. */
export function registerPublicFiles(app: FastifyInstance, { database, config }: Installation): void {
  app.get<{ Params: { list: string } }>('/status/:list', async (request, reply) => {
    const id = request.params.list
    const list = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? await readPublishedList(database, id) : undefined
    if (!list) return reply.code(404).type('text/plain').send('There is no status list here.\n')
    const etag = `"${list.sequence}"`
    reply
      .header('etag', etag)
      .header('cache-control', 'public, max-age=10')
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.type('application/vc+jwt').header('last-modified', new Date(list.publishedAt).toUTCString()).send(Buffer.from(list.signed))
  })
  app.get('/health', async (_request, reply) => {
    await database.system(async () => undefined)
    return reply.header('cache-control', 'no-store').send({ healthy: true })
  })
  app.get('/.well-known/security.txt', (_request, reply) =>
    reply
      .type('text/plain')
      .send(
        `Contact: mailto:${config.mailFrom}\nExpires: ${new Date(Date.now() + 180 * 86_400_000).toISOString()}\nPreferred-Languages: en\n`,
      ),
  )
}
