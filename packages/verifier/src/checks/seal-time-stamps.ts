/**
 * What the time stamps of a seal prove (EN 319 102-1, 5.4, 5.5.4 and 5.6.3): a sound token of a known authority shows that what it covers existed
 * then. The newest is judged first, for it vouches for the older ones.
 */
import { type Finding, millis, problem } from '@cairn/core'
import {
  type Certificate,
  carriedValues,
  checkTimeStamps,
  nameLine,
  type SealRead,
  type SealTimeStamp,
  type SignatureRead,
  type TimeStamp,
} from '@cairn/seals'
import type { Policy } from '../policy.ts'
import { type ChainVerdict, judgeChain } from '../validation/judge-chain.ts'
import type { Proofs } from '../validation/proofs.ts'
import type { Values } from '../validation/values.ts'
import { type CheckResult, finding } from './result.ts'
import { isTestAuthority } from './test-authority.ts'

const clause = 'EN 319 102-1, 5.4'
/** How many tokens of a whole seal, and of one signature, are checked (R-LIM-1). */
const mostTokens = 64
const mostOfOne = 32

/** What the check looks at. `proofs` gains what the time stamps prove. */
export interface TimeStampQuestion {
  seal: SealRead
  anchors: readonly Certificate[]
  values: Values
  proofs: Proofs
  policy: Policy
  now: string
}

/** The result; `provenAt` is when the first signature is proven to have existed, `contentAt` when what is sealed did and the signature did not yet. */
export interface TimeStampResult extends CheckResult {
  provenAt?: string
  contentAt?: string
  /** When each signature is proven to have existed, in the order of the seal. */
  provenEach: readonly (string | undefined)[]
}

/**
 * Checks every time stamp. One that was altered makes the whole seal unreliable (`unknown`), for what it was meant to prove is gone; one of an
 * authority that nobody here knows proves nothing, and harms nothing.
 */
export async function checkSealTimeStamps(question: TimeStampQuestion): Promise<TimeStampResult> {
  const { seal, proofs, now } = question
  const findings: Finding[] = []
  let outcome: TimeStampResult['outcome'] = 'passed'
  let contentAt: string | undefined
  let left = mostTokens
  for (const [place, signature] of seal.signatures.entries()) {
    const stamps = await checkTimeStamps(seal, signature, Math.min(left, mostOfOne))
    left = Math.max(0, left - stamps.length)
    const judged: Finding[][] = []
    for (let index = stamps.length - 1; index >= 0; index--) {
      const stamp = stamps[index]!
      if (stamp.problems.length > 0 || !stamp.token) {
        judged[index] = stamp.problems.map((problem) =>
          finding('seal.time-stamp', problem.code === 'timestamp.not-checked' ? 'unknown' : 'failed', {
            problem,
            clause,
            note: stamp.kind,
          }),
        )
        outcome = 'unknown'
        continue
      }
      const { found, proven } = await judgeAuthority(stamp.kind, stamp.token, question)
      judged[index] = [found]
      if (!proven) continue
      if (stamp.kind === 'adoTst') {
        if (place === 0 && (!contentAt || millis(stamp.token.genTime) > millis(contentAt))) contentAt = stamp.token.genTime
      } else extractProofs(stamp, stamps, signature, proofs)
    }
    findings.push(...judged.flat())
  }
  const provenEach = seal.signatures.map(({ signature }) => {
    const at = proofs.earliest(signature)
    return at === now ? undefined : at
  })
  // The sealer is judged by the first signature, so that only its stamps prove its age; another signature may well be older.
  const [provenAt] = provenEach
  return { outcome, findings, provenEach, ...(provenAt ? { provenAt } : {}), ...(contentAt ? { contentAt } : {}) }
}

/** Whether a sound token may be relied on: who vouches for its authority, and when. `kind` is what it is over, for the report. */
export async function judgeAuthority(
  kind: SealTimeStamp['kind'] | 'docTst',
  token: TimeStamp,
  { anchors, values, proofs, policy, now }: Omit<TimeStampQuestion, 'seal'>,
): Promise<{ found: Finding; proven: boolean }> {
  const signer = token.signer!
  const note = `${kind} ${token.genTime}, ${nameLine(signer.subject)}`
  const unknown = (what: NonNullable<Finding['problem']>) => finding('seal.time-stamp', 'unknown', { problem: what, clause, note })
  const verdict = await judgeChain({
    leaf: signer,
    others: token.certificates,
    anchors,
    values,
    proofs,
    existedAt: proofs.earliest(token.der),
    scheme: token.scheme!,
    use: 'time-stamp',
    madeAt: token.genTime,
    policy,
    now,
  })
  if (verdict.path && verdict.indication === 'PASSED') {
    if (millis(token.genTime) < millis(signer.notBefore) || millis(token.genTime) > millis(signer.notAfter))
      return { found: unknown(problem('timestamp.wrong-usage', 'Its certificate was not valid at the time it tells.')), proven: false }
    if (millis(token.genTime) > millis(now) + policy.clockSkewSeconds * 1000)
      return { found: unknown(problem('timestamp.time-off', 'It is of a later time than the one that was asked about.')), proven: false }
    return { found: finding('seal.time-stamp', 'passed', { clause, note }), proven: true }
  }
  if (verdict.path) return { found: unknown(notRelied(verdict)), proven: false }
  const ended = millis(signer.notAfter) < millis(now) ? ` Its certificate ended on ${signer.notAfter.slice(0, 10)}.` : ''
  const detail = `Token and imprint are sound.${ended}${isTestAuthority(signer) ? ' It calls itself a test.' : ''}`
  return { found: unknown(problem('timestamp.authority-unknown', detail)), proven: false }
}

function notRelied({ problem: why, subIndication }: ChainVerdict) {
  return problem(
    why?.code ?? 'timestamp.not-checked',
    `Token and imprint are sound, but they cannot be relied on today (${subIndication}). ${why?.detail ?? ''}`.trim(),
  )
}

/** What a relied-on time stamp shows to have existed at its time (EN 319 102-1, 5.6.2.3.2). */
function extractProofs(stamp: SealTimeStamp, all: readonly SealTimeStamp[], signature: SignatureRead, proofs: Proofs): void {
  const at = stamp.token!.genTime
  // References alone are covered by this one, and they are not followed.
  if (stamp.kind === 'rfsTst') return
  proofs.add(signature.signature, at)
  for (const { der } of signature.certificates) proofs.add(der, at)
  for (const other of all) {
    const isCovered = other.index < stamp.index && (stamp.kind === 'arcTst' || other.kind === 'sigTst' || other.kind === 'adoTst')
    // What the protected header holds is covered by the signature itself; a signature time stamp covers no other unsigned property.
    if (!isCovered || (stamp.kind === 'sigTst' && other.kind !== 'adoTst') || !other.token) continue
    proofs.add(other.token.der, at)
    for (const { der } of other.token.certificates) proofs.add(der, at)
    for (const crl of other.token.crls) proofs.add(crl, at)
  }
  if (stamp.kind !== 'arcTst') return
  const { certificates, crls, ocsps } = carriedValues(signature.unsigned, stamp.index)
  for (const each of [...certificates, ...crls, ...ocsps]) proofs.add(each, at)
}
