/** Reports put together: what every form of credential ends in. */
import { type Finding, type Problem, problem, type Report, type Results, verdictOf } from '@cairn/core'
import { finding } from '../checks/result.ts'

/** A report of results and findings; the verdict follows from the results, and a sub-indication stands only where it is not valid. */
export function report(format: string, now: string, findings: readonly Finding[], results: Results, subIndication?: string): Report {
  const verdict = verdictOf(results)
  return { format, verdict, ...(verdict !== 'valid' && subIndication ? { subIndication } : {}), results, findings, at: now }
}

/** A report that could not be made: nothing is known, and this is why. */
export function undecided(format: string, what: Problem, now: string): Report {
  const unknown = { seal: 'unknown', issuer: 'unknown', validity: 'unknown', status: 'unknown' } as const
  return report(format, now, [finding('format.readable', 'unknown', { problem: what })], unknown)
}

/** A report on what cannot be read as a sealed credential: FORMAT_FAILURE (EN 319 102-1, 5.1.3). */
export function refused(format: string, what: Problem, now: string): Report {
  const check = what.code === 'seal.missing' ? 'seal.intact' : 'format.readable'
  // What the strict parser refuses is unreadable, and the parser's own reason stands beside it.
  const unreadable = what.code.startsWith('json.') ? [problem('format.unreadable', 'The document cannot be read without doubt.')] : []
  return report(
    format,
    now,
    [...unreadable, what].map((each) => finding(check, 'failed', { problem: each })),
    { seal: 'failed', issuer: 'unknown', validity: 'unknown', status: 'unknown' },
    'FORMAT_FAILURE',
  )
}
