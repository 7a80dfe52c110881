/** An edition that no credential can be made of yet. */
import { ProblemError, type RuleFinding } from '@cairn/core'

/** Raises `specification.not-complete` with everything that blocks an edition; does nothing where nothing does. */
export function refuseIncomplete(findings: readonly RuleFinding[], done: 'sealed' | 'signed'): void {
  const blocking = findings.filter(({ severity }) => severity === 'B').map(({ problem }) => problem)
  if (blocking.length === 0) return
  const detail = `${blocking.length} ${blocking.length === 1 ? 'thing keeps' : 'things keep'} this from being ${done}.`
  throw new ProblemError('specification.not-complete', detail, blocking[0]!.pointer, blocking)
}
