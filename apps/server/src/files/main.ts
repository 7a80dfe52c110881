/** `cairn publish-files` as a process of its own: one line of JSON; everything else comes from the environment. */
import { ProblemError } from '@cairn/core'
import { fileListsAgain, openDatabase, readRestoration } from '@cairn/store'
import { readConfig } from '../config.ts'
import { reachDatabase } from '../reach-database.ts'
import { openFileStore } from './open-file-store.ts'
import { publishDocuments, publishLists } from './publish-files.ts'

try {
  const config = readConfig(process.env)
  if (!config.publicFiles) throw new ProblemError('server.misconfigured', 'CAIRN_PUBLIC_FILES names no directory and no bucket.')
  const store = openFileStore(config.publicFiles)
  const place = await reachDatabase(config)
  const database = openDatabase(place.connection)
  try {
    const restoration = await readRestoration(database)
    if (restoration && restoration.confirmedAt === undefined)
      throw new ProblemError(
        'server.read-only',
        'This installation was restored and waits for a confirmation. Nothing is published before.',
      )
    await fileListsAgain(database)
    const documents = await publishDocuments({ database, config }, store)
    console.log(JSON.stringify({ lists: await publishLists({ database, config }, store), documents }))
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
