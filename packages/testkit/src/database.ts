/** A real PostgreSQL for tests: one embedded server a test file, in a throw-away folder; a fresh database with the schema for each caller. */
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

interface Shared {
  folder: string
  server: EmbeddedPostgres
}

let shared: Promise<Shared> | undefined
let users = 0
let made = 0
/** One copy of the template at a time: PostgreSQL refuses two. */
let copying: Promise<unknown> = Promise.resolve()

/** Starts the server and migrates its first database once; the others are copies of that one. */
async function startShared(): Promise<Shared> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-db-'))
  const server = await startPostgres(folder, { durable: false })
  const template = openDatabase(server.connection)
  await migrate(template)
  await template.close()
  return { folder, server }
}

async function copyTemplate(server: EmbeddedPostgres, name: string): Promise<void> {
  const control = openDatabase({ ...server.connection, database: 'postgres', max: 1 })
  try {
    await control.pool.query(`create database ${name} template ${server.connection.database}`)
  } finally {
    await control.close()
  }
}

/** A fresh database on a server that forgets everything when its last user stops; not durable, and faster for it. */
export async function startTestDatabase(): Promise<TestDatabase> {
  users++
  shared ??= startShared()
  const { folder, server } = await shared
  const name = `test_${++made}`
  const copied = copying.then(() => copyTemplate(server, name))
  copying = copied.catch(() => undefined)
  await copied
  const connection = { ...server.connection, database: name }
  const database = openDatabase(connection)
  let stopped = false
  return {
    database,
    connection,
    async stop() {
      if (stopped) return
      stopped = true
      await database.close()
      if (--users > 0) return
      shared = undefined
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
