/** Files, addresses and standard input to reports. */
import { type Problem, ProblemError, problem, type Report } from '@cairn/core'
import { type Policy, standardPolicy, verify } from '@cairn/verifier'
import { doorSettings, evidenceSource } from './evidence-source.ts'
import type { Output } from './output.ts'
import { printReport } from './print-report.ts'
import { readBytes } from './read-input.ts'
import { readMoment } from './read-moment.ts'
import { type Given, UsageError } from './verb.ts'

/** Verifies each operand and answers the exit code: 0 all valid, 1 one invalid, 2 one undecided. */
export async function verifyFiles(given: Given, output: Output): Promise<number> {
  const now = readMoment(given.text('at'))
  const evidenceOf = evidenceSource(given, output.note)
  const verdicts = new Set<Report['verdict']>()
  for (const file of given.operands) {
    const report = await reportOn(file, evidenceOf, now, given)
    verdicts.add(report.verdict)
    output.data({ file, ...report })
    if (!output.json) printReport(file, report, output)
  }
  return verdicts.has('invalid') ? 1 : verdicts.has('indeterminate') ? 2 : 0
}

/** A file, an address or standard input to its report. What cannot be read still gets one. */
async function reportOn(file: string, evidenceOf: ReturnType<typeof evidenceSource>, now: string, given: Given): Promise<Report> {
  let bytes: Uint8Array
  try {
    bytes = await readAny(file, given)
  } catch (error) {
    if (error instanceof ProblemError) return unreadableReport(error.problem, now)
    throw error
  }
  return verify(bytes, await evidenceOf(bytes), policyOf(given), now)
}

/** The policy of the product, and what the holder of a presentation has to prove. */
function policyOf(given: Given): Policy {
  const holder = { required: given.has('require-key-binding'), audience: given.text('audience'), nonce: given.text('nonce') }
  const asked = holder.required || holder.audience !== undefined || holder.nonce !== undefined
  // A package that was kept for a lifetime is read where nobody knows its issuer any more; the report says whose registry spoke.
  const isAlone = given.text('trust') === undefined && given.text('evidence') === undefined
  return { ...standardPolicy, ...(asked ? { holder } : {}), ...(isAlone ? { packageRegistry: 'alone' as const } : {}) }
}

async function readAny(file: string, given: Given): Promise<Uint8Array> {
  if (!/^https?:\/\//i.test(file)) return readBytes(file)
  if (given.has('offline')) throw new UsageError('An address cannot be read with --offline.')
  const { fetchSafely } = await import('@cairn/online')
  return (await fetchSafely(file, doorSettings(given))).bytes
}

function unreadableReport(cause: Problem, at: string): Report {
  return {
    format: 'unknown',
    verdict: 'invalid',
    results: { seal: 'failed', issuer: 'unknown', validity: 'unknown', status: 'unknown' },
    findings: [{ check: 'format.readable', outcome: 'failed', problem: problem('format.unreadable', cause.detail) }],
    at,
  }
}
