/** The HTTP side put together: security headers, same origin, problems, and what is mounted where. */
import { ProblemError } from '@cairn/core'
import { toNodeHandler } from 'better-auth/node'
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, LogController } from 'fastify'
import type { Accounts } from '../auth/accounts.ts'
import type { Installation } from '../context.ts'
import { sayError } from '../say-error.ts'
import { mountNetwork } from '../sharing/network-documents.ts'
import { mountApi } from './api.ts'
import { mountBatchEvents } from './batch-events.ts'
import { securityHeaders } from './headers.ts'
import { mountIssuerDocuments } from './issuer-documents.ts'
import { createLimits, type Limits } from './limits.ts'
import type { Metrics } from './metrics.ts'
import { mountPages, type PageHandler } from './pages.ts'
import { problemDocument, problemFrom, problemMediaType } from './problem-answer.ts'
import { mountPublic } from './public.ts'
import { createReadiness, type Readiness } from './readiness.ts'
import { requireSameOrigin } from './same-origin.ts'

/** What the server is made of; `pages` is asked for once there is a server to attach to. */
export interface AppParts {
  installation: Installation
  accounts: Accounts
  metrics?: Metrics
  readiness?: Readiness
  pages?: (app: FastifyInstance) => Promise<PageHandler | undefined>
}

/** Makes the server; it does not listen yet. */
export async function createApp({
  installation,
  accounts,
  metrics,
  readiness = createReadiness(),
  pages,
}: AppParts): Promise<FastifyInstance> {
  const { config, log } = installation
  const headers = securityHeaders(config.publicUrl)
  const limits = createLimits()
  const app: FastifyInstance = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.proxies.length > 0 ? config.proxies : false,
    bodyLimit: 1024 * 1024,
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    // A request that came before the connection closed is answered, not turned away.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 300 },
    ...(config.tls ? { https: config.tls } : {}),
    frameworkErrors: (error, _request, reply) => {
      const { status, body } = problemDocument(problemFrom(error).error)
      void (reply as FastifyReply).headers(headers).code(status).type(problemMediaType).send(JSON.stringify(body))
    },
  })

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    // The next request on this connection would come too late.
    if (readiness.isLeaving()) reply.raw.setHeader('connection', 'close')
    requireSameOrigin(request.method, request.headers, config.publicUrl)
  })
  app.addHook('onResponse', async (request, reply) => {
    // The route, never the address: addresses hold tokens and ids of people.
    const route = request.routeOptions.url ?? 'unmatched'
    metrics?.countRequest(route, reply.raw.statusCode, reply.elapsedTime / 1000)
    log.debug({ method: request.method, route, status: reply.raw.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  })
  app.setErrorHandler((error, request, reply) => {
    const known = problemFrom(error)
    if (known.surprise) request.log.error({ err: sayError(error), route: request.routeOptions.url }, 'a request failed')
    const { status, body } = problemDocument(known.error)
    if (status === 503 || status === 429) reply.header('retry-after', status === 503 ? '5' : '60')
    return reply.code(status).type(problemMediaType).send(JSON.stringify(body))
  })
  app.setNotFoundHandler((_request, reply) => {
    const { status, body } = problemDocument(new ProblemError('request.not-found', 'There is nothing at this address.'))
    return reply.code(status).type(problemMediaType).send(JSON.stringify(body))
  })

  mountPublic(app, installation, readiness)
  mountIssuerDocuments(app, installation)
  await mountNetwork(app, installation, limits)
  await mountApi(app, installation, accounts, limits)
  await mountPasskeys(app, accounts, limits, headers)
  mountBatchEvents(app, installation, accounts)
  if (config.vcApi) await (await import('../vc-api/mount-vc-api.ts')).mountVcApi(app, config.publicUrl)
  const handler = await pages?.(app)
  if (handler) await mountPages(app, { installation, accounts, limits, headers, handler })
  return app
}

/** The ceremonies of passkeys, by method: the steps that a browser speaks with the account keeper itself. Nothing else of it is reachable. */
const ceremonies = {
  GET: ['generate-register-options', 'generate-authenticate-options'],
  POST: ['verify-registration', 'verify-authentication'],
} as const
/** Steps of ceremonies that one address may take in a minute. */
const mostSteps = 60

async function mountPasskeys(app: FastifyInstance, accounts: Accounts, limits: Limits, headers: Record<string, string>): Promise<void> {
  const handle = toNodeHandler(accounts.auth)
  await app.register(async (site) => {
    site.removeAllContentTypeParsers()
    site.addContentTypeParser('*', (_request, _payload, done) => done(null))
    for (const method of ['GET', 'POST'] as const)
      for (const step of ceremonies[method])
        site.route({
          method,
          url: `/api/auth/passkey/${step}`,
          exposeHeadRoute: false,
          handler: async (request, reply) => {
            limits.spend('passkey', request.ip, mostSteps)
            reply.hijack()
            for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value)
            await handle(request.raw, reply.raw)
          },
        })
  })
}
