/** Starting, in order; and stopping, in the other order. */
import { createServer } from 'node:net'
import { startPostgres } from '@cairn/store'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Installation } from './context.ts'

/** A running server. */
export interface RunningServer {
  installation: Installation
  /** Where it listens. */
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
  { onLost, pages = true }: { onLost?: () => void; pages?: boolean } = {},
): Promise<RunningServer> {
  const undo: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step().catch((error) => log.error({ error: String(error) }, 'stopping'))
  }
  try {
    const embedded = config.databaseUrl
      ? undefined
      : await startPostgres(config.data, {
          onRestart: () => log.warn('PostgreSQL ended by itself and was started again'),
          ...(onLost ? { onExit: onLost } : {}),
        })
    if (embedded) undo.push(embedded.stop)
    await requireFreePort(config)
    const { assemble } = await import('./assemble.ts')
    const connection = embedded?.connection ?? { connectionString: config.databaseUrl! }
    const { installation, seeded } = await assemble({ config, log, connection, pages, undo })
    return { installation, address: config.publicUrl, seeded, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Raises what listening would raise, before anything is set up for it. */
function requireFreePort({ port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}
