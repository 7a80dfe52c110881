/** Published status lists as everybody reads them, each read from the database once a second at most, however many ask. */
import { keepLast } from '@cairn/core'
import { type Database, readPublishedList, readPublishedTokenList } from '@cairn/store'

/** How long what was read is answered, in milliseconds: this is how late another process' publication is seen. Caches may keep it ten seconds besides. */
const standsFor = 1000
const keptAtMost = 1000

interface Kept<T> {
  at: number
  reading: Promise<T>
}

function keptBy<T>(read: (database: Database, id: string) => Promise<T>) {
  const all = new WeakMap<object, Map<string, Kept<T>>>()
  return {
    get(database: Database, id: string): Promise<T> {
      const kept = all.get(database.pool) ?? new Map<string, Kept<T>>()
      all.set(database.pool, kept)
      const now = performance.now()
      const before = kept.get(id)
      if (before && now - before.at < standsFor) return before.reading
      const reading = read(database, id)
      keepLast(kept, id, { at: now, reading }, keptAtMost)
      // A database that is away is asked again by the next.
      reading.catch(() => kept.delete(id))
      return reading
    },
    forget: (database: Database, id: string) => void all.get(database.pool)?.delete(id),
  }
}

const lists = keptBy(readPublishedList)
const tokens = keptBy(readPublishedTokenList)

/** The published list, for whoever verifies; undefined when there is none of this id. */
export const publishedList = lists.get
/** The same as a token status list. */
export const publishedTokenList = tokens.get
/** Has the next reader read anew: said where a list is published. */
export function forgetPublished(database: Database, id: string): void {
  lists.forget(database, id)
  tokens.forget(database, id)
}
