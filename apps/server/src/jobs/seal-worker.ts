/** Runs in a thread of its own: seals one batch, on its own connections. State is in the database alone, so nothing is lost with the thread. */
import { parentPort, workerData } from 'node:worker_threads'
import { ProblemError } from '@cairn/core'
import { openDatabase, readJournalStart } from '@cairn/store'
import { pino } from 'pino'
import { openHold } from '../backup/hold.ts'
import { openJournal } from '../backup/journal.ts'
import { createInstallation } from '../context.ts'
import type { SealingBegun, SealingSaid } from './seal-apart.ts'
import { sealBatch } from './seal-batch.ts'
import { setStandingBack, standBack } from './stand-back.ts'

const { config, connection, logLevel, tenant, batch, lent } = workerData as SealingBegun
const say = (said: SealingSaid) => parentPort!.postMessage(said)
let stopping = false
parentPort!.on('message', () => {
  stopping = true
})
const database = openDatabase({ ...connection, max: 4 })
standBack()
// A database elsewhere has its own processes.
if (!config.databaseUrl) database.pool.on('connect', (client) => setStandingBack((client as unknown as { processID: number }).processID))
try {
  const log = pino({ level: logLevel, base: null })
  const now = new Date().toISOString()
  const journal = await openJournal(config.journal, now, () => readJournalStart(database))
  const hold = await openHold(database, log, now)
  const installation = createInstallation({ config, database, log, journal, isHeld: hold.isHeld, wake: (wake) => say({ wake }) }, lent)
  try {
    await sealBatch(installation, tenant, batch, () => stopping)
  } finally {
    hold.close()
    journal.close()
  }
  say({ ended: true })
} catch (error) {
  say({ ended: false, ...(error instanceof ProblemError ? { problems: error.problems } : { error }) })
} finally {
  await database.close()
  parentPort!.close()
}
