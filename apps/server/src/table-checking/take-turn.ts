/** Turns for what needs much memory: so many at once, the others wait, and nobody for ever. */
import { ProblemError } from '@cairn/core'

/** Waits for a turn, and gives what ends it. Raises `server.unavailable` when none came in time. */
export type TakeTurn = () => Promise<() => void>

/** Makes turns: `atOnce` at once, each waited for at most `milliseconds`. */
export function createTurns({ atOnce, milliseconds }: { atOnce: number; milliseconds: number }): TakeTurn {
  let taken = 0
  const waiting: (() => void)[] = []
  const begin = () => {
    taken++
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      taken--
      waiting.shift()?.()
    }
  }
  return () =>
    new Promise((resolve, reject) => {
      if (taken < atOnce) return resolve(begin())
      const come = () => {
        clearTimeout(late)
        resolve(begin())
      }
      const late = setTimeout(() => {
        waiting.splice(waiting.indexOf(come), 1)
        reject(new ProblemError('server.unavailable', 'Several large tables are being read. Please try again in a minute.'))
      }, milliseconds)
      waiting.push(come)
    })
}
