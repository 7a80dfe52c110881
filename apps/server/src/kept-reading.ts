/** What is read of a database once in a while, for everybody who needs it meanwhile. */
import type { Installation } from './context.ts'

/** A reading that is kept, by database. */
export interface KeptReading<T> {
  /** What was read before, while it is not too old; else what `read` gives. Two who ask at once share one reading, and one that failed is not kept. */
  get(installation: Pick<Installation, 'database'>, now: string, read: () => Promise<T>): Promise<T>
  /** Makes the next reader read anew: called where something was written. */
  forget(installation: Pick<Installation, 'database'>): void
}

/** Makes one that stands for so many milliseconds: this is how late another node sees what was written here. */
export function createKeptReading<T>(standsFor: number): KeptReading<T> {
  const kept = new WeakMap<object, { at: number; reading: Promise<T> }>()
  return {
    get({ database: { pool } }, now, read) {
      const at = Date.parse(now)
      const before = kept.get(pool)
      if (before && at >= before.at && at - before.at < standsFor) return before.reading
      const reading = read()
      kept.set(pool, { at, reading })
      reading.catch(() => {
        if (kept.get(pool)?.reading === reading) kept.delete(pool)
      })
      return reading
    },
    forget: ({ database }) => void kept.delete(database.pool),
  }
}
