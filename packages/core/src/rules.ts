/** What the lint finds in a specification or a document. */
import type { Problem } from './problems.ts'

/** **B** blocks issuing as a micro-credential, **W** warns, **P** prompts the designer (domain rules 1.2 and 1.4). */
export type Severity = 'B' | 'W' | 'P'

/**
 * One finding. `rule` is `A1` to `A11` for the mandatory elements of Annex I, `O1` to `O5` for the optional ones, `X1` to `X14` across fields, `P1` to
 * `P10` for the principles of Annex II, `K…` for other kinds of record, `E1` to `E9` for the European Learning Model. The problem points at the place.
 */
export interface RuleFinding {
  rule: string
  severity: Severity
  problem: Problem
}
