/** `cairn publish-files` as a process of its own: one line of JSON; everything else comes from the environment. */
import { ProblemError } from '@cairn/core'
import { fileListsAgain, readRestoration } from '@cairn/store'
import { answerApart, onDatabase } from '../answer-apart.ts'
import { readConfig } from '../config.ts'
import { openFileStore } from './open-file-store.ts'
import { publishDocuments, publishLists } from './publish-files.ts'

await answerApart(async () => {
  const config = readConfig(process.env)
  if (!config.publicFiles) throw new ProblemError('server.misconfigured', 'CAIRN_PUBLIC_FILES names no directory and no bucket.')
  const store = openFileStore(config.publicFiles)
  return onDatabase(config, async (database) => {
    const restoration = await readRestoration(database)
    if (restoration && restoration.confirmedAt === undefined)
      throw new ProblemError(
        'server.read-only',
        'This installation was restored and waits for a confirmation. Nothing is published before.',
      )
    await fileListsAgain(database)
    const documents = await publishDocuments({ database, config }, store)
    return { lists: await publishLists({ database, config }, store), documents }
  })
})
