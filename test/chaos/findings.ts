/** What was found, beside what must be: one line a promise. */
import type { ChaosResult } from './run-chaos.ts'

/** A line of the table. */
export interface Finding {
  what: string
  found: string | number
  wanted: string | number
  good: boolean
}

/** What is judged of a run. */
type Counted = Pick<ChaosResult, 'what' | 'letters' | 'repeats' | 'appKills' | 'databaseKills' | 'lastEnd'>

/** The promises of R-DUR-1 and R-DUR-2 about a batch of `credentials`, each beside what was found. */
export function findingsOf(result: Counted, credentials: number): Finding[] {
  const { what, letters, repeats, appKills, databaseKills, lastEnd } = result
  const exactly = (label: string, found: number): Finding => ({ what: label, found, wanted: credentials, good: found === credentials })
  const kills = appKills + databaseKills
  return [
    exactly('credentials', what.credentials),
    exactly('sealed', what.sealed),
    exactly('distinct ids', what.ids),
    exactly('distinct places in status lists', what.indices),
    exactly('distinct reference numbers', what.referenceNumbers),
    exactly('sealed text is the recorded text', what.sameBytes),
    exactly('verified as valid', what.valid),
    exactly('claim links', what.claims),
    exactly('outbox rows', what.outboxRows),
    exactly('credentials with an outbox row', what.outboxCredentials),
    exactly('outbox rows marked as sent', what.sent),
    exactly('distinct letters at the mail server', letters),
    { what: 'repeated letters', found: repeats, wanted: `at most ${kills}`, good: repeats <= kills },
    { what: 'state of the batch', found: what.state, wanted: 'done', good: what.state === 'done' },
    { what: 'record of "sealed"', found: what.sealEvents, wanted: 1, good: what.sealEvents === 1 },
    { what: 'chain of events', found: what.chainIntact ? 'intact' : 'broken', wanted: 'intact', good: what.chainIntact },
    { what: 'the last server ended with', found: lastEnd.split('\n')[0]!, wanted: '0', good: lastEnd === '0' },
  ]
}
