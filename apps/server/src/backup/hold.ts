/** The pause after a restore: until it is sure that nobody is un-revoked, this installation changes nothing and publishes nothing (R-BAK-4). */
import { confirmCompleteRestoration, type Database, isSetBack, type Restoration, readRestoration, settleSetBack } from '@cairn/store'
import type { Logger } from 'pino'
import { sayError } from '../say-error.ts'
import { followPublished, readJournals } from './journal.ts'

/** How long what another node said is believed, in milliseconds. */
const readAgainAfter = 2000
/** How often a database that was set back is looked for, in milliseconds. */
const lookEvery = 60_000

/** Answers whether the pause lasts. Costs nothing where there is none. */
export type Hold = () => Promise<boolean>

/** For tests of other things, and for every installation that never was restored. */
export const noHold: Hold = async () => false

/** A hold that goes on looking. */
export interface OpenHold {
  isHeld: Hold
  /** Looks now. Raises what the database raises. */
  look(now: string): Promise<void>
  close(): void
}

const waits = (restoration: Restoration | undefined) => restoration !== undefined && restoration.confirmedAt === undefined

/**
 * Looks whether this database was restored, or set back by other means: a moment of its log that somebody chose, a copy of its disk, a standby that had not
 * everything. That is so where the node's journal knows lists under higher numbers. What a restore without all journals leaves to do, this node's journal
 * does at once as far as it knows. One whose journals were complete goes on by itself: its lists are published higher by the next job.
 * @param journal the file of this node's journal; without one nothing is looked for
 */
export async function openHold(database: Database, log: Logger, now: string, journal?: string): Promise<OpenHold> {
  let held = false
  let settled = ''
  let readAt = 0
  const published = journal === undefined ? () => [] : followPublished(journal)
  const settle = async (at: string, why: string) => {
    const { entries } = readJournals([journal!])
    const { revoked, places } = await settleSetBack(database, { restoredAt: at, begun: undefined, entries })
    log.warn({ revoked, places }, why)
    return readRestoration(database)
  }
  const look = async (at: string) => {
    let restoration = await readRestoration(database)
    if (restoration?.complete) await confirmCompleteRestoration(database, at)
    if (journal !== undefined) {
      if (await isSetBack(database, published()))
        restoration = await settle(
          at,
          'The database is older than what this node published: it was set back. See cairn restore --help for --set-back. Until then it is read-only.',
        )
      else if (waits(restoration) && !restoration!.complete && settled !== restoration!.restoredAt)
        restoration = await settle(
          at,
          'This installation was restored without all journals. It is read-only until an owner has revoked again what was revoked since, and confirms.',
        )
      settled = restoration?.restoredAt ?? ''
    }
    held = waits(restoration) && !restoration!.complete
    readAt = Date.now()
  }
  await look(now)
  const timer = setInterval(() => {
    look(new Date().toISOString()).catch((error) => log.error({ err: sayError(error) }, 'looking whether the database was set back'))
  }, lookEvery)
  timer.unref()
  return {
    async isHeld() {
      if (held && Date.now() - readAt > readAgainAfter) {
        readAt = Date.now()
        held = waits(await readRestoration(database))
      }
      return held
    },
    look,
    close: () => clearInterval(timer),
  }
}
