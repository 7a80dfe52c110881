/** Readings that many share: whoever asks while one is under way is told what the next one finds, so that everybody is told what was so after they asked. */
import type { Database } from '@cairn/store'

/** What is read of one thing by everybody who asks at once. Raises for each of them what the reading raised. */
export type SharedReadings<T> = (database: Pick<Database, 'pool'>) => (key: string, read: () => Promise<T>) => Promise<T>

interface UnderWay<T> {
  now: Promise<T>
  next?: Promise<T>
}

/** Makes readings; nothing is kept when nobody waits for it. */
export function createSharedReadings<T>(): SharedReadings<T> {
  const all = new WeakMap<object, Map<string, UnderWay<T>>>()
  return ({ pool }) => {
    const underWay = all.get(pool) ?? new Map<string, UnderWay<T>>()
    all.set(pool, underWay)
    const begin = (key: string, read: () => Promise<T>): Promise<T> => {
      const one: UnderWay<T> = { now: read() }
      underWay.set(key, one)
      const end = () => {
        if (underWay.get(key) === one && !one.next) underWay.delete(key)
      }
      one.now.then(end, end)
      return one.now
    }
    return (key, read) => {
      const one = underWay.get(key)
      if (!one) return begin(key, read)
      const next = () => begin(key, read)
      one.next ??= one.now.then(next, next)
      return one.next
    }
  }
}
