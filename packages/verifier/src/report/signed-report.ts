/** A report that can be handed on: what was verified, by whom and when, signed. A compact JWS over canonical JSON (RFC 7515, RFC 8785). */
import {
  canonicalJson,
  isObject,
  type Json,
  type JsonObject,
  millis,
  type Outcome,
  ProblemError,
  type Report,
  type Results,
  type Verdict,
} from '@cairn/core'
import { digest, type Signer, signCompact, toHex } from '@cairn/seals'

/** `typ` of a signed report. */
export const signedReportType = 'verification-report+jwt'

/** The name of the form, so that a reader knows what it holds. */
const form = 'cairn-verification-report-1'

/** What is read of a signed report. `seen` are the few values of the credential that are shown again. */
export interface ReportedVerdict {
  /** SHA-256 of the bytes that were verified, in hexadecimal. */
  readonly sha256: string
  readonly format: string
  readonly verdict: Verdict
  readonly results: Results
  /** The moment that the report is true for (RFC 3339). */
  readonly at: string
  readonly seen?: {
    readonly title: string
    readonly learner: string
    readonly awardingBody: string
    readonly issuer: string
    readonly issued: string
  }
}

/** Signs a report on these bytes. The picture of the credential is left out; everything else of the report is inside. */
export async function signReport(bytes: Uint8Array, report: Report, signer: Signer): Promise<string> {
  const { image: _picture, ...view } = report.view ?? {}
  const told: Report = report.view ? { ...report, view: view as Report['view'] & {} } : report
  const document = { sha256: toHex(await digest('SHA-256', bytes)), bytes: bytes.length }
  const payload = { form, document, report: JSON.parse(JSON.stringify(told)) as Json }
  return signCompact(canonicalJson(payload), signedReportType, signer)
}

/** Reads the payload of a signed report. Raises `report.unreadable`. */
export function readReported(payload: JsonObject): ReportedVerdict {
  const bad = (pointer: string): never => {
    throw new ProblemError('report.unreadable', 'A part of the report is not as it should be.', pointer)
  }
  const objectAt = (value: Json | undefined, pointer: string): JsonObject => (isObject(value) ? value : bad(pointer))
  const textAt = (value: Json | undefined, pointer: string): string => (typeof value === 'string' ? value : bad(pointer))
  if (payload.form !== form) bad('/form')
  const sha256 = textAt(objectAt(payload.document, '/document').sha256, '/document/sha256')
  if (!/^[0-9a-f]{64}$/.test(sha256)) bad('/document/sha256')
  const report = objectAt(payload.report, '/report')
  const outcomes = objectAt(report.results, '/report/results')
  const outcome = (name: string): Outcome => {
    const said = outcomes[name]
    return said === 'passed' || said === 'failed' || said === 'unknown' ? said : bad(`/report/results/${name}`)
  }
  const { verdict } = report
  const at = textAt(report.at, '/report/at')
  if (Number.isNaN(millis(at))) bad('/report/at')
  const view = report.view === undefined ? undefined : objectAt(report.view, '/report/view')
  const seen = (name: string) => textAt(view?.[name], `/report/view/${name}`)
  return {
    sha256,
    format: textAt(report.format, '/report/format'),
    verdict: verdict === 'valid' || verdict === 'invalid' || verdict === 'indeterminate' ? verdict : bad('/report/verdict'),
    results: {
      seal: outcome('seal'),
      issuer: outcome('issuer'),
      validity: outcome('validity'),
      status: outcome('status'),
      ...(outcomes.holder === undefined ? {} : { holder: outcome('holder') }),
      ...(outcomes.parts === undefined ? {} : { parts: outcome('parts') }),
    },
    at,
    ...(view && {
      seen: {
        title: seen('title'),
        learner: seen('learner'),
        awardingBody: seen('awardingBody'),
        issuer: seen('issuer'),
        issued: seen('issued'),
      },
    }),
  }
}
