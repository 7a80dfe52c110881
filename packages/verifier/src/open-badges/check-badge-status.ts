/**
 * What the issuer's status lists say of a badge: Bitstring Status List and StatusList2021 with a proof of their own or as a token, 1EdTech revocation
 * lists as they stand at the issuer (R-ST-1, R-ST-2). Any doubt is unknown, never passed; a revocation that was published stays one (R-ST-5).
 */
import {
  type Finding,
  type JsonObject,
  millis,
  type Problem,
  ProblemError,
  parseJson,
  problem,
  type StatusEntry,
  type TrustEntry,
} from '@cairn/core'
import {
  bitAt,
  expandBits,
  meaningOf,
  type OpenBadgeFacts,
  readStatusList,
  revocationIn,
  type StatusList,
  statusListLimits,
} from '@cairn/formats'
import { buildPath, checkCompact, checkProofs, readCompact, sameBytes } from '@cairn/seals'
import { anchorsOf } from '../checks/anchors.ts'
import { sameNumber } from '../checks/issuer-trusted.ts'
import { isDocument } from '../checks/list-moment.ts'
import { type CheckResult, finding, statusResult } from '../checks/result.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { type BadgeSigner, entryHolds } from './badge-signers.ts'
import { readBadgeToken, tokenSigner } from './badge-token.ts'

const clause = 'Bitstring Status List, 3.2'

/** What the check looks at; `signers` signed the badge, `entry` is the registry's for its issuer. */
export interface BadgeStatusQuestion {
  facts: OpenBadgeFacts
  signers: readonly BadgeSigner[]
  entry?: TrustEntry | undefined
  evidence: Evidence
  policy: Policy
  now: string
}

/** Judges every status entry. None published is passed, and said. */
export async function checkBadgeStatus(question: BadgeStatusQuestion): Promise<CheckResult> {
  const { facts } = question
  const findings: Finding[] = []
  if (facts.statusUnreadable)
    findings.push(unknown(problem('status.unreadable', 'The badge names its status in a form that we cannot follow.')))
  for (const entry of facts.statuses) findings.push(await checkEntry(entry, question))
  for (const address of facts.revocationLists) findings.push(checkRevocationList(address, question))
  if (findings.length === 0) findings.push(finding('status.entry', 'passed', { clause, note: 'no status published' }))
  return statusResult(findings)
}

const unknown = (what: Problem): Finding => finding('status.entry', 'unknown', { problem: what, clause })
const missing = () => unknown(problem('status.list-missing', 'The status list was not at hand.'))

async function checkEntry(entry: StatusEntry, question: BadgeStatusQuestion): Promise<Finding> {
  const { statusLists } = question.evidence
  const bytes = Object.hasOwn(statusLists, entry.list) ? statusLists[entry.list] : undefined
  if (!bytes) return missing()
  try {
    const list = await readList(bytes, question)
    const wrong = trustProblem(list, entry)
    if (wrong) return unknown(wrong)
    const by = { list: { address: entry.list, at: list.content.validFrom } }
    const set = bitAt(await expandBits(list.content.encodedList), entry.index)
    if (set) {
      const code = await meaningOf(list.content, entry)
      return finding('status.entry', 'failed', {
        problem: problem(code, `So says the issuer's status list of ${list.content.validFrom}.`),
        clause,
        ...by,
      })
    }
    const old = ageProblem(list.content, question)
    return old ? unknown(old) : finding('status.entry', 'passed', { clause, note: `status list of ${list.content.validFrom}`, ...by })
  } catch (error) {
    if (error instanceof ProblemError) return unknown(error.problem)
    throw error
  }
}

interface ListRead {
  content: StatusList
  /** Why the list is not one of the badge's issuer; absent when it is. */
  notOfIssuer?: string | undefined
}

async function readList(bytes: Uint8Array, question: BadgeStatusQuestion): Promise<ListRead> {
  if (isDocument(bytes)) {
    const limit = statusListLimits.compressed * 2
    const document = objectOf(parseJson(bytes, { bytes: limit, string: limit }))
    const { proofs } = await checkProofs(document, { documents: question.evidence.didDocuments ?? {} })
    const content = readStatusList(document)
    if (proofs.some(({ outcome }) => outcome !== 'passed')) return { content, notOfIssuer: 'The proof of the status list does not hold.' }
    const signers = proofs.map((proof): BadgeSigner => ({ spki: proof.key!.spki, controller: proof.controller, proven: true }))
    return { content, notOfIssuer: signers.some((signer) => speaksFor(signer, content.issuer, question)) ? undefined : another }
  }
  return hasCertificate(bytes) ? readOwnList(bytes, question) : readTokenList(bytes, question)
}

