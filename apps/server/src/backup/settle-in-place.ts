/** `cairn restore --set-back`: a database that was set back by other means, with what the journals have on top (R-BAK-4). */
import { openDatabase, settleSetBack } from '@cairn/store'
import type { Config } from '../config.ts'
import { reachDatabase } from '../reach-database.ts'
import { readJournals } from './journal.ts'

/** What was settled: as {@link RestoreDone} without counts of rows, for none was written anew. */
export interface SettleDone {
  at: string
  complete: boolean
  revoked: number
  places: number
}

/** Does again what the journals of all nodes have. The database stays as it is otherwise. Raises what the database raises. */
export async function settleInPlace(config: Config, journals: readonly string[], now: string): Promise<SettleDone> {
  const place = await reachDatabase(config)
  const database = openDatabase(place.connection)
  try {
    return await settleSetBack(database, { restoredAt: now, ...readJournals(journals) })
  } finally {
    await database.close()
    await place.stop()
  }
}
