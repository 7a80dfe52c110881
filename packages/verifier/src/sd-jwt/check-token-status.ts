/** What the issuer's status list token says (Token Status List, 8.3; R-ST-1, R-ST-2). Any doubt is unknown, never passed. */
import { type Finding, millis, type Outcome, type Problem, ProblemError, problem, type TrustEntry } from '@cairn/core'
import {
  expandStatuses,
  meaningOfInvalid,
  readTokenStatusList,
  type SdJwtVcFacts,
  statusAt,
  type TokenStatusEntry,
  type TokenStatusList,
  tokenStatuses,
} from '@cairn/formats'
import { type Certificate, readToken, sameBytes, sealAlgorithms, type TokenRead } from '@cairn/seals'
import { listSignerProblem } from '../checks/list-signer.ts'
import { type CheckResult, finding, statusResult } from '../checks/result.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { findSigner, type Signer } from './find-signer.ts'

const clause = 'Token Status List, 8.3'
const largest = 4 * 1024 * 1024

/** What the check looks at; `signer` signed the credential, `issuer` is the registry's entry for them. */
export interface TokenStatusQuestion {
  facts: SdJwtVcFacts
  signer: Signer
  issuer?: TrustEntry | undefined
  anchors: readonly Certificate[]
  evidence: Evidence
  policy: Policy
  now: string
}

/** Judges the entry in a token status list; none published is passed, and said. */
export async function checkTokenStatus(question: TokenStatusQuestion): Promise<CheckResult> {
  const { facts } = question
  const result = (outcome: Outcome, what?: Problem, beside: Pick<Finding, 'note' | 'list'> = {}): CheckResult =>
    statusResult([finding('status.entry', outcome, { clause, ...(what && { problem: what }), ...beside })])
  if (facts.statusUnreadable)
    return result('unknown', problem('status.unreadable', 'The credential names its status in a form that we cannot follow.'))
  const entry = facts.tokenStatus
  if (!entry) return result('passed', undefined, { note: 'no status published' })
  const { statusLists } = question.evidence
  const bytes = Object.hasOwn(statusLists, entry.address) ? statusLists[entry.address] : undefined
  if (!bytes) return result('unknown', problem('status.list-missing', 'The status list was not at hand.'))
  try {
    const { token, list, statuses } = await readList(bytes)
    const wrong = (await trustProblem(token, list, entry, question)) ?? ageProblem(list, question)
    if (wrong) return result('unknown', wrong)
    const at = new Date(list.issuedAt * 1000).toISOString()
    const by = { list: { address: entry.address, at } }
    switch (statusAt(statuses, list.bits, entry.index)) {
      case tokenStatuses.valid:
        return result('passed', undefined, { note: `status list of ${at}`, ...by })
      case tokenStatuses.invalid:
        return result('failed', problem(await meaningOfInvalid(list, entry.index), `So says the issuer's status list of ${at}.`), by)
      case tokenStatuses.suspended:
        return result('failed', problem('status.suspended', `So says the issuer's status list of ${at}.`), by)
      default:
        return result('unknown', problem('status.unreadable', 'The status has a value that has no meaning we know.'))
    }
  } catch (error) {
    if (error instanceof ProblemError) return result('unknown', error.problem)
    throw error
  }
}

interface ListRead {
  token: TokenRead
  list: TokenStatusList
  statuses: Uint8Array
}

/** A list is read once, however many credentials it speaks of; what depends on the clock or on trust is not kept. */
const lists = new WeakMap<Uint8Array, Promise<ListRead>>()

function readList(bytes: Uint8Array): Promise<ListRead> {
  const reading = lists.get(bytes) ?? read(bytes)
  lists.set(bytes, reading)
  return reading
}

async function read(bytes: Uint8Array): Promise<ListRead> {
  if (bytes.length > largest) throw new ProblemError('status.too-large', 'The status list is larger than we read.')
  const token = readToken(new TextDecoder('latin1').decode(bytes).replace(/\r?\n$/, ''), ['statuslist+jwt'], largest)
  const list = readTokenStatusList(token.payload)
  return { token, list, statuses: await expandStatuses(list) }
}

/** The list must be the one named, and signed by whoever signed the credential, or for the same organisation. */
async function trustProblem(
  token: TokenRead,
  list: TokenStatusList,
  entry: TokenStatusEntry,
  question: TokenStatusQuestion,
): Promise<Problem | undefined> {
  const { facts, signer, evidence } = question
  const not = (detail: string) => problem('status.list-not-trusted', detail)
  if (list.address !== entry.address) return not('The status list is another one than the credential names.')
  if (list.issuer !== undefined && facts.issuerId !== undefined && list.issuer !== facts.issuerId)
    return not('The status list is of another issuer.')
  const found = await findSigner(token, list.issuer ?? facts.issuerId, evidence)
  if (found.outcome !== 'passed' || !found.signer) return not(found.problem?.detail ?? 'The signature of the status list does not hold.')
  const by = found.signer
  if (by.by !== 'certificate') {
    if (signer.by === 'certificate') return not('The status list is signed by a key, and the credential under a certificate.')
    return by.by === signer.by || sameBytes(by.key.spki, signer.key.spki) ? undefined : not('The status list is signed by another key.')
  }
  if (signer.by !== 'certificate') return not('The status list is signed under a certificate, and the credential by a key.')
  const { leaf, others } = by
  return listSignerProblem({
    list: { address: entry.address, leaf, others, scheme: sealAlgorithms[token.algorithm] },
    ...question,
    leaf: signer.leaf,
  })
}

/** Age by `iat` and the policy, end by `exp`, and `ttl` from when it was fetched (5.1, 8.3). */
function ageProblem(list: TokenStatusList, { evidence, policy, now }: TokenStatusQuestion): Problem | undefined {
  const old = (detail: string) => problem('status.list-too-old', detail)
  const seconds = millis(now) / 1000
  const age = seconds - list.issuedAt
  if (age > policy.statusMaxAgeHours * 3600) return old(`It is more than ${policy.statusMaxAgeHours} hours old.`)
  if (age < -policy.clockSkewSeconds) return old('It is of a later time than the one that was asked about.')
  if (list.expiresAt !== undefined && seconds > list.expiresAt) return old('It says itself that it has ended.')
  const held = seconds - millis(evidence.retrievedAt) / 1000
  if (list.ttl !== undefined && held > list.ttl) return old(`It was fetched longer ago than the ${list.ttl} seconds that it may be kept.`)
  return undefined
}
