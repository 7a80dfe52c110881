/** Whether the bytes are as they were sealed, signature by signature (EN 319 102-1, 5.2.7; R-JADES-2). */
import { checkSignature, type SealRead } from '@cairn/seals'
import { type CheckResult, finding, outcomeOf } from './result.ts'

const clause = 'EN 319 102-1, 5.2.7'

/** Checks every signature of a seal; one that does not hold makes the seal fail, whatever the others say. */
export async function checkSealIntact(seal: SealRead): Promise<CheckResult> {
  const findings = []
  for (const signature of seal.signatures) {
    const problems = await checkSignature(seal, signature)
    if (problems.length === 0) findings.push(finding('seal.intact', 'passed', { clause, note: signature.algorithm }))
    else findings.push(...problems.map((problem) => finding('seal.intact', 'failed', { problem, clause })))
  }
  const outcome = outcomeOf(findings)
  return outcome === 'failed' ? { outcome, findings, subIndication: 'SIG_CRYPTO_FAILURE' } : { outcome, findings }
}
