/** A report in words: one sentence, one tone, what to do now. Unknown never looks like forged, and forged never like unknown. */
import { type Finding, problems, type Report } from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'

/** How a verdict looks; each has a colour, a shape and words of its own. */
export type Tone = 'genuine' | 'not-current' | 'unknown' | 'not-genuine'

export interface VerdictWords {
  tone: Tone
  sentence: string
  whatNow: string
}

/** The words for a report. */
export function verdictWords(report: Pick<Report, 'results' | 'verdict' | 'findings'>): VerdictWords {
  const { seal, issuer, validity, status } = report.results
  const has = (code: string) => report.findings.some(({ problem }) => problem?.code === code)
  if (has('seal.missing')) return { tone: 'unknown', sentence: m.verdict_unsealed(), whatNow: m.now_unsealed() }
  if (has('format.unreadable')) return { tone: 'unknown', sentence: m.verdict_unreadable(), whatNow: m.now_unreadable() }
  if (seal === 'failed') return { tone: 'not-genuine', sentence: m.verdict_not_genuine(), whatNow: m.now_not_genuine() }
  if (issuer === 'failed') return { tone: 'not-genuine', sentence: m.verdict_other_issuer(), whatNow: m.now_not_genuine() }
  if (status === 'failed') return { tone: 'not-current', sentence: m.verdict_revoked(), whatNow: m.now_revoked() }
  if (validity === 'failed')
    return { tone: 'not-current', sentence: has('validity.not-yet') ? m.verdict_not_yet() : m.verdict_expired(), whatNow: m.now_expired() }
  if (issuer === 'unknown') return { tone: 'unknown', sentence: m.verdict_unknown_issuer(), whatNow: m.now_unknown_issuer() }
  if (report.verdict === 'indeterminate')
    return { tone: 'unknown', sentence: m.verdict_not_all_checked(), whatNow: m.now_not_all_checked() }
  return { tone: 'genuine', sentence: m.verdict_genuine(), whatNow: m.now_genuine() }
}

/** The quiet lines under a verdict, in their order. */
export const lines = ['seal', 'issuer', 'validity', 'status'] as const
export type Line = (typeof lines)[number]

/** A line's name in the reader's language. */
export const lineName = (line: Line): string =>
  ({ seal: m.line_seal, issuer: m.line_issuer, validity: m.line_validity, status: m.line_status })[line]()

/** What a line found, in one or two words. */
export const outcomeName = (outcome: Finding['outcome']): string =>
  ({ passed: m.outcome_passed, failed: m.outcome_failed, unknown: m.outcome_unknown })[outcome]()

/** The reason of a finding: the problem's own sentence and its detail, or what was found. */
export function reason({ problem, note, check }: Finding): string {
  if (!problem) return note ? `${m.outcome_passed()}: ${note}` : check
  const title = problems[problem.code]?.title ?? problem.code
  return title === problem.detail ? title : `${title} ${problem.detail}`
}
