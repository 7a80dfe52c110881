/** Whether whoever shows a credential holds it (RFC 9901, 7.3; R-SD-2, R-DISP-3). */
import type { JsonObject, Outcome } from '@cairn/core'
import { checkKeyBinding, type SdJwtRead } from '@cairn/seals'
import { type CheckResult, finding } from '../checks/result.ts'
import type { Policy } from '../policy.ts'

const clause = 'RFC 9901, 7.3'
/** R-SD-2: at most five minutes old, at most a minute ahead. */
const age = { old: 300, ahead: 60 }

/** The result; `outcome` is absent when nobody asked and nothing is wrong. */
export interface HolderResult extends Omit<CheckResult, 'outcome'> {
  outcome?: Outcome
}

/**
 * Checks the proof of the holder. When somebody asked, it has to be there, and to be for them and of now. When nobody asked, a proof that does not
 * belong to what is shown is wrong all the same; to whom and when it was made says nothing then.
 */
export async function checkHolder(read: SdJwtRead, payload: JsonObject, { holder }: Policy, now: string): Promise<HolderResult> {
  const asked = holder !== undefined && (holder.required || holder.audience !== undefined || holder.nonce !== undefined)
  if (!asked && read.keyBinding === undefined) return { findings: [] }
  const { audience, nonce } = holder ?? {}
  const problems = await checkKeyBinding(read, payload, { audience, nonce, now, ...(asked ? { age } : {}) })
  if (problems.length > 0)
    return {
      outcome: 'failed',
      findings: problems.map((problem) => finding('holder.proven', 'failed', { problem, clause })),
      subIndication: 'SIG_CONSTRAINTS_FAILURE',
    }
  const note = asked ? undefined : 'made for another occasion'
  return { ...(asked ? { outcome: 'passed' } : {}), findings: [finding('holder.proven', 'passed', { clause, ...(note && { note }) })] }
}
