/** From a stored request to a proposal: the body's rules in force, its ledger, what people compared and found out, and the engine. */
import { createHash, createHmac } from 'node:crypto'
import {
  canonicalJson,
  caseFromReports,
  type Decision,
  formOf,
  formsOfPurpose,
  type Json,
  type JsonObject,
  type LangString,
  type Organisation,
  type RecognitionCase,
  type Report,
  readLibrary,
  recognise,
  type TargetForm,
} from '@cairn/core'
import {
  grantedBefore,
  listVersions,
  type RecognitionRow,
  readComparison,
  readCredential,
  readListSequence,
  readTargetRow,
  type TargetRow,
  type TenantTransaction,
  type VersionRow,
} from '@cairn/store'
import { type Context, derivedSecret, found, type Installation } from './context.ts'
import { reportOn } from './shared-reports.ts'
import { agreementsInForce } from './sharing/agreements.ts'

/** SHA-256 as base64url: the hash of a policy. */
export const hashText = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** The hash of a policy: RFC 8785 without `proof`. */
export function hashOfPolicy({ proof: _, ...signed }: JsonObject): string {
  return hashText(canonicalJson(signed))
}

/** The learner's link to a request: made from its id and the installation's secret, so that every mail can name it and no row holds it. */
export function linkToken({ config }: Pick<Installation, 'config'>, id: string): string {
  return createHmac('sha256', derivedSecret(config, 'recognition-links')).update(id).digest('base64url')
}

export const urnOf = (id: string): string => `urn:uuid:${id}`
export const titleOf = (content: JsonObject): LangString => (content.title ?? { en: '' }) as LangString
export const formOfTarget = ({ content }: Pick<TargetRow, 'content'>): TargetForm => formOf(content) ?? 'module'

const purposesOf = ({ purpose }: JsonObject): string[] => (Array.isArray(purpose) ? purpose.map(String) : [String(purpose)])

/** The newest of each draft's versions that are still offered, in the order of the drafts. */
export function newestOffered(versions: readonly VersionRow[]): VersionRow[] {
  const newest = new Map<string, VersionRow>()
  for (const row of versions) if (!row.retiredAt && (newest.get(row.draft)?.version ?? 0) < row.version) newest.set(row.draft, row)
  return [...newest.values()]
}

/** The newest version of each policy that is offered and in force on a day, of one purpose when named. */
export function policiesInForce(versions: readonly VersionRow[], day: string, purpose?: string): VersionRow[] {
  const inForce = versions.filter(({ content }) => {
    const [from, to] = content.effective as [string, string | null]
    return from <= day && (to === null || day <= to)
  })
  return newestOffered(inForce).filter(({ content }) => purpose === undefined || purposesOf(content).includes(purpose))
}

/** True when there may be a day and a purpose for which both are in force. */
export function applyTogether(one: JsonObject, other: JsonObject): boolean {
  const [from, to] = one.effective as [string, string | null]
  const [begin, end] = other.effective as [string, string | null]
  const apart = (to !== null && to < begin) || (end !== null && end < from)
  return !apart && purposesOf(one).some((purpose) => purposesOf(other).includes(purpose))
}

/** True when rules can be asked about a target of this form: rules for hours say nothing of a module. */
export const canBeAsked = ({ content }: Pick<VersionRow, 'content'>, form: TargetForm): boolean =>
  purposesOf(content).some((purpose) => (formsOfPurpose as Record<string, readonly TargetForm[]>)[purpose]?.includes(form))

/** Purposes that policies in force are for. */
export const purposesOfAll = (versions: readonly VersionRow[]): string[] =>
  [...new Set(versions.flatMap(({ content }) => purposesOf(content)))].sort()

/** Days within which the strictest of the policies promises an answer, and within which an appeal is possible: the longest. */
export function procedureOf(versions: readonly VersionRow[]): { deadlineDays: number; appealDays: number; automaticFull: boolean } {
  const told = versions.map(
    ({ content }) => (content.procedure ?? {}) as { deadlineDays?: number; appealDays?: number; automaticFull?: boolean },
  )
  return {
    deadlineDays: Math.min(120, ...told.map(({ deadlineDays = 60 }) => deadlineDays)),
    appealDays: Math.max(14, ...told.map(({ appealDays = 28 }) => appealDays)),
    automaticFull: told.length > 0 && told.every(({ automaticFull }) => automaticFull === true),
  }
}

