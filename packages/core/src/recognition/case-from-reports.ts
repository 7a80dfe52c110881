/** From verification reports to a case: what a body decides on was verified first, and what a credential does not say stays unknown. */
import { ProblemError } from '../problems.ts'
import { readAs } from '../read-as.ts'
import type { Report, SignedView } from '../report.ts'
import { saidDay } from '../time.ts'
import { type CredentialFacts, RecognitionCase, type WorkloadFact } from './case.ts'
import type { TargetForm } from './target.ts'
import type { AwardType, Mode, ProofKind } from './words.ts'

/** What stands beside the reports: which question is asked, on which day, and what people found out that no seal says. */
export interface CaseGround {
  id: string
  /** Day of the application, `2026-05-12`. */
  asOf: string
  target: string
  /** A post counts hours, everything else credits: the reading that comes first. */
  form: TargetForm
  policies: readonly string[]
  agreements?: readonly string[]
  applicant?: RecognitionCase['applicant']
  /** By credential id: facts that a person of the body added. They fill what the credential leaves open, and never replace what was signed. */
  known?: Readonly<Record<string, Partial<CredentialFacts>>>
}

const awardTypes: Readonly<Record<string, AwardType>> = {
  'micro-credential': 'successful-completion',
  'certificate-of-completion': 'successful-completion',
  diploma: 'successful-completion',
  'certificate-of-participation': 'participation',
  'certificate-of-attendance': 'attendance',
}
const sealFormats = new Set(['elm-jades', 'pdf'])
const walletFormats = new Set(['open-badge', 'open-badge-jwt', 'verifiable-credential', 'sd-jwt', 'vc-jwt', 'png', 'svg'])
const supervisions: Readonly<Record<string, { supervised: boolean; idVerified: boolean }>> = {
  'supervised with id verification': { supervised: true, idVerified: true },
  'supervised without id verification': { supervised: true, idVerified: false },
  'unsupervised with id verification': { supervised: false, idVerified: true },
  'unsupervised without id verification': { supervised: false, idVerified: false },
}
const modeWords: Readonly<Record<string, Mode>> = { presential: 'presential', online: 'online', blended: 'blended' }

/**
 * The facts that one report carries, `null` where neither the seal nor the registry says. Raises `recognition.not-sealed` for a report whose seal did
 * not hold or could not be checked: unverified input gives no facts.
 */
export function factsFromReport(report: Report, form: TargetForm): CredentialFacts {
  const { view, results } = report
  if (results.seal !== 'passed' || !view)
    throw new ProblemError('recognition.not-sealed', 'The seal of this credential did not hold, so nothing it says can be decided on.')
  const known = results.issuer === 'passed'
  return {
    id: view.id,
    title: view.title,
    awardType: awardTypes[view.kind ?? ''] ?? null,
    issuer: known ? (report.registry?.id ?? null) : null,
    issueDate: saidDay(view.awardDate) ?? saidDay(view.issued) ?? null,
    learningEnd: null,
    ...(saidDay(view.validUntil) ? { validUntil: saidDay(view.validUntil) } : {}),
    proof: known ? proofOf(report) : null,
    status: statusOf(report),
    holderMatch: results.holder === 'passed' ? 'verified' : results.holder === 'failed' ? 'mismatch' : null,
    eqf: view.level?.eqf ?? null,
    workload: workloadOf(view, form),
    assessment: assessmentOf(view),
    mode: modeOf(view),
    matches: null,
    // That no number is told is a fact of what was sealed; the seal itself is judged by its kind.
    marks: { reference: view.referenceNumber ?? null, signature: null, seal: null },
    competencies: null,
    skills: null,
    achievement: view.achievement ?? null,
    edition: null,
    providerAuthorised: null,
    vetLevel: null,
    elements: null,
  }
}

/**
 * A case from verified reports, read by the schema that the command line reads. Raises `recognition.not-sealed`, and `input.invalid` for a case that
 * cannot be decided, such as two reports on the same credential.
 */
