/** Whether the bytes are as they were sealed, signature by signature (EN 319 102-1, 5.2.7; R-JADES-2). */
import type { Finding, Problem } from '@cairn/core'
import { ProblemError } from '@cairn/core'
import { checkSignature, counterSignatures, levelOf, type SealRead } from '@cairn/seals'
import type { Policy } from '../policy.ts'
import { type CheckResult, finding, outcomeOf } from './result.ts'

const clause = 'EN 319 102-1, 5.2.7'

/** Checks every signature of a seal; one that does not hold makes the seal fail, whatever the others say. */
export async function checkSealIntact(seal: SealRead, { levels }: Pick<Policy, 'levels'> = {}): Promise<CheckResult> {
  const findings: Finding[] = []
  let subIndication: string | undefined
  for (const signature of seal.signatures) {
    const problems = await checkSignature(seal, signature)
    const level = levelOf(signature)
    const note = level ? `${signature.algorithm}, ${level}` : signature.algorithm
    if (problems.length === 0) findings.push(finding('seal.intact', 'passed', { clause, note }))
    for (const problem of problems) {
      findings.push(finding('seal.intact', problem.code === 'seal.detached-missing' ? 'unknown' : 'failed', { problem, clause }))
      subIndication ??= subIndications[problem.code] ?? 'SIG_CRYPTO_FAILURE'
    }
    if (problems.length === 0 && levels && !(level && levels.includes(level))) {
      const problem: Problem = { code: 'seal.level-order', detail: `The policy wants a seal of level ${levels.join(' or ')}.` }
      findings.push(finding('seal.level', 'unknown', { problem, clause: 'EN 319 102-1, 5.2.8' }))
      subIndication ??= 'SIG_CONSTRAINTS_FAILURE'
    }
  }
  const outcome = outcomeOf(findings)
  return outcome === 'passed' ? { outcome, findings } : { outcome, findings, ...(subIndication ? { subIndication } : {}) }
}
const subIndications: Partial<Record<Problem['code'], string>> = {
  'seal.detached-missing': 'SIGNED_DATA_NOT_FOUND',
  'seal.detached-altered': 'HASH_FAILURE',
  'seal.certificate-missing': 'NO_SIGNING_CERTIFICATE_FOUND',
}

/** Counter-signatures (TS 119 182-1, 5.3.2). One that does not hold leaves a doubt and breaks nothing: the seal did not ask for it. */
export async function checkCounterSignatures(seal: SealRead): Promise<CheckResult> {
  const findings: Finding[] = []
  for (const counter of seal.signatures.flatMap(counterSignatures)) {
    const problems = counter instanceof ProblemError ? counter.problems : await checkSignature(counter, counter.signatures[0]!)
    const note = counter instanceof ProblemError ? undefined : counter.signatures[0]!.certificates[0]?.subject.commonName
    if (problems.length === 0)
      findings.push(finding('seal.counter-signature', 'passed', { clause: 'TS 119 182-1, 5.3.2', ...(note ? { note } : {}) }))
    for (const problem of problems) findings.push(finding('seal.counter-signature', 'unknown', { problem, clause: 'TS 119 182-1, 5.3.2' }))
  }
  return { outcome: outcomeOf(findings), findings }
}
