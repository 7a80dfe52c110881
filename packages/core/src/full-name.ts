/** A learner's name as one text. */
import type { Learner } from './learner.ts'

/** The learner's whole name, given name first, as printed. One-word names are whole names. */
export function fullName(learner: Pick<Learner, 'givenName' | 'familyName'>): string {
  return [learner.givenName, learner.familyName].filter(Boolean).join(' ')
}
