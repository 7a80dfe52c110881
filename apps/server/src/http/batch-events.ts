/** How far a batch is, as server-sent events: a look a second, an event for each change. */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { BatchProgress } from '@cairn/api'
import { ProblemError } from '@cairn/core'
import type { FastifyInstance } from 'fastify'
import type { Accounts } from '../auth/accounts.ts'
import { readCall } from '../auth/session.ts'
import type { Installation } from '../context.ts'
import { clientFor } from '../operations.ts'
import { headersOf } from './api.ts'

/** How often a batch is looked at, in milliseconds; a slow look makes the next one later. */
const every = 1000
/** A browser comes back by itself, and is then asked anew who it is. */
const longest = 5 * 60_000
const mostStreams = 500

/** Mounts `/api/v1/batches/<id>/progress/events`. */
export function mountBatchEvents(app: FastifyInstance, installation: Installation, accounts: Accounts): void {
  const open = new Set<ServerResponse>()
  app.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })
  app.get<{ Params: { id: string } }>('/api/v1/batches/:id/progress/events', async (request, reply) => {
    if (open.size >= mostStreams) throw new ProblemError('request.too-many', 'Too many people are watching. Look again in a minute.')
    const api = clientFor(installation, await readCall(accounts, installation.database, headersOf(request)))
    // A refusal is an ordinary answer; only then does the stream begin.
    let progress = await api['batch.progress']({ id: request.params.id })
    const stream = reply.raw
    reply.hijack()
    stream.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    })
    open.add(stream)
    const until = Date.now() + longest
    let timer: NodeJS.Timeout | undefined
    stream.on('close', () => {
      clearTimeout(timer)
      open.delete(stream)
    })
    let before = ''
    const tell = (now: BatchProgress) => {
      const data = JSON.stringify(now)
      // A comment shows proxies that somebody is there.
      stream.write(data === before ? ': \n\n' : `event: ${now.settled ? 'settled' : 'progress'}\ndata: ${data}\n\n`)
      before = data
    }
    const look = async () => {
      const began = Date.now()
      try {
        progress = await api['batch.progress']({ id: request.params.id })
      } catch {
        // The page falls back on being loaded anew.
        stream.end()
        return
      }
      if (stream.writableEnded) return
      tell(progress)
      if (progress.settled || Date.now() > until) stream.end()
      else timer = setTimeout(look, Math.max(every, 10 * (Date.now() - began)))
    }
    tell(progress)
    if (progress.settled) stream.end()
    else timer = setTimeout(look, every)
  })
}
