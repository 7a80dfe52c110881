/** Whether requests should be sent to this node: before it stops it says no for a while, so that none fails in a rolling restart (R-FLT-3). */
import { setTimeout as sleep } from 'node:timers/promises'

/** What `/readyz` tells, and what every answer of a stopping node says about its connection. */
export interface Readiness {
  isLeaving(): boolean
  /** Says no from now on, and waits until whoever sends requests has noticed. */
  leave(seconds: number): Promise<void>
}

/** A node that is ready until it leaves. */
export function createReadiness(): Readiness {
  let leaving = false
  return {
    isLeaving: () => leaving,
    async leave(seconds) {
      leaving = true
      await sleep(seconds * 1000)
    },
  }
}
