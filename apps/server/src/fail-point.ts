/** Fail points: at each arrow of the way from a row to a letter, a test can have the process end as in a power cut (R-DUR-2). */
import { ProblemError } from '@cairn/core'

/**
 * The arrows, in their order. `*-written` is inside the transaction, just before it is committed; the others are after it. `mail-handed` is between
 * the mail server's word that it has the message and our record of it: the one place where a message can go twice.
 */
export const failPoints = [
  'intentions-written',
  'intentions-kept',
  'seals-written',
  'seals-kept',
  'batch-written',
  'mail-leased',
  'mail-handed',
  'mail-kept',
] as const
export type FailPoint = (typeof failPoints)[number]

/** Where to end, and at which passage of it, counted from 1. */
export interface FailAt {
  point: FailPoint
  passage: number
}

/** Reads `point:passage`. Raises `server.misconfigured` for a point that does not exist. */
export function readFailAt(text: string): FailAt {
  const [name, passage = '1'] = text.split(':')
  const point = failPoints.find((each) => each === name)
  if (!point || !/^[1-9]\d{0,5}$/.test(passage))
    throw new ProblemError('server.misconfigured', `CAIRN_FAIL_AT is a point and a number, such as ${failPoints[0]}:1.`)
  return { point, passage: Number(passage) }
}

/** What the code calls as it passes a point. Does nothing, unless a test asked for an end there: then nothing after it happens any more. */
export function createFailPoint(failAt: FailAt | undefined): (point: FailPoint) => void {
  let passed = 0
  return (point) => {
    if (point === failAt?.point && ++passed === failAt.passage) process.kill(process.pid, 'SIGKILL')
  }
}
