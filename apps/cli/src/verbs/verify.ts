/** `cairn verify`: the full report on anything. */
import { type Problem, ProblemError, problem, type Report } from '@cairn/core'
import { type Policy, standardPolicy, verify } from '@cairn/verifier'
import { doorSettings, evidenceSource } from '../evidence-source.ts'
import { printReport } from '../print-report.ts'
import { readBytes } from '../read-input.ts'
import { readMoment } from '../read-moment.ts'
import { type Given, UsageError, type Verb } from '../verb.ts'

export const verifyVerb: Verb = {
  help: `cairn verify FILE|URL… [--trust FILE] [--at DATE] [--evidence FILE] [--offline]

Checks credentials: is the seal intact, who sealed, does it count at this time, was it revoked.

  --trust FILE     who may seal what: anchors and issuers, as JSON
  --evidence FILE  trust, status lists and statements on revocation gathered before, as JSON; nothing is fetched then
  --save-evidence FILE
                   what was gathered, to be given back with --evidence: the report is then the same anywhere
  --detached FILE  what a seal covers that lies in a file of its own (several with a comma between them)
  --allow ORIGIN   fetch from here although it is this machine or plain http, such as http://localhost:8080
  --offline        nothing is fetched: a status that is published elsewhere stays unknown
  --at DATE        judged at this moment, a day (its beginning in UTC) or 2026-05-12T10:00:00Z (default: now)
  --audience URL   a presentation has to be made for this verifier, and
  --nonce TEXT     for this question; either asks for the holder's proof, as does
  --require-key-binding
  --json           one line a file: the report

Exit codes: 0 valid, 1 invalid, 2 undecided, 64 not understood.`,
  options: {
    trust: { type: 'string' },
    evidence: { type: 'string' },
    'save-evidence': { type: 'string' },
    allow: { type: 'string' },
    offline: { type: 'boolean' },
    at: { type: 'string' },
    detached: { type: 'string' },
    audience: { type: 'string' },
    nonce: { type: 'string' },
    'require-key-binding': { type: 'boolean' },
  },
  async run(given, output) {
    if (given.operands.length === 0) throw new UsageError('Which file?')
    const now = readMoment(given.text('at'))
    const evidenceOf = evidenceSource(given)
    const verdicts = new Set<Report['verdict']>()
    for (const file of given.operands) {
      const report = await reportOn(file, evidenceOf, now, given)
      verdicts.add(report.verdict)
      output.data({ file, ...report })
      if (!output.json) printReport(file, report, output)
    }
    return verdicts.has('invalid') ? 1 : verdicts.has('indeterminate') ? 2 : 0
  },
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
  return asked ? { ...standardPolicy, holder } : standardPolicy
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
