/** The pause after a restore: until it is sure that nobody is un-revoked, this installation changes nothing and publishes nothing (R-BAK-4). */
import { statSync } from 'node:fs'
import {
  carryOutRevocations,
  confirmCompleteRestoration,
  type Database,
  type PublishedNumber,
  type Restoration,
  readRestoration,
  settleSetBack,
  stepsBehind,
} from '@cairn/store'
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
 * everything. That is so where the node's journal knows lists under numbers that are at least two higher; one higher may be a publication that was broken off,
 * and a revocation with it, which is carried out. What a restore without all journals leaves to do, this node does at once as far as its journal knows. One whose
 * journals were complete goes on by itself: its lists are published higher by the next job.
 * @param journal the file of this node's journal; without one nothing is looked for
 */
export async function openHold(database: Database, log: Logger, now: string, journal?: string): Promise<OpenHold> {
  let held = false
  let settled = ''
  let carriedOut = 0
  let readAt = 0
  const published = journal === undefined ? () => [] : followPublished(journal)
  const settle = async (at: string, why: string) => {
    const { entries } = readJournals([journal!])
    const { revoked, places } = await settleSetBack(database, { restoredAt: at, begun: undefined, entries })
    log.warn({ revoked, places }, why)
    return readRestoration(database)
  }
  /** What was broken off between the journal and the database: once for each length of the journal. */
  const carryOut = async (known: readonly PublishedNumber[], at: string) => {
    const length = statSync(journal!).size
    if (length === carriedOut) return
    const count = await carryOutRevocations(database, { now: at, entries: readJournals([journal!]).entries, published: known })
    if (count > 0) log.warn({ count }, 'revocations that the journal has and the database had not are carried out')
    carriedOut = length
  }
  const look = async (at: string) => {
    let restoration = await readRestoration(database)
    if (restoration?.complete) await confirmCompleteRestoration(database, at)
    if (journal !== undefined) {
      const known = published()
      const steps = await stepsBehind(database, known)
      if (steps === 1) await carryOut(known, at)
      if (steps > 1)
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
