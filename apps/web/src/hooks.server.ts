/** Every page gets its caller's client from the server it runs in, and the reader's language. */
import type { AsyncLocalStorage } from 'node:async_hooks'
import type { PageContext } from '@cairn/api'
import { isRightToLeft, ProblemError, problems } from '@cairn/core'
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { paraglideMiddleware } from '#lib/paraglide/server.js'
import { saidError } from '#lib/server/said-error.ts'

const requests = () => (globalThis as Record<symbol, unknown>)[Symbol.for('cairn.request')] as AsyncLocalStorage<PageContext> | undefined

export const handle: Handle = ({ event, resolve }) => {
  const context = requests()?.getStore()
  if (!context) return new Response('These pages are served by the Cairn server. Start it with npm start.', { status: 503 })
  event.locals.api = context.api
  event.locals.session = context.session
  event.locals.signIn = context.signIn
  event.locals.account = context.account
  return paraglideMiddleware(event.request, ({ locale }) =>
    resolve(event, {
      transformPageChunk: ({ html }) =>
        html
          .replace('%cairn.lang%', event.locals.language ?? locale)
          .replace('%cairn.dir%', isRightToLeft(event.locals.language ?? locale) ? 'rtl' : 'ltr'),
    }),
  )
}

/** What went wrong, in words; a surprise says nothing of itself. */
export const handleError: HandleServerError = (caught) => {
  if (caught.error instanceof ProblemError) return saidError(caught.error.problem.code, caught.error.problem.detail)
  if (caught.kind === 'framework' && caught.error.status < 500) return saidError('request.not-found', problems['request.not-found'].title)
  if (caught.kind === 'app') return caught.error
  console.error(caught.error)
  return saidError('server.internal', problems['server.internal'].title)
}
