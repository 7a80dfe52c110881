/** Limits by place, kept in memory: what one address may do in a minute (R-LINK-1, R-RL-1). */
import { ProblemError } from '@cairn/core'

const minute = 60_000

/** Counts things by name and place within the running minute. */
export interface Limits {
  /** Raises `request.too-many` when the place has done this more than `most` times in a minute; counts it otherwise. */
  spend(what: string, address: string, most: number): void
  /** Counts one, without refusing. */
  count(what: string, address: string): void
  /** Raises `request.too-many` when so many were counted; counts nothing. */
  check(what: string, address: string, most: number): void
}

/** Makes limits. Two halves of a minute are kept, so that nobody gets twice the limit around the turn of a minute. */
export function createLimits(clock: () => number = Date.now): Limits {
  let began = clock()
  let now = new Map<string, number>()
  let before = new Map<string, number>()
  const turn = () => {
    const passed = clock() - began
    if (passed < minute) return passed / minute
    before = passed < 2 * minute ? now : new Map()
    now = new Map()
    began = clock()
    return 0
  }
  const seen = (name: string) => {
    const share = turn()
    return (now.get(name) ?? 0) + (before.get(name) ?? 0) * (1 - share)
  }
  const limits: Limits = {
    count(what, address) {
      turn()
      const name = `${what} ${address}`
      // A flood from many places must not fill the memory: beyond this many, all share one count.
      const key = now.has(name) || now.size < 100_000 ? name : what
      now.set(key, (now.get(key) ?? 0) + 1)
    },
    check(what, address, most) {
      if (seen(`${what} ${address}`) >= most || seen(what) >= most * 100)
        throw new ProblemError('request.too-many', 'Too many requests from where you are. Please wait a minute.')
    },
    spend(what, address, most) {
      limits.check(what, address, most)
      limits.count(what, address)
    },
  }
  return limits
}
