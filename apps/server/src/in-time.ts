/** Asking somebody who may hang: what is known by then. */
import { setTimeout as sleep } from 'node:timers/promises'

/** How long whoever asks after the database waits, in milliseconds. */
const patience = 2000

/**
 * Makes a question that answers in time: with what `ask` answers, or with `undefined` when it fails or takes too long. A question that hangs is not asked
 * again before it ends, so that those who ask on and on take no connection more.
 */
export function answeredInTime<T>(ask: () => Promise<T>): () => Promise<T | undefined> {
  let asking: Promise<T | undefined> | undefined
  return () => {
    asking ??= ask()
      .catch(() => undefined)
      .finally(() => {
        asking = undefined
      })
    return Promise.race([asking, sleep(patience, undefined, { ref: false })])
  }
}
