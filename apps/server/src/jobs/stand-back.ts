/** Who can wait lets others go first: a visitor is answered before the next credential of a batch is sealed. */
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import path from 'node:path'

/** Of 20 steps down; at this one the kernel gives a tenth of what it gives to whoever answers visitors, and all that nobody else wants. */
const back = 10

/** Lets the calling thread stand back. Where threads have no priority of their own, nothing changes. */
export function standBack(): void {
  try {
    // Linux alone counts threads like processes, and says here which one asks.
    setStandingBack(Number(path.basename(readlinkSync('/proc/thread-self'))))
  } catch {
    // The batch is as fast as visitors then; it is right all the same.
  }
}

/** Lets another process of this machine stand back, such as the one by which the embedded database serves a connection. */
export function setStandingBack(pid: number): void {
  try {
    setPriority(pid, back)
  } catch {
    // It ended, or belongs to somebody else.
  }
}