/** Everything that a decision rests on: the library and the case are what `cairn recognise` reads. */
export interface ProposedDecision {
  library: { policies: JsonObject; targets: JsonObject; accreditationRegistry: Json[]; agreements?: JsonObject }
  given: RecognitionCase
  decision: Decision
  versions: VersionRow[]
  target: TargetRow
  comparison?: { matches: Record<string, 'full' | 'partial' | 'none'>; by: string; at: string }
  precedent: string
}

/**
 * Decides a request as it stands. Raises `recognition.not-sealed` when the seal does not hold any more, `input.invalid` when rules that apply
 * together cannot be read together.
 */
export async function proposeFor(tx: TenantTransaction, body: Organisation, row: RecognitionRow, today: string): Promise<ProposedDecision> {
  const target = found(await readTargetRow(tx, row.target))
  const versions = policiesInForce(await listVersions(tx, 'policy'), row.submittedAt.slice(0, 10), row.purpose)
  const comparison = row.achievement ? await readComparison(tx, row.achievement, row.target) : undefined
  const agreements = await agreementsInForce(tx, row.submittedAt.slice(0, 10), hashText)
  const agreed = Object.keys(agreements)
  const { accredited, known } = knownFacts(row, comparison?.matches, agreed.length > 0)
  const library = {
    policies: Object.fromEntries(versions.map(({ id, content }) => [urnOf(id), content])),
    targets: { [urnOf(target.id)]: { ...target.content, body: body.id } },
    accreditationRegistry: accreditationRecords(row, accredited, today),
    ...(agreed.length > 0 ? { agreements } : {}),
  }
  const given = caseFromReports(row.reports, {
    id: urnOf(row.id),
    asOf: row.submittedAt.slice(0, 10),
    target: urnOf(target.id),
    form: formOfTarget(target),
    policies: versions.map(({ id }) => urnOf(id)),
    ...(agreed.length > 0 ? { agreements: agreed } : {}),
    applicant: await ledgerOf(tx, row),
    known,
  })
  const decision = recognise(given, readLibrary(library as unknown as Json), hashText)
  const key = [row.achievement ?? row.credential, row.target, ...decision.policies.map(({ hash }) => hash)]
  return { library, given, decision, versions, target, ...(comparison ? { comparison } : {}), precedent: hashText(key.join(' ')) }
}

/**
 * What people of the body found out, by credential. An outcome compared as `none` is known not to be matched. Where agreements count by the end of learning
 * it is taken to be the day of the award: learning ends no later.
 */
function knownFacts(row: RecognitionRow, matches: Record<string, string> | undefined, withEnd: boolean) {
  const { accredited, supervised, idVerified, inPerson, ...plain } = row.known as Record<string, unknown>
  const assessment = Object.fromEntries(Object.entries({ supervised, idVerified, inPerson }).filter(([, value]) => value !== undefined))
  const compared = matches && Object.fromEntries(Object.entries(matches).filter(([, match]) => match !== 'none'))
  const facts = {
    ...plain,
    ...(Object.keys(assessment).length > 0 ? { assessment } : {}),
    ...(compared ? { matches: compared as Record<string, 'full' | 'partial'> } : {}),
  }
  return {
    accredited: accredited as boolean | undefined,
    known: Object.fromEntries(
      row.reports.flatMap(({ view }) =>
        view ? [[view.id, { ...facts, ...(withEnd ? { learningEnd: (view.awardDate ?? view.issued).slice(0, 10) } : {}) }]] : [],
      ),
    ),
  }
}

/** A person's finding on the accreditation of the issuer, as a record of the day it is about. */
function accreditationRecords(row: RecognitionRow, accredited: boolean | undefined, today: string): Json[] {
  if (accredited === undefined) return []
  return row.reports.flatMap(({ registry, view }) => {
    if (!registry || !view) return []
    const day = (view.awardDate ?? view.issued).slice(0, 10)
    return [
      {
        id: `${urnOf(row.id)}#accreditation`,
        organisation: registry.id,
        decision: accredited ? 'positive' : 'negative',
        from: day,
        to: day > today ? day : today,
        note: 'Found by a person of the deciding body.',
      },
    ]
  })
}

