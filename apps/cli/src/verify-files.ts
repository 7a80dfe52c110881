/** Files, addresses and standard input to reports. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Problem, ProblemError, problem, type Report } from '@cairn/core'
import type { Signer } from '@cairn/seals'
import { type PartJudged, type Policy, signReport, standardPolicy, verifyEach } from '@cairn/verifier'
import { withParts } from './check-parts.ts'
import { doorSettings, evidenceSource } from './evidence-source.ts'
import { secretsFor } from './keys/secrets.ts'
import type { Output } from './output.ts'
import { printReport } from './print-report.ts'
import { readBytes } from './read-input.ts'
import { readMoment } from './read-moment.ts'
import { type Given, UsageError } from './verb.ts'

/** Verifies each operand, and each part of what holds several; answers the exit code: 0 all valid, 1 one invalid, 2 one undecided. */
export async function verifyFiles(given: Given, output: Output): Promise<number> {
  const now = readMoment(given.text('at'))
  const evidenceOf = evidenceSource(given, output.note)
  const reporter = await reporterOf(given)
  const verdicts = new Set<Report['verdict']>()
  for (const file of given.operands) {
    const judged = await withParts(await reportsOn(file, evidenceOf, now, given), given, (part) => reportsOn(part, evidenceOf, now, given))
    for (const [index, { report, part }] of judged.entries()) {
      verdicts.add(report.verdict)
      const named = part.name ? `${file}, ${part.name}` : file
      const signed = reporter && part.bytes.length > 0 ? placeOf(file, judged.length > 1 ? index + 1 : undefined, given) : undefined
      if (reporter && signed !== undefined) write(signed, await signReport(part.bytes, report, reporter))
      output.data({ file, ...(part.name ? { part: part.name } : {}), ...report, ...(signed === undefined ? {} : { signedReport: signed }) })
      if (!output.json) printReport(named, report, output)
      if (signed !== undefined) output.say(`  The signed report is in ${signed}.`)
    }
  }
  return verdicts.has('invalid') ? 1 : verdicts.has('indeterminate') ? 2 : 0
}

/** A file, an address or standard input to its reports. What cannot be read still gets one. */
async function reportsOn(file: string, evidenceOf: ReturnType<typeof evidenceSource>, now: string, given: Given): Promise<PartJudged[]> {
  let bytes: Uint8Array
  try {
    bytes = await readAny(file, given)
  } catch (error) {
    if (error instanceof ProblemError)
      return [{ report: unreadableReport(error.problem, now), part: { name: '', bytes: new Uint8Array() } }]
    throw error
  }
  // An evidence package is judged whole: where nobody knows its issuer any more its own registry speaks, and the report says so.
  return verifyEach(bytes, evidenceOf, policyOf(given), now, 'whole')
}

/** The key of `--report-key`, opened. */
async function reporterOf(given: Given): Promise<Signer | undefined> {
  const place = given.text('report-key')
  if (place === undefined) {
    if (given.text('report') !== undefined) throw new UsageError('Which key signs the report? Give --report-key FILE.')
    return undefined
  }
  if (given.text('report') !== undefined && given.operands.length > 1) throw new UsageError('--report is for one file at a time.')
  const { openKey, readAnyKey } = await import('@cairn/keys')
  const key = readAnyKey(place)
  return openKey(key, secretsFor(key, given))
}

/** Where the signed report of a file goes; those of several parts are numbered. */
function placeOf(file: string, number: number | undefined, given: Given): string {
  const asked = given.text('report')
  const name = path.basename(URL.parse(file)?.pathname ?? file)
  const place = asked ?? `${file === '-' || name === '' ? 'verification' : name}.report.jwt`
  return number === undefined ? place : place.replace(/(\.report)?(\.jwt)?$/, `.${number}$1$2`)
}

/** Writes a signed report; nothing is written over. */
function write(place: string, signed: string): void {
  try {
    writeFileSync(place, `${signed}\n`, { flag: 'wx' })
  } catch (error) {
    throw new UsageError(`The report cannot be written to ${place} (${(error as NodeJS.ErrnoException).code}).`)
  }
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
