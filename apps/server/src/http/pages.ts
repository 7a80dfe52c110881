/** The pages: the built site on the same port, each request with its caller's own client of the operations. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PageContext, SessionAnswer } from '@cairn/api'
import { ProblemError } from '@cairn/core'
import type { FastifyInstance } from 'fastify'
import type { Auth } from '../auth/auth.ts'
import { callOf } from '../auth/caller.ts'
import { signInFor } from '../auth/sign-in.ts'
import type { Installation } from '../context.ts'
import { clientFor } from '../operations.ts'
import { headersOf } from './operations-route.ts'

type Handler = (request: IncomingMessage, answer: ServerResponse, next: () => void) => void

const site = path.resolve(import.meta.dirname, '../../../web')

/** Mounts the site as what answers everything else. */
export async function registerPages(app: FastifyInstance, installation: Installation, auth: Auth): Promise<void> {
  const { publicUrl, dev } = installation.config
  const { protocol, host } = new URL(publicUrl)
  const requests = new AsyncLocalStorage<PageContext>()
  Object.assign(globalThis, { [Symbol.for('cairn.request')]: requests })
  const handle = dev ? await development(app) : await built()
  app.register(async (pages) => {
    pages.removeAllContentTypeParsers()
    pages.addContentTypeParser('*', (_request, _payload, done) => done(null))
    pages.all('/*', async (request, reply) => {
      const call = await callOf(installation, auth, headersOf(request))
      const api = clientFor(installation, call)
      const session: SessionAnswer = await api['session.read']({})
      const { person } = session
      const signIn = signInFor(installation, auth, { headers: headersOf(request), address: request.ip, ...(person ? { person } : {}) })
      reply.hijack()
      reply.raw.removeHeader('content-security-policy')
      request.raw.headers['x-cairn-proto'] = protocol.slice(0, -1)
      request.raw.headers['x-cairn-host'] = request.headers.host ?? host
      requests.run({ api, session, signIn, nonce: '' }, () =>
        handle(request.raw, reply.raw, () => {
          reply.raw.statusCode = 404
          reply.raw.end()
        }),
      )
    })
  })
}

async function built(): Promise<Handler> {
  const file = path.join(site, 'build', 'handler.js')
  if (!existsSync(file))
    throw new ProblemError('server.misconfigured', 'The pages are not built yet. Run npm start, or npm run build first.')
  process.env.PROTOCOL_HEADER = 'x-cairn-proto'
  process.env.HOST_HEADER = 'x-cairn-host'
  process.env.BODY_SIZE_LIMIT = '64M'
  const { handler } = (await import(pathToFileURL(file).href)) as { handler: Handler }
  return handler
}

/** With reload, for those who change the pages; on the same port. */
async function development(app: FastifyInstance): Promise<Handler> {
  const { createServer } = await import('vite')
  const vite = await createServer({ root: site, server: { middlewareMode: true, hmr: { server: app.server } }, appType: 'custom' })
  app.addHook('onClose', () => vite.close())
  return (request, answer, next) => void vite.middlewares(request, answer, next)
}
