/** Findings of the document lint. */
import { type ProblemCode, problem, type RuleFinding, type Severity } from '@cairn/core'

/** Makes a finding; `detail` says what, and the way out. */
export function found(rule: string, severity: Severity, code: ProblemCode, detail: string, pointer: string): RuleFinding {
  return { rule, severity, problem: problem(code, detail, pointer) }
}
