/** A rule looks at facts and says what it finds. */
import { type ProblemCode, problem } from '../problems.ts'
import type { RuleFinding, Severity } from '../rules.ts'
import type { Annex1Facts } from './facts.ts'

/** One rule, or a few that belong to one element. */
export type Rule = (facts: Annex1Facts) => RuleFinding[]

/** Makes a finding; `detail` says what, and the way out. */
export function found(rule: string, severity: Severity, code: ProblemCode, detail: string, pointer: string): RuleFinding {
  return { rule, severity, problem: problem(code, detail, pointer) }
}

/** Severity at design, and the milder one for what a document read from elsewhere may be unable to say. */
export function bySeverity(facts: Annex1Facts, design: Severity, document: Severity): Severity {
  return facts.stage === 'design' ? design : document
}

/** The same rule with everything that blocks turned into a warning: for kinds that may go without. */
export function softened(rule: Rule): Rule {
  return (facts) => rule(facts).map((finding) => (finding.severity === 'B' ? { ...finding, severity: 'W' } : finding))
}
