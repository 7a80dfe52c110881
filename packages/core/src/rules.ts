/** What the lint finds in a specification or a document. */
import type { Problem } from './problems.ts'

/** **B** blocks issuing as a micro-credential, **W** warns, **P** prompts the designer (domain rules 1.2 and 1.4). */
export type Severity = 'B' | 'W' | 'P'

/** One finding; `rule` is `A1` to `A11`, `X1` to `X12` or `E…` for the European Learning Model; the problem points at the place it means. */
export interface RuleFinding {
  rule: string
  severity: Severity
  problem: Problem
}
