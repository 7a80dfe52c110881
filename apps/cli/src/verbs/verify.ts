/** `cairn verify`: the full report on anything. */
import { EvidenceAnswer } from '@cairn/api'
import { type Problem, ProblemError, problem, type Report, TrustRegistry } from '@cairn/core'
import { type Evidence, standardPolicy, verify } from '@cairn/verifier'
import { printReport } from '../print-report.ts'
import { readBytes, readOption } from '../read-input.ts'
import { readMoment } from '../read-moment.ts'
import { type Given, UsageError, type Verb } from '../verb.ts'

export const verifyVerb: Verb = {
  help: `cairn verify FILE|URL… [--trust FILE] [--at DATE] [--evidence FILE] [--offline]

Checks credentials: is the seal intact, who sealed, does it count at this time, was it revoked.

  --trust FILE     who may seal what: anchors and issuers, as JSON
  --evidence FILE  trust and status lists gathered before, as JSON; nothing is fetched then
  --allow ORIGIN   fetch from here although it is this machine or plain http, such as http://localhost:8080
  --offline        nothing is fetched: a status that is published elsewhere stays unknown
  --at DATE        judged at this moment, a day (its beginning in UTC) or 2026-05-12T10:00:00Z (default: now)
  --json           one line a file: the report

Exit codes: 0 valid, 1 invalid, 2 undecided, 64 not understood.`,
  options: {
    trust: { type: 'string' },
    evidence: { type: 'string' },
    allow: { type: 'string' },
    offline: { type: 'boolean' },
    at: { type: 'string' },
    detached: { type: 'string' },
    audience: { type: 'string' },
    nonce: { type: 'string' },
    'require-key-binding': { type: 'boolean' },
  },
  async run(given, output) {
    for (const later of ['detached', 'audience', 'nonce'])
      if (given.text(later) !== undefined) throw new UsageError(`--${later} is not there yet.`)
    if (given.has('require-key-binding')) throw new UsageError('--require-key-binding is not there yet.')
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
async function reportOn(file: string, evidenceOf: (bytes: Uint8Array) => Promise<Evidence>, now: string, given: Given): Promise<Report> {
  let bytes: Uint8Array
  try {
    bytes = await readAny(file, given)
  } catch (error) {
    if (error instanceof ProblemError) return unreadableReport(error.problem, now)
    throw error
  }
  return verify(bytes, await evidenceOf(bytes), standardPolicy, now)
}

async function readAny(file: string, given: Given): Promise<Uint8Array> {
  if (!/^https?:\/\//i.test(file)) return readBytes(file)
  if (given.has('offline')) throw new UsageError('An address cannot be read with --offline.')
  const { fetchSafely } = await import('@cairn/online')
  return (await fetchSafely(file, doorSettings(given))).bytes
}

/** Only what the person at the keyboard names may be on this machine or without TLS. */
function doorSettings(given: Given): { ownOrigins: string[] } {
  const allowed = given.text('allow')
  if (allowed === undefined) return { ownOrigins: [] }
  if (!URL.canParse(allowed) || new URL(allowed).origin !== allowed.replace(/\/$/, ''))
    throw new UsageError('--allow names an origin such as http://localhost:8080.')
  return { ownOrigins: [new URL(allowed).origin] }
}

/** Where the evidence of each file comes from: a file made before, nowhere, or the status lists that the credential names. */
function evidenceSource(given: Given): (bytes: Uint8Array) => Promise<Evidence> {
  const made = given.text('evidence')
  const trust = given.text('trust')
  const registry = trust === undefined ? undefined : readOption(TrustRegistry, trust, 'trust file')
  if (made !== undefined) {
    const { statusLists, retrievedAt, ...gathered } = readOption(EvidenceAnswer, made, 'evidence')
    const lists = Object.fromEntries(
      Object.entries(statusLists).map(([address, base64]) => [address, new Uint8Array(Buffer.from(base64, 'base64'))]),
    )
    return async () => ({ registry: registry ?? gathered.registry, statusLists: lists, retrievedAt })
  }
  const settings = doorSettings(given)
  const known = registry ?? TrustRegistry.parse({})
  if (given.has('offline')) return async () => nothingFetched(known)
  return async (bytes) => {
    const { fetchSafely, gather } = await import('@cairn/online')
    return gather(bytes, known, (address) => fetchSafely(address, settings))
  }
}

const nothingFetched = (registry: TrustRegistry): Evidence => ({ registry, statusLists: {}, retrievedAt: new Date().toISOString() })

function unreadableReport(cause: Problem, at: string): Report {
  return {
    format: 'unknown',
    verdict: 'invalid',
    results: { seal: 'failed', issuer: 'unknown', validity: 'unknown', status: 'unknown' },
    findings: [{ check: 'format.readable', outcome: 'failed', problem: problem('format.unreadable', cause.detail) }],
    at,
  }
}