export function caseFromReports(reports: readonly Report[], ground: CaseGround): RecognitionCase {
  const credentials = reports.map((report) => {
    const facts = factsFromReport(report, ground.form)
    return withKnown(facts, ground.known?.[facts.id])
  })
  return readAs(RecognitionCase, {
    id: ground.id,
    type: 'recognition',
    asOf: ground.asOf,
    credentials,
    target: ground.target,
    policies: [...ground.policies],
    ...(ground.agreements ? { agreements: [...ground.agreements] } : {}),
    ...(ground.applicant ? { applicant: ground.applicant } : {}),
  } as never)
}

/** What a person knows, in the places that the credential leaves open: parts of an assessment one by one, everything else as a whole. */
export function withKnown(facts: CredentialFacts, known: Partial<CredentialFacts> | undefined): CredentialFacts {
  if (!known) return facts
  const added = Object.fromEntries(
    Object.entries(known).filter(([name, value]) => value != null && facts[name as keyof CredentialFacts] == null),
  )
  const assessment = facts.assessment
    ? { ...known.assessment, ...Object.fromEntries(Object.entries(facts.assessment).filter(([, value]) => value != null)) }
    : (known.assessment ?? null)
  return { ...facts, ...added, id: facts.id, assessment }
}

function proofOf({ format, qualification }: Report): ProofKind | null {
  if (qualification?.qualification === 'qualified-seal') return 'qualified-eseal'
  if (sealFormats.has(format)) return 'advanced-eseal'
  return walletFormats.has(format) ? 'wallet-vc' : null
}

function statusOf({ results, findings }: Report): CredentialFacts['status'] {
  const codes = new Set(findings.map(({ problem }) => problem?.code))
  if (codes.has('status.revoked') || codes.has('status.superseded')) return 'revoked'
  if (codes.has('status.suspended')) return 'suspended'
  if (results.issuer === 'failed' || codes.has('validity.not-yet')) return 'invalid'
  // Past its end is no fault of the credential: requirements on age and end look at the dates.
  return results.issuer === 'passed' && results.status === 'passed' ? 'valid' : 'unknown'
}

/** Both readings of the size, that of the target first: only the first that can be converted counts. */
function workloadOf({ workload }: SignedView, form: TargetForm): WorkloadFact[] | null {
  const { ects, hours } = workload ?? {}
  const perCredit = ects && hours ? hours / ects : undefined
  const stated = perCredit !== undefined && perCredit >= 1 && perCredit <= 100 ? { hoursPerECTS: perCredit } : {}
  const credits: WorkloadFact[] = ects === undefined ? [] : [{ value: ects, unit: 'ECTS', basis: 'total' }]
  const time: WorkloadFact[] = hours === undefined ? [] : [{ value: hours, unit: 'hours', basis: 'total', ...stated }]
  const readings = form === 'post' ? [...time, ...credits] : [...credits, ...time]
  return readings.length > 0 ? readings : null
}

/** Supervised when every assessment says so, not supervised when one says it was not; else nobody told. */
function assessmentOf({ assessments }: SignedView): CredentialFacts['assessment'] {
  if (assessments.length === 0) return null
  const told = assessments.map(({ supervision }) => supervisions[supervision?.trim().toLowerCase() ?? ''])
  const all = (part: 'supervised' | 'idVerified') =>
    told.some((each) => each?.[part] === false) ? false : told.every((each) => each?.[part] === true) ? true : null
  const types = new Set(assessments.map(({ type }) => type))
  return {
    type: types.size === 1 ? ([...types][0] ?? null) : null,
    supervised: all('supervised'),
    idVerified: all('idVerified'),
    inPerson: null,
  }
}

function modeOf({ participation }: SignedView): Mode | null {
  const found = new Set(participation.flatMap((each) => modeWords[each.trim().toLowerCase()] ?? []))
  return found.size === 1 ? [...found][0]! : null
}
