/** What a lint finds, as a refusal. */
import { refuseProblems } from './problems.ts'
import type { RuleFinding } from './rules.ts'

/** Raises the findings that block, the first with the others beside it; does nothing where none does. */
export function refuseBlocked(findings: readonly RuleFinding[]): void {
  refuseProblems(findings.filter(({ severity }) => severity === 'B').map(({ problem }) => problem))
}
