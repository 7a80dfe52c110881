/** Registries of accreditations as they were brought: the part of each that speaks of given bodies. */
import { type AccreditationSnapshot, snapshotAbout } from '@cairn/core'
import { readAccreditations } from '@cairn/store'
import type { Installation } from './context.ts'
import { createKeptReading } from './kept-reading.ts'

const known = createKeptReading<AccreditationSnapshot[]>(600_000)

/** Makes the next reader read them anew: called where one was brought. Other nodes see it within ten minutes. */
export const forgetAccreditations = known.forget

/** The newest snapshot of every source, cut to what a judgement on bodies of these ids and numbers rests on. A body that is in none still has the source's silence. */
export async function accreditationsAbout(
  installation: Pick<Installation, 'database'>,
  numbers: readonly string[],
  now: string,
): Promise<AccreditationSnapshot[]> {
  const snapshots = await known.get(installation, now, () => readAccreditations(installation.database))
  return snapshots.map((snapshot) => snapshotAbout(snapshot, numbers))
}
