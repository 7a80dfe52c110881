/** Whether the credential says that it is current (W3C data model, 4.9; ELM validFrom, validUntil). */
import { type Finding, millis, problem } from '@cairn/core'
import type { VerdictFacts } from '@cairn/formats'
import { type CheckResult, finding, outcomeOf } from './result.ts'

const clause = 'VC data model, 4.9'

/** Judges beginning and end by the one clock; `skew` in seconds is granted at the beginning alone. */
export function checkValidityPeriod({ validFrom, validUntil }: VerdictFacts, now: string, skew: number): CheckResult {
  const findings: Finding[] = [
    judge('validity.from', validFrom, (moment) => millis(now) + skew * 1000 < moment, 'validity.not-yet', 'It begins on'),
    judge('validity.until', validUntil, (moment) => millis(now) > moment, 'validity.ended', 'It ended on'),
  ].filter((each) => each !== undefined)
  if (findings.length === 0) findings.push(finding('validity.until', 'passed', { clause, note: 'no end' }))
  return { outcome: outcomeOf(findings), findings }
}

function judge(
  check: string,
  text: string | undefined,
  wrong: (moment: number) => boolean,
  code: 'validity.not-yet' | 'validity.ended',
  words: string,
) {
  if (text === undefined) return undefined
  const moment = millis(text)
  if (Number.isNaN(moment))
    return finding(check, 'unknown', { problem: problem('validity.unreadable', 'A date is not written as a date.'), clause })
  if (wrong(moment)) return finding(check, 'failed', { problem: problem(code, `${words} ${text.slice(0, 10)}.`), clause })
  return finding(check, 'passed', { clause, note: text })
}
