/** What a report comes to, for whoever says it in words: the one place that decides, so that pages and the command line say the same. */
import type { Report } from './report.ts'

/**
 * `unjudged`: the seal is of a kind or a build that is not accepted; `time-altered`: the words are as they were sealed, and what proves when is not;
 * `stranger`: not altered, and nobody here vouches for the sealer; `open`: something could not be checked; `false`: altered by nobody, and not to be
 * relied on all the same. The others say what they are.
 */
export type VerdictKind =
  | 'genuine'
  | 'unsealed'
  | 'unreadable'
  | 'altered'
  | 'unjudged'
  | 'time-altered'
  | 'impostor'
  | 'key-open'
  | 'status-open'
  | 'open'
  | 'stranger'
  | 'stranger-not-current'
  | 'superseded'
  | 'revoked'
  | 'suspended'
  | 'not-yet'
  | 'ended'
  | 'holder'
  | 'false'

/** Why a seal is not accepted that may be whole all the same. */
const notAccepted =
  /^(seal\.(malformed|critical-unknown|algorithm-not-accepted|certificate-missing|detached-unsupported)|proof\.(malformed|suite-not-accepted)|certificate\.malformed)$/

/** Which of them a report is: the seal first, then who sealed, then what came to an end, then who shows it. */
export function verdictKindOf({ results, findings, verdict, registry, subIndication }: Report): VerdictKind {
  const has = (code: string) => findings.some(({ problem }) => problem?.code === code)
  if (verdict === 'valid') return 'genuine'
  if (results.seal === 'failed') {
    if (has('seal.missing')) return 'unsealed'
    const failed = findings.filter(({ outcome }) => outcome === 'failed').map(({ problem }) => problem?.code ?? '')
    if (failed.some((code) => /^(format|json|input)\./.test(code))) return 'unreadable'
    return failed.length > 0 && failed.every((code) => notAccepted.test(code)) ? 'unjudged' : 'altered'
  }
  // Known and not allowed, or by a certificate that is not for sealing: that is no other's seal.
  if (results.issuer === 'failed')
    return findings.some(({ check, outcome }) => check === 'issuer.bound' && outcome === 'failed') ? 'impostor' : 'false'
  if (results.seal === 'unknown') {
    if (has('proof.key-not-at-hand') || has('issuer.key-missing')) return 'key-open'
    return findings.some(({ check, outcome }) => check === 'seal.time-stamp' && outcome === 'failed') ? 'time-altered' : 'open'
  }
  if (results.issuer === 'unknown' && verdict !== 'invalid')
    // The registry names the sealer, and only whether its certificate was revoked is not known: that is no stranger.
    return registry !== undefined && subIndication === 'TRY_LATER' ? 'status-open' : 'stranger'
  const ended = (
    [
      ['status.superseded', 'superseded'],
      ['status.revoked', 'revoked'],
      ['status.suspended', 'suspended'],
      ['validity.not-yet', 'not-yet'],
      ['validity.ended', 'ended'],
    ] as const
  ).find(([code]) => has(code))
  // Whether it was genuine at all is open while nobody knows the issuer.
  if (ended) return results.issuer === 'passed' ? ended[1] : 'stranger-not-current'
  if (results.holder === 'failed') return 'holder'
  if (verdict === 'invalid') return 'false'
  return results.status === 'unknown' ? 'status-open' : 'open'
}
