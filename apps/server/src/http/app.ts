/** The HTTP side put together. */

import { ProblemError } from '@cairn/core'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Auth } from '../auth/auth.ts'
import type { Installation } from '../context.ts'
import { headersOf, registerOperations } from './operations-route.ts'
import { registerPages } from './pages.ts'
import { sendProblem } from './problem-answer.ts'
import { registerPublicFiles } from './public-files.ts'
import { registerSecurityHeaders } from './security-headers.ts'

/** Ways of the sign-in library that are open from outside; accounts are made by invitation alone. */
const openAuth = /^\/api\/auth\/(passkey\/[a-z-]+|magic-link\/verify|sign-in\/passkey|get-session|sign-out)$/

/** Makes the server; it does not listen yet. `pages` can be left out where only the operations are wanted. */
export async function createApp(installation: Installation, auth: Auth, { pages = true } = {}): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: installation.log as FastifyBaseLogger,
    disableRequestLogging: true,
    trustProxy: 'loopback',
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
  })
  registerSecurityHeaders(app, installation.config.publicUrl.startsWith('https:'))
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new ProblemError('request.not-found', 'There is nothing here.')))
  // Whoever tries tokens one after another is stopped long before finding one (R-LINK-1); everybody else never notices.
  await app.register(rateLimit, {
    global: true,
    max: installation.config.demo ? 6000 : 1200,
    timeWindow: '1 minute',
    allowList: (request) => request.url.startsWith('/_app/'),
  })
  registerPublicFiles(app, installation)
  registerOperations(app, installation, auth)
  app.register(async (ways) => {
    ways.removeAllContentTypeParsers()
    ways.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    ways.all('/api/auth/*', async (request, reply) => {
      const url = new URL(request.url, installation.config.publicUrl)
      if (!openAuth.test(url.pathname)) throw new ProblemError('request.not-found', 'There is nothing here.')
      const body = typeof request.body === 'string' && request.body.length > 0 ? { body: request.body } : {}
      const answer = await auth.handler(new Request(url, { method: request.method, headers: headersOf(request), ...body }))
      reply.code(answer.status)
      for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value)
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
      return reply.send(Buffer.from(await answer.arrayBuffer()))
    })
  })
  if (pages) await registerPages(app, installation, auth)
  return app
}