const another = 'The status list is signed by somebody else than the issuer of the badge.'

/** The signer of a list is the issuer of the badge when it is the same key, or speaks for the same name, or stands in the same entry. */
function speaksFor(signer: BadgeSigner, listIssuer: string, { facts, signers, entry }: BadgeStatusQuestion): boolean {
  if (entry && entryHolds(entry, signer)) return true
  if (listIssuer !== facts.issuerId) return false
  return signer.controller === facts.issuerId || signers.some(({ spki }) => sameBytes(spki, signer.spki))
}

function hasCertificate(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 100_000)).split('.')[0] ?? ''
  try {
    return atob(head.replaceAll('-', '+').replaceAll('_', '/')).includes('"x5c"')
  } catch {
    return false
  }
}

/** A list as a token with certificates, which is how our own lists are published: of the organisation of the badge's entry. */
async function readOwnList(bytes: Uint8Array, { entry, evidence, facts, now }: BadgeStatusQuestion): Promise<ListRead> {
  const compact = readCompact(bytes, 'vc+jwt')
  const content = readStatusList(compact.payload)
  const not = (notOfIssuer: string): ListRead => ({ content, notOfIssuer })
  if ((await checkCompact(compact)).length > 0) return not('The signature of the status list does not hold.')
  const [leaf, ...others] = compact.certificates
  if (!entry || (content.issuer !== entry.id && content.issuer !== facts.issuerId)) return not('The status list is of another issuer.')
  if (entryHolds(entry, { spki: leaf!.spki, proven: false })) return { content }
  if (!sameNumber(entry.organizationIdentifier, leaf!.subject.organizationIdentifier))
    return not('The status list is signed by another organisation.')
  const path = await buildPath(leaf!, others, anchorsOf(evidence), now)
  return path.proven ? { content } : not('Nobody known here vouches for the key of the status list.')
}

async function readTokenList(bytes: Uint8Array, question: BadgeStatusQuestion): Promise<ListRead> {
  const token = readBadgeToken(bytes, statusListLimits.compressed * 2)
  const payload = objectOf(token.payload.vc ?? token.payload)
  const content = readStatusList(payload)
  const found = await tokenSigner(token, question.evidence)
  if (found.outcome !== 'passed') return { content, notOfIssuer: 'The signature of the status list does not hold.' }
  return { content, notOfIssuer: speaksFor(found.signer, content.issuer, question) ? undefined : another }
}

function trustProblem({ content, notOfIssuer }: ListRead, entry: StatusEntry): Problem | undefined {
  const not = (detail: string) => problem('status.list-not-trusted', detail)
  if (notOfIssuer !== undefined) return not(notOfIssuer)
  if (content.id !== entry.list) return not('The status list is another one than the badge names.')
  return content.purpose === entry.purpose ? undefined : not('The status list has another purpose than the badge names.')
}

/** A list that says until when it is good is believed until then; one that does not, for as long as the policy says. */
function ageProblem({ validFrom, validUntil }: StatusList, { policy, now }: BadgeStatusQuestion): Problem | undefined {
  const old = (detail: string) => problem('status.list-too-old', detail)
  const age = (millis(now) - millis(validFrom)) / 3_600_000
  if (age > policy.statusMaxAgeHours) return old(`It is of ${validFrom}, more than ${policy.statusMaxAgeHours} hours ago.`)
  if (validUntil !== undefined && millis(now) > millis(validUntil)) return old(`It was good until ${validUntil}.`)
  return age * 3600 < -policy.clockSkewSeconds ? old('It is of a later time than the one that was asked about.') : undefined
}

/** An unsigned list that stands at the issuer: it counts for revocation, and its silence only while it is fresh. */
function checkRevocationList(address: string, { facts, evidence }: BadgeStatusQuestion): Finding {
  const bytes = Object.hasOwn(evidence.statusLists, address) ? evidence.statusLists[address] : undefined
  if (!bytes) return missing()
  try {
    const said = revocationIn(objectOf(parseJson(bytes)), facts.credentialId ?? '', facts.issuerId)
    if (!said) return unknown(problem('status.list-not-trusted', 'What stands there is no revocation list of this issuer.'))
    return said.revoked
      ? finding('status.entry', 'failed', {
          problem: problem('status.revoked', "So says the issuer's revocation list."),
          clause: 'Open Badges 3.0, 9.3',
        })
      : finding('status.entry', 'passed', { clause: 'Open Badges 3.0, 9.3', note: 'revocation list' })
  } catch (error) {
    if (error instanceof ProblemError) return unknown(error.problem)
    throw error
  }
}

function objectOf(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ProblemError('status.unreadable', 'This is no status list.')
  return value as JsonObject
}
