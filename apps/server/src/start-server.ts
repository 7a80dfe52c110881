/** Starting a node or a worker, in order; and stopping, in the other order. */
import { createServer } from 'node:net'
import { ProblemError } from '@cairn/core'
import { findRunning, startPostgres } from '@cairn/store'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Installation } from './context.ts'
import { sayError } from './say-error.ts'

/** What a process does: serve (and work too, unless it is told not to), or work alone. */
export type Part = 'serve' | 'work'

/** A running server or worker. */
export interface RunningServer {
  installation: Installation
  /** Where a node listens. */
  address: string
  /** True when this start seeded the demonstration. */
  seeded: boolean
  /** Takes no new requests, finishes those under way, ends the jobs, then the database. */
  stop(): Promise<void>
}

/** Starts. Raises `server.in-use`, `server.no-database`, `server.misconfigured`, or the port's error. `onLost` is told when the database ends by itself. */
export async function startServer(
  config: Config,
  log: Logger,
  { onLost, pages = true, part = 'serve' }: { onLost?: () => void; pages?: boolean; part?: Part } = {},
): Promise<RunningServer> {
  const undo: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step().catch((error) => log.error({ err: sayError(error) }, 'stopping'))
  }
  try {
    const connection = await reachOrStart(config, log, { onLost, part, undo })
    if (part === 'serve') await requireFreePort(config)
    const { assemble } = await import('./assemble.ts')
    const { installation, seeded } = await assemble({ config, log, connection, pages, undo, part })
    return { installation, address: config.publicUrl, seeded, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The database that is named; or the embedded one, which a node starts, and beside which a worker can be started. */
async function reachOrStart(
  { databaseUrl, data }: Config,
  log: Logger,
  { onLost, part, undo }: { onLost: (() => void) | undefined; part: Part; undo: (() => Promise<unknown>)[] },
): Promise<pg.PoolConfig> {
  if (databaseUrl) return { connectionString: databaseUrl }
  if (part === 'work') {
    const running = await findRunning(data)
    if (running) return running
    throw new ProblemError('server.no-database', 'No server runs on this data folder. Start one first, or name a database in DATABASE_URL.')
  }
  const embedded = await startPostgres(data, {
    onRestart: () => log.warn('PostgreSQL ended by itself and was started again'),
    ...(onLost ? { onExit: onLost } : {}),
  })
  undo.push(embedded.stop)
  return embedded.connection
}

/** Raises what listening would raise, before anything is set up for it. */
function requireFreePort({ port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}
