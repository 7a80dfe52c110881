/** The database of an installation, for work beside its server. */
import { findRunning, startPostgres } from '@cairn/store'
import type { Config } from './config.ts'

/** The database that a server runs on; the embedded one is started when no server runs it at the moment. */
export async function reachDatabase(config: Config) {
  const nothing = async () => undefined
  if (config.databaseUrl) return { connection: { connectionString: config.databaseUrl }, stop: nothing }
  const running = await findRunning(config.data)
  return running ? { connection: running, stop: nothing } : startPostgres(config.data)
}
