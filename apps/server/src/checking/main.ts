/** `cairn check-issued` as a process of its own: one line of JSON; everything else comes from the environment. */
import { ProblemError } from '@cairn/core'
import { openDatabase } from '@cairn/store'
import { readConfig } from '../config.ts'
import { reachDatabase } from '../reach-database.ts'
import { checkIssued } from './check-issued.ts'

try {
  const config = readConfig(process.env)
  const place = await reachDatabase(config)
  const database = openDatabase(place.connection)
  try {
    console.log(JSON.stringify(await checkIssued(database, config, new Date().toISOString())))
  } finally {
    await database.close()
    await place.stop()
  }
} catch (error) {
  const problem =
    error instanceof ProblemError ? error.problem : { code: 'server.internal', detail: String((error as Error).message ?? error) }
  console.log(JSON.stringify({ problems: [problem] }))
  process.exitCode = 1
}
