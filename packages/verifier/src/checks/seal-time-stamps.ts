/** What the time stamps of a seal prove (EN 319 102-1, 5.4 and 5.5.4): a sound token of a known authority shows that the seal existed then. */
import { millis, problem } from '@cairn/core'
import { buildPath, type Certificate, checkTimeStamps, nameLine, type SealRead, type SealTimeStamp } from '@cairn/seals'
import { type CheckResult, finding } from './result.ts'
import { isTestAuthority } from './test-authority.ts'

const clause = 'EN 319 102-1, 5.4'

/** The result, and the earliest moment at which the seal is proven to have existed. */
export interface TimeStampResult extends CheckResult {
  provenAt?: string
}

/**
 * Checks every time stamp. One that was altered makes the whole seal unreliable (`unknown`), for what it was meant to prove is gone; one of an
 * authority that nobody here knows proves nothing, and harms nothing.
 */
export async function checkSealTimeStamps(seal: SealRead, anchors: readonly Certificate[], now: string): Promise<TimeStampResult> {
  const result: TimeStampResult = { outcome: 'passed', findings: [] }
  for (const signature of seal.signatures)
    for (const stamp of await checkTimeStamps(seal, signature)) {
      if (stamp.problems.length > 0 || !stamp.token) {
        for (const problem of stamp.problems)
          result.findings.push(
            finding('seal.time-stamp', problem.code === 'timestamp.not-checked' ? 'unknown' : 'failed', {
              problem,
              clause,
              note: stamp.kind,
            }),
          )
        result.outcome = 'unknown'
        continue
      }
      const proven = await judgeAuthority(stamp, anchors, now, result)
      // The sealer is judged by the first signature, so that only its stamps prove its age; another signature may well be older.
      if (
        proven &&
        signature === seal.signatures[0] &&
        stamp.kind !== 'adoTst' &&
        (!result.provenAt || millis(proven) < millis(result.provenAt))
      )
        result.provenAt = proven
    }
  return result
}

async function judgeAuthority(
  stamp: SealTimeStamp,
  anchors: readonly Certificate[],
  now: string,
  result: TimeStampResult,
): Promise<string | undefined> {
  const { token, kind } = stamp
  const signer = token!.signer!
  const note = `${kind} ${token!.genTime}, ${nameLine(signer.subject)}`
  // The authority's own certificate is judged today: an archive time stamp may move that moment, which is the work of past validation.
  const path = await buildPath(signer, token!.certificates, anchors, now)
  if (path.proven) {
    result.findings.push(finding('seal.time-stamp', 'passed', { clause, note }))
    return token!.genTime
  }
  const ended = millis(signer.notAfter) < millis(now) ? ` Its certificate ended on ${signer.notAfter.slice(0, 10)}.` : ''
  const detail = `Token and imprint are sound, but no anchor vouches for the authority.${ended}${isTestAuthority(signer) ? ' It calls itself a test.' : ''}`
  result.findings.push(finding('seal.time-stamp', 'unknown', { problem: problem('timestamp.authority-unknown', detail), clause, note }))
  return undefined
}
