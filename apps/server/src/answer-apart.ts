/** Work of a process of its own, which the command line starts: it reads the environment, and says one line of JSON. */
import { ProblemError } from '@cairn/core'
import { type Database, openDatabase } from '@cairn/store'
import type { Config } from './config.ts'
import { reachDatabase } from './reach-database.ts'

/** Prints what the work answers; of what it raises the problem, with exit code 1. */
export async function answerApart(work: () => Promise<object>): Promise<void> {
  try {
    console.log(JSON.stringify(await work()))
  } catch (error) {
    const problem =
      error instanceof ProblemError ? error.problem : { code: 'server.internal', detail: String((error as Error).message ?? error) }
    console.log(JSON.stringify({ problems: [problem] }))
    process.exitCode = 1
  }
}

/** Runs work on the configured database, reached before and left behind it. Raises what reaching it raises. */
export async function onDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  const place = await reachDatabase(config)
  const database = openDatabase(place.connection)
  try {
    return await work(database)
  } finally {
    await database.close()
    await place.stop()
  }
}
