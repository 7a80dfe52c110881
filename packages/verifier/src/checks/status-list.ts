/** What the issuer's signed status list says (Bitstring Status List, 3.2; R-ST-1, R-ST-2). Any doubt is unknown, never passed. */
import { type Finding, type JsonObject, millis, type Problem, ProblemError, problem, type StatusEntry } from '@cairn/core'
import { bitAt, expandBits, meaningOf, readStatusList, type StatusList, type VerdictFacts } from '@cairn/formats'
import { type Certificate, checkCompact, readCompact, type SignatureScheme, sealAlgorithms } from '@cairn/seals'
import { type ListSigner, listSignerProblem } from './list-signer.ts'
import { type CheckResult, finding, statusResult } from './result.ts'

const clause = 'Bitstring Status List, 3.2'

/** What the check looks at; `leaf` is the certificate of the credential's seal, `issuer` the registry's entry for its sealer. */
export interface StatusQuestion extends Omit<ListSigner, 'list'> {
  facts: VerdictFacts
}

/** Judges every status entry of a credential. None published is passed, and said. */
export async function checkStatusLists(question: StatusQuestion): Promise<CheckResult> {
  const { facts } = question
  const findings: Finding[] = []
  if (facts.statusUnreadable)
    findings.push(
      finding('status.entry', 'unknown', {
        problem: problem('status.unreadable', 'The credential names its status in a form that we cannot follow.'),
        clause,
      }),
    )
  for (const entry of facts.statuses) findings.push(await checkEntry(entry, question))
  if (findings.length === 0) findings.push(finding('status.entry', 'passed', { clause, note: 'no status published' }))
  return statusResult(findings)
}

async function checkEntry(entry: StatusEntry, question: StatusQuestion): Promise<Finding> {
  const unknown = (what: Problem) => finding('status.entry', 'unknown', { problem: what, clause })
  const bytes = Object.hasOwn(question.evidence.statusLists, entry.list) ? question.evidence.statusLists[entry.list] : undefined
  if (!bytes) return unknown(problem('status.list-missing', 'The status list was not at hand.'))
  try {
    const list = await readList(bytes)
    const wrong = (await trustProblem(list, entry, question)) ?? ageProblem(list, question)
    if (wrong) return unknown(wrong)
    const by = { address: entry.list, at: list.content.validFrom }
    if (!bitAt(list.bits, entry.index))
      return finding('status.entry', 'passed', { clause, note: `status list of ${list.content.validFrom}`, list: by })
    const code = await meaningOf(list.content, entry)
    return finding('status.entry', 'failed', {
      problem: problem(code, `So says the issuer's status list of ${list.content.validFrom}.`),
      clause,
      list: by,
    })
  } catch (error) {
    if (error instanceof ProblemError) return unknown(error.problem)
    throw error
  }
}

interface ListRead {
  content: StatusList
  bits: Uint8Array
  signatureProblems: Problem[]
  leaf: Certificate
  others: readonly Certificate[]
  scheme: SignatureScheme
}

/** A list is read and its signature checked once, however many credentials it speaks of; what depends on the clock is not kept. */
const lists = new WeakMap<Uint8Array, Promise<ListRead>>()

function readList(bytes: Uint8Array): Promise<ListRead> {
  const before = lists.get(bytes)
  if (before) return before
  const reading = read(bytes)
  lists.set(bytes, reading)
  return reading
}

async function read(bytes: Uint8Array): Promise<ListRead> {
  const compact = readCompact(bytes, 'vc+jwt')
  const content = readStatusList(compact.payload as JsonObject)
  const [leaf, ...others] = compact.certificates
  return {
    content,
    bits: await expandBits(content.encodedList),
    signatureProblems: await checkCompact(compact),
    leaf: leaf!,
    others,
    scheme: sealAlgorithms[compact.algorithm],
  }
}

/** The list must be the one named, of the same issuer, signed under the same organisation as the credential. */
async function trustProblem(list: ListRead, entry: StatusEntry, question: StatusQuestion): Promise<Problem | undefined> {
  const not = (detail: string) => problem('status.list-not-trusted', detail)
  if (list.signatureProblems.length > 0) return not('The signature of the status list does not hold.')
  if (list.content.id !== entry.list) return not('The status list is another one than the credential names.')
  if (list.content.purpose !== entry.purpose) return not('The status list has another purpose than the credential names.')
  if (list.content.issuer !== question.facts.issuerId) return not('The status list is of another issuer.')
  return listSignerProblem({ list: { address: entry.list, ...list }, ...question })
}

function ageProblem({ content }: ListRead, { policy, now }: StatusQuestion): Problem | undefined {
  const old = (detail: string) => problem('status.list-too-old', detail)
  const age = (millis(now) - millis(content.validFrom)) / 3_600_000
  if (age > policy.statusMaxAgeHours) return old(`It is of ${content.validFrom}, more than ${policy.statusMaxAgeHours} hours ago.`)
  if (content.validUntil !== undefined && millis(now) > millis(content.validUntil)) return old(`It was good until ${content.validUntil}.`)
  if (age * 3600 < -policy.clockSkewSeconds) return old('It is of a later time than the one that was asked about.')
  return undefined
}
