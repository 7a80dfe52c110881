/** A real PostgreSQL for tests: the embedded server in a throw-away folder, a fresh database for each caller. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Database, EmbeddedPostgres } from '@cairn/store'
import { migrate, openDatabase, startPostgres } from '@cairn/store'

/** A database with the schema in it, and the way to be rid of it. */
export interface TestDatabase {
  database: Database
  connection: EmbeddedPostgres['connection']
  stop(): Promise<void>
}

/** Starts a server that forgets everything when it stops; not durable, and faster for it. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-db-'))
  const server = await startPostgres(folder, { durable: false })
  const database = openDatabase(server.connection)
  await migrate(database)
  return {
    database,
    connection: server.connection,
    async stop() {
      await database.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
