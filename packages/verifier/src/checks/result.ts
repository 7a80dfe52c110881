/** What a check gives back: findings, and the one result they add up to. */
import type { Finding, Outcome } from '@cairn/core'

export interface CheckResult {
  outcome: Outcome
  findings: Finding[]
  /** ETSI EN 319 102-1, clause 5.1.3, where the outcome has one. */
  subIndication?: string
}

/** A finding without members that are absent. */
export function finding(check: string, outcome: Outcome, given: Omit<Finding, 'check' | 'outcome'> = {}): Finding {
  return { check, outcome, ...given }
}

/** The result of several: any failed is failed, else any unknown is unknown. */
export function outcomeOf(findings: readonly Finding[]): Outcome {
  const outcomes = findings.map(({ outcome }) => outcome)
  return outcomes.includes('failed') ? 'failed' : outcomes.includes('unknown') ? 'unknown' : 'passed'
}

/** Of several the one that decides: the first that failed, else the first that is unknown; `undefined` where nothing stands in the way. */
export function decisive<T extends { outcome?: Outcome | undefined }>(checks: readonly T[]): T | undefined {
  return checks.find(({ outcome }) => outcome === 'failed') ?? checks.find(({ outcome }) => outcome === 'unknown')
}

/** What the findings of a status check add up to, with the sub-indication of EN 319 102-1: revoked, or to be asked again. */
export function statusResult(findings: Finding[]): CheckResult {
  const outcome = outcomeOf(findings)
  const subIndication = { failed: 'REVOKED', unknown: 'TRY_LATER', passed: undefined }[outcome]
  return { outcome, findings, ...(subIndication ? { subIndication } : {}) }
}
