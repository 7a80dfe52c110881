/** The pages: the SvelteKit handler in the catch-all, each request within the context that pages read. See docs/decisions/003. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PageContext } from '@cairn/api'
import { problems } from '@cairn/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Accounts } from '../auth/accounts.ts'
import { accountFor } from '../auth/own-account.ts'
import { anonymous, readCall } from '../auth/session.ts'
import { signInFor } from '../auth/sign-in.ts'
import type { Installation } from '../context.ts'
import { sayError } from '../say-error.ts'
import { headersOf } from './api.ts'
import { clientWithin } from './calls.ts'
import type { Limits } from './limits.ts'
import { problemFrom } from './problem-answer.ts'

/** Answers a request, or calls `next` when there is no such page. */
export type PageHandler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => unknown

const web = path.resolve(import.meta.dirname, '../../../web')

/** The pages as they were built; undefined when they were not. */
export async function builtPages(): Promise<PageHandler | undefined> {
  const file = path.join(web, 'build/handler.js')
  if (!existsSync(file)) return undefined
  // The handler asks these two headers for its own address; we set them on every request, so a visitor's own never count.
  process.env.PROTOCOL_HEADER = 'x-cairn-proto'
  process.env.HOST_HEADER = 'x-cairn-host'
  // Spreadsheets arrive in forms; what each operation takes is decided where it is called.
  process.env.BODY_SIZE_LIMIT = '64M'
  const { handler } = (await import(pathToFileURL(file).href)) as { handler: PageHandler }
  return handler
}

/** The pages as they are being written: Vite with reload, on the same port. */
export async function developmentPages(server: Server): Promise<PageHandler & { close(): Promise<void> }> {
  // The Vite of the pages; production has none.
  const { createServer } = await import(pathToFileURL(createRequire(path.join(web, 'package.json')).resolve('vite')).href)
  const vite = await createServer({ root: web, server: { middlewareMode: true, hmr: { server } }, appType: 'custom' })
  return Object.assign(((request, response, next) => vite.middlewares(request, response, next)) as PageHandler, {
    close: () => vite.close() as Promise<void>,
  })
}

/** Where pages look for their context. */
const storage = new AsyncLocalStorage<PageContext>()
Object.assign(globalThis, { [Symbol.for('cairn.request')]: storage })

/** What the catch-all needs. */
export interface PageParts {
  installation: Installation
  accounts: Accounts
  limits: Limits
  headers: Record<string, string>
  handler: PageHandler
}

/** Mounts the pages under everything that has no route of its own. */
export async function mountPages(app: FastifyInstance, { installation, accounts, limits, headers, handler }: PageParts): Promise<void> {
  const origin = new URL(installation.config.publicUrl)
  await app.register(async (site) => {
    site.removeAllContentTypeParsers()
    // The body is the page's to read.
    site.addContentTypeParser('*', (_request, _payload, done) => done(null))
    site.all('/*', async (request, reply) => {
      const asset = request.url.startsWith('/_app/')
      const context = asset ? undefined : await contextFor(request)
      reply.hijack()
      const { raw } = reply
      // Files of the build bring the time they may be kept; everything else is somebody's page.
      for (const [name, value] of Object.entries(headers)) if (!asset || name !== 'cache-control') raw.setHeader(name, value)
      const { headers: own } = request.raw
      own['x-cairn-proto'] = origin.protocol.slice(0, -1)
      own['x-cairn-host'] = origin.host
      // It passed `requireSameOrigin`. Under no-referrer a browser sends `Origin: null` with a plain form, which the pages would refuse.
      if (own.origin !== undefined && own['sec-fetch-site'] === 'same-origin') own.origin = origin.origin
      const next = (error?: unknown) => {
        if (error) request.log.error({ err: sayError(error) }, 'a page failed')
        if (raw.headersSent) return raw.end()
        raw.statusCode = error ? 500 : 404
        raw.setHeader('content-type', 'text/plain; charset=utf-8')
        raw.end(error ? 'Something went wrong on our side. It was recorded.\n' : 'There is nothing here.\n')
      }
      // A promise that nobody waits for would end the process when it fails.
      const answer = async () => handler(request.raw, raw, next)
      await (context ? storage.run(context, answer) : answer()).catch(next)
    })
    // A person reads this: words, not a document of fields.
    site.setErrorHandler((error, request, reply) => {
      const { error: known, surprise } = problemFrom(error)
      if (surprise) request.log.error({ err: sayError(error) }, 'a page failed')
      return reply.code(problems[known.problem.code].status).type('text/plain; charset=utf-8').send(`${known.problem.detail}\n`)
    })
  })

  async function contextFor(request: FastifyRequest): Promise<PageContext> {
    const asked = headersOf(request)
    const call = asked.has('cookie') ? await readCall(accounts, installation.database, asked) : anonymous
    const api = clientWithin(limits, request.ip, installation, call)
    return {
      api,
      session: await api['session.read']({}),
      signIn: signInFor(installation, accounts, { headers: asked, address: request.ip, call }),
      account: accountFor(installation, accounts, call),
      nonce: randomBytes(16).toString('base64'),
    }
  }
}
