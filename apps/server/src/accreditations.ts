/** Registries of accreditations as they were brought: the part of each that speaks of given bodies. */
import { type AccreditationSnapshot, snapshotAbout } from '@cairn/core'
import { readAccreditations } from '@cairn/store'
import type { Installation } from './context.ts'

const known = new WeakMap<object, { at: number; snapshots: Promise<AccreditationSnapshot[]> }>()
const readAgainAfter = 600_000

/** Makes the next reader read them anew: called where one was brought. Other nodes see it within ten minutes. */
export function forgetAccreditations({ database }: Pick<Installation, 'database'>): void {
  known.delete(database.pool)
}

/** The newest snapshot of every source, cut to what a judgement on bodies of these ids and numbers rests on. A body that is in none still has the source's silence. */
export async function accreditationsAbout(
  { database }: Pick<Installation, 'database'>,
  numbers: readonly string[],
  now: string,
): Promise<AccreditationSnapshot[]> {
  const before = known.get(database.pool)
  const isFresh = before && Date.parse(now) - before.at < readAgainAfter
  const snapshots = isFresh ? before.snapshots : readAccreditations(database)
  if (!isFresh) {
    snapshots.catch(() => known.delete(database.pool))
    known.set(database.pool, { at: Date.parse(now), snapshots })
  }
  return (await snapshots).map((snapshot) => snapshotAbout(snapshot, numbers))
}