/** What the body granted this learner before. */
async function ledgerOf(tx: TenantTransaction, row: RecognitionRow): Promise<NonNullable<RecognitionCase['applicant']>> {
  const before = (await grantedBefore(tx, row.email, row.id)).flatMap((each) => (each.frozen ? [JSON.parse(each.frozen) as Frozen] : []))
  const grants = before.flatMap(({ confirmed }) => confirmed.grants)
  const sum = (kinds: readonly string[], category?: string) =>
    grants
      .filter((grant) => kinds.includes(grant.kind) && (category === undefined || grant.category === category))
      .reduce((total, { amount = 0 }) => total + amount, 0)
  const credentials = before.flatMap((each) => each.case.credentials)
  return {
    countedCredentials: credentials.map(({ id }) => id),
    countedAwards: credentials.flatMap(({ achievement, title, issueDate }) => (issueDate ? [{ achievement, title, issueDate }] : [])),
    externalCreditUsed: sum(['specified-credit', 'unspecified-credit']),
    generalHoursUsed: sum(['career-hours'], 'general'),
    elementsHeld: grants.flatMap(({ kind, target }) => (kind === 'grade-A' && target ? [target] : [])),
  }
}

/** A decision as it is kept and exported: the library and the case that a replay reads, what the rules gave, and who confirmed what. */
export interface Frozen {
  policies: JsonObject
  targets: JsonObject
  accreditationRegistry: Json[]
  agreements?: JsonObject
  case: RecognitionCase
  decision: Decision
  confirmed: {
    outcome: Decision['outcome']
    grants: Decision['grants']
    as: 'proposed' | 'full' | 'partial' | 'refused'
    by?: string
    at: string
    words?: string
  }
}

/** Where a credential of this installation is kept. */
export interface Place {
  tenant: string
  credential: string
}

/** Reports as they are today, for credentials of this installation: one that was revoked since says so. Others stay as they were handed in. */
export async function freshReports(context: Context, row: RecognitionRow): Promise<Report[]> {
  // Requests of before this was a list have one place.
  const { places = [], place } = row.consent as unknown as { places?: Place[]; place?: Place }
  const kept = place ? [place] : places
  if (kept.length === 0 || row.state === 'decided' || row.state === 'closed') return row.reports
  return Promise.all(kept.map(async (each, at) => (await reportAt(context, each)) ?? row.reports[at]!))
}

/** The report on a credential of this installation, as it is today; nothing when it is gone. */
export async function reportAt(context: Context, { tenant, credential }: Place): Promise<Report | undefined> {
  const asked = await context.database.tenant(tenant, async (tx) => {
    const row = await readCredential(tx, credential)
    return row && { row, sequence: await readListSequence(tx, row.statusList) }
  })
  return asked && onlyFacts((await reportOn(context, tenant, asked.row, asked.sequence)).report)
}

/** What a request is about, in words: the titles of its credentials. */
export const titleOfRequest = ({ reports }: Pick<RecognitionRow, 'reports'>): string =>
  reports.map(({ view }) => view?.title ?? '').join(', ')

/** A report with what a decision rests on and the learner agreed to send: no birth date, no description, no grade, no picture. */
export function onlyFacts({ view, ...report }: Report): Report {
  if (!view) return report
  const { id, title, kind, learner, awardingBody, issuer, issued, language, referenceNumber, awardDate, validUntil } = view
  const told = { kind, referenceNumber, awardDate, validUntil, workload: view.workload, level: view.level, achievement: view.achievement }
  const assessments = view.assessments.map((each) => ({
    title: each.title,
    ...(each.type ? { type: each.type } : {}),
    ...(each.supervision ? { supervision: each.supervision } : {}),
  }))
  const { outcomes, participation } = view
  const facts = { id, title, learner, awardingBody, issuer, issued, language, outcomes, participation, assessments }
  const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
  return { ...report, view: { ...facts, qualityAssurance: [], fields: [], ...known } }
}

/** A day some days later. */
export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
