/** The whole question: is this credential true, who stands behind it, is it current, was it revoked. The checks, in order, on one page. */
import {
  type Finding,
  type JsonObject,
  millis,
  type Problem,
  ProblemError,
  parseJson,
  problem,
  type Report,
  type Results,
  verdictOf,
} from '@cairn/core'
import { detectFormat, factsForVerdict, readElm } from '@cairn/formats'
import { type Certificate, carriedCertificates, parseCertificateText, readJades, type SealRead } from '@cairn/seals'
import { checkIssuerTrusted, registryBlock } from './checks/issuer-trusted.ts'
import { finding } from './checks/result.ts'
import { checkSealIntact } from './checks/seal-intact.ts'
import { checkSealTimeStamps } from './checks/seal-time-stamps.ts'
import { checkStatusLists } from './checks/status-list.ts'
import { checkValidityPeriod } from './checks/validity-period.ts'
import type { Evidence, Policy } from './evidence.ts'

/**
 * Verifies anything. Pure: bytes, evidence, policy and the time (RFC 3339) go in, a report comes out; nothing is fetched, and nothing is thrown
 * whatever the bytes are. Values to show are in `view` alone, which is absent when the seal fails (R-DISP-1).
 * @example const report = await verify(bytes, { registry, statusLists: {}, retrievedAt: now }, standardPolicy, now)
 */
export async function verify(bytes: Uint8Array, evidence: Evidence, policy: Policy, now: string): Promise<Report> {
  if (Number.isNaN(millis(now))) return undecided('unknown', problem('input.invalid', 'The moment to judge at is none.'), now)
  const format = detectFormat(bytes)
  if (format === 'elm-unsealed')
    return refused(format, problem('seal.missing', 'The document carries no seal, so anybody can have written it.'), now)
  if (format !== 'elm-jades' && format !== 'jwt')
    return refused(
      format,
      problem(
        'format.unreadable',
        format === 'unknown' ? 'This is no credential in a form that we know.' : `We do not verify this form yet (${format}).`,
      ),
      now,
    )
  try {
    const seal = readJades(bytes)
    const document = documentOf(seal)
    return await examine(format, seal, document, evidence, policy, now)
  } catch (error) {
    if (error instanceof ProblemError) return refused(format, error.problem, now)
    // A surprise is a fault of ours and no verdict on the document: could not be checked.
    return undecided(format, problem('server.internal', 'This could not be judged.'), now)
  }
}

async function examine(
  format: string,
  seal: SealRead,
  document: JsonObject,
  evidence: Evidence,
  policy: Policy,
  now: string,
): Promise<Report> {
  const sealed = await checkSealIntact(seal)
  if (sealed.outcome !== 'passed')
    return report(
      format,
      now,
      sealed.findings,
      { seal: 'failed', issuer: 'unknown', validity: 'unknown', status: 'unknown' },
      sealed.subIndication,
    )

  const [signature] = seal.signatures
  const [leaf, ...inHeader] = signature!.certificates
  const anchors = anchorsOf(evidence)
  const facts = factsForVerdict(document)
  const stamps = await checkSealTimeStamps(seal, anchors, now)
  const others = [...inHeader, ...carriedCertificates(signature!)]
  const issuer = await checkIssuerTrusted({
    leaf: leaf!,
    others,
    anchors,
    registry: evidence.registry,
    facts,
    provenAt: stamps.provenAt,
    claimedAt: signature!.claimedAt,
    now,
  })
  const validity = checkValidityPeriod(facts, now, policy.clockSkewSeconds)
  const status = await checkStatusLists({ facts, leaf: leaf!, issuer: issuer.entry, anchors, evidence, policy, now })

  const results: Results = { seal: stamps.outcome, issuer: issuer.outcome, validity: validity.outcome, status: status.outcome }
  const findings = [sealed, stamps, issuer, validity, status].flatMap((check) => check.findings)
  const failed = [issuer, validity, status].find((check) => check.outcome === 'failed')
  const first = failed ?? [stamps, issuer, validity, status].find((check) => check.outcome === 'unknown')
  return {
    ...report(format, now, findings, results, first?.subIndication),
    view: readElm(document),
    ...(issuer.entry ? { registry: registryBlock(issuer.entry) } : {}),
  }
}

/** The sealed document, strictly parsed: what a lenient reader would see differently is refused (R-JSON-1). */
function documentOf(seal: SealRead): JsonObject {
  // A payload that is sealed as it stands is at hand as text; in base64url it is bytes.
  const document = parseJson(seal.signatures[0]!.encoded ? seal.payload : seal.payloadText)
  if (document === null || typeof document !== 'object' || Array.isArray(document) || detectTypes(document).length === 0)
    throw new ProblemError('format.unreadable', 'What is sealed is no credential that we know.')
  return document
}

function detectTypes({ type }: JsonObject): string[] {
  return (Array.isArray(type) ? type : [type]).filter(
    (each) => each === 'EuropeanDigitalCredential' || each === 'VerifiableCredential',
  ) as string[]
}

/** Anchors of the registry; one that cannot be read vouches for nobody. */
function anchorsOf({ registry }: Evidence): Certificate[] {
  return registry.anchors.flatMap((text) => {
    try {
      return [parseCertificateText(text)]
    } catch (error) {
      if (error instanceof ProblemError) return []
      throw error
    }
  })
}

function report(format: string, now: string, findings: readonly Finding[], results: Results, subIndication?: string): Report {
  const verdict = verdictOf(results)
  return { format, verdict, ...(verdict !== 'valid' && subIndication ? { subIndication } : {}), results, findings, at: now }
}

function undecided(format: string, what: Problem, now: string): Report {
  const unknown = { seal: 'unknown', issuer: 'unknown', validity: 'unknown', status: 'unknown' } as const
  return report(format, now, [finding('format.readable', 'unknown', { problem: what })], unknown)
}

function refused(format: string, what: Problem, now: string): Report {
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
