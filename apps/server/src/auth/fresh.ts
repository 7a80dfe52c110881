/** Whether a sign-in is young enough for what weighs more (R-SES-2). */
import { ProblemError } from '@cairn/core'
import type { Config } from '../config.ts'

/** Minutes for which a sign-in counts as fresh; a demonstration never asks twice. */
export const freshMinutes = ({ demo }: Pick<Config, 'demo'>): number => (demo ? 12 * 60 : 5)

/** Raises `request.confirm-again` when the caller signed in too long ago. */
export function requireFresh(config: Pick<Config, 'demo'>, confirmedAt: Date | undefined, now: number): void {
  if (!confirmedAt || now - confirmedAt.getTime() > freshMinutes(config) * 60_000)
    throw new ProblemError('request.confirm-again', 'Please sign in again, so that we know it is you.')
}
