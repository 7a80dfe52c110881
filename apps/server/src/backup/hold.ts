/** The pause after a restore: until it is sure that nobody is un-revoked, this installation changes nothing and publishes nothing (R-BAK-4). */
import { confirmCompleteRestoration, type Database, readRestoration } from '@cairn/store'
import type { Logger } from 'pino'

/** How long what another node said is believed, in milliseconds. */
const readAgainAfter = 2000

/** Answers whether the pause lasts. Costs nothing where there is none. */
export type Hold = () => Promise<boolean>

/** For tests of other things, and for every installation that never was restored. */
export const noHold: Hold = async () => false

/** Looks whether this database was restored. One whose journal was complete goes on by itself: its lists are published higher by the next job. */
export async function openHold(database: Database, log: Logger, now: string): Promise<Hold> {
  const isHeld = async () => {
    const restoration = await readRestoration(database)
    return restoration !== undefined && restoration.confirmedAt === undefined
  }
  if ((await readRestoration(database))?.complete) await confirmCompleteRestoration(database, now)
  let held = await isHeld()
  if (!held) return noHold
  log.warn(
    'This installation was restored without a journal. It is read-only until an owner has revoked again what was revoked since the backup, and confirms.',
  )
  let readAt = Date.now()
  return async () => {
    if (held && Date.now() - readAt > readAgainAfter) {
      readAt = Date.now()
      held = await isHeld()
    }
    return held
  }
}
