/**
 * Whether the certificate behind a signature may be relied on: today (EN 319 102-1, 5.2.6), and where today's answer is no, at a time at which the
 * signature is proven to have existed (5.6.2: past certificate validation, sliding of the validation time).
 */
import { millis, type Problem, problem } from '@cairn/core'
import { buildPath, type Certificate, type SignatureScheme, type StatusStatement, schemeOf } from '@cairn/seals'
import type { Policy } from '../policy.ts'
import { acceptedUntil } from './accepted-until.ts'
import type { Proofs } from './proofs.ts'
import { statementsOn, type Values } from './values.ts'

/** What is asked. `existedAt` is since when the signature is proven to exist, `madeAt` what it says of its own time (a time stamp's). */
export interface ChainQuestion {
  leaf: Certificate
  others: readonly Certificate[]
  anchors: readonly Certificate[]
  values: Values
  proofs: Proofs
  existedAt: string
  /** How the signature itself was made. */
  scheme: SignatureScheme
  use: 'seal' | 'time-stamp'
  madeAt?: string
  policy: Policy
  now: string
}

/** What came of it; `subIndication` by EN 319 102-1, 5.1.3. `path` is there whenever a chain leads to an anchor, `revokedAt` when the leaf was revoked. */
export interface ChainVerdict {
  indication: 'PASSED' | 'FAILED' | 'INDETERMINATE'
  subIndication?: string
  problem?: Problem
  path?: readonly Certificate[]
  revokedAt?: string
  /** True when the signature counts only because it is proven to be older than what ended since. */
  past?: boolean
}

/** A certificate of the path with its issuer and what is said of it. */
interface Link {
  certificate: Certificate
  issuer: Certificate
  statements: StatusStatement[]
  isLeaf: boolean
}

/** Judges a chain. Never throws. */
export async function judgeChain(question: ChainQuestion): Promise<ChainVerdict> {
  const { leaf, others, anchors, values, existedAt, now } = question
  const built = await buildPath(leaf, [...others, ...values.certificates], anchors, now)
  const path = built.path
  if (!path) return { indication: 'INDETERMINATE', ...(built.proven ? {} : noChain(built.problem)) }
  const links: Link[] = []
  for (const [index, certificate] of path.slice(0, -1).entries())
    links.push({
      certificate,
      issuer: path[index + 1]!,
      statements: question.policy.revocation === 'off' ? [] : await statementsOn(certificate, path[index + 1]!, values),
      isLeaf: index === 0,
    })
  const today = judgeToday(question, links, built.proven ? undefined : built.problem)
  const revokedAt = links[0] && revocationOf(links[0], now)?.revokedAt
  const shared = { path, ...(revokedAt ? { revokedAt } : {}) }
  if (existedAt !== now && millis(existedAt) < millis(leaf.notBefore))
    return {
      ...shared,
      indication: 'FAILED',
      subIndication: 'NOT_YET_VALID',
      problem: problem('seal.not-yet-valid', `It existed on ${existedAt.slice(0, 10)}, before its certificate began.`),
    }
  if (!today) return { ...shared, indication: 'PASSED' }
  const control = controlTime(question, links, path)
  if (control !== undefined && millis(existedAt) <= control) return { ...shared, indication: 'PASSED', past: true }
  return { ...shared, indication: 'INDETERMINATE', ...today }
}

const constraintCodes: readonly Problem['code'][] = [
  'certificate.not-an-authority',
  'certificate.path-too-long',
  'certificate.unknown-critical',
  'certificate.wrong-usage',
  'certificate.name-not-permitted',
]
function noChain(why: Problem): Pick<ChainVerdict, 'subIndication' | 'problem'> {
  const subIndication = constraintCodes.includes(why.code)
    ? 'CHAIN_CONSTRAINTS_FAILURE'
    : why.code === 'certificate.weak-algorithm'
      ? 'CRYPTO_CONSTRAINTS_FAILURE'
      : 'NO_CERTIFICATE_CHAIN_FOUND'
  return { subIndication, problem: why }
}

/** What stands against the chain today; `undefined` for nothing (EN 319 102-1, 5.2.6.4). Revocation is told first, for it matters most. */
function judgeToday(
  question: ChainQuestion,
  links: readonly Link[],
  ended: Problem | undefined,
): Pick<ChainVerdict, 'subIndication' | 'problem'> | undefined {
  const { policy, now, scheme, leaf } = question
  for (const link of links) {
    const revoked = revocationOf(link, now)
    if (!revoked) continue
    const since = `It was revoked on ${revoked.revokedAt!.slice(0, 10)}.`
    if (revoked.reason === onHold) return later(problem('certificate.revocation-unknown', 'The certificate is on hold.'))
    return link.isLeaf
      ? { subIndication: 'REVOKED_NO_POE', problem: problem('certificate.revoked', since) }
      : { subIndication: 'REVOKED_CA_NO_POE', problem: problem('certificate.authority-revoked', since) }
  }
  if (ended) return { subIndication: 'OUT_OF_BOUNDS_NO_POE', problem: ended }
  const until = Math.min(acceptedUntil(policy, scheme, leaf), ...links.map((link) => linkAcceptedUntil(policy, link)))
  if (until < millis(now))
    return {
      subIndication: until === Number.NEGATIVE_INFINITY ? 'CRYPTO_CONSTRAINTS_FAILURE' : 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
      problem: problem(
        'seal.algorithm-outdated',
        until === Number.NEGATIVE_INFINITY
          ? 'An algorithm or a key is not one that the policy accepts.'
          : `An algorithm was relied on until ${new Date(until).toISOString().slice(0, 10)} only.`,
      ),
    }
  for (const link of links) {
    if (!needsStatement(link, policy)) continue
    const known = link.statements.filter((each) => speaksOf(each, link.certificate) && each.status !== 'unknown')
    if (known.length === 0)
      return later(problem('certificate.revocation-unknown', 'No statement on the revocation of a certificate is at hand.'))
    if (!known.some((each) => isRecent(each, millis(now), question)))
      return later(problem('revocation.too-old', `The last statement on revocation is of ${latest(known)!.thisUpdate.slice(0, 10)}.`))
  }
  return undefined
}
const later = (why: Problem) => ({ subIndication: 'TRY_LATER', problem: why })

/** RFC 5280, 5.3.1: certificateHold, which may be lifted. */
const onHold = 6

/** The revocation that is in force at a time: a hold counts only while it is the last word. */
function revocationOf({ statements }: Link, at: string): StatusStatement | undefined {
  const inForce = statements.filter((each) => each.status === 'revoked' && millis(each.revokedAt!) <= millis(at))
  const final = inForce.filter(({ reason }) => reason !== onHold)
  if (final.length > 0) return final.reduce((one, other) => (millis(other.revokedAt!) < millis(one.revokedAt!) ? other : one))
  return inForce.find((each) => each === latest(statements))
}

const latest = (list: readonly StatusStatement[]): StatusStatement | undefined =>
  list.reduce<StatusStatement | undefined>(
    (one, other) => (one && millis(one.thisUpdate) >= millis(other.thisUpdate) ? one : other),
    undefined,
  )

function needsStatement({ certificate }: Link, { revocation }: Policy): boolean {
  if (revocation === 'off' || certificate.noStatusPublished) return false
  return revocation === 'required' || certificate.ocspAddresses.length + certificate.crlAddresses.length > 0
}

/** A statement that was made after the certificate ended speaks of it only where its author keeps such certificates. */
function speaksOf(statement: StatusStatement, { notAfter }: Certificate): boolean {
  if (millis(statement.thisUpdate) <= millis(notAfter)) return true
  return statement.knowsEndedSince !== undefined && millis(statement.knowsEndedSince) <= millis(notAfter)
}

/**
 * Whether a statement counts without moving the time of reliance back to its own: it is recent at `at`, or it was when the signature is proven to
 * have existed. One of a later time than the one asked about is as good as one of that time.
 */
function isRecent(statement: StatusStatement, at: number, { policy, use, existedAt, madeAt, now }: ChainQuestion): boolean {
  const proven = use === 'time-stamp' ? madeAt : existedAt === now ? undefined : existedAt
  if (policy.statements === 'at-proof' && proven !== undefined && isCurrent(statement, millis(proven), policy)) return true
  return isCurrent(statement, at, policy)
}

function isCurrent({ thisUpdate, nextUpdate }: StatusStatement, at: number, policy: Policy): boolean {
  if (nextUpdate !== undefined && at <= millis(nextUpdate) + policy.clockSkewSeconds * 1000) return true
  return at - millis(thisUpdate) <= policy.revocationMaxAgeHours * 3_600_000
}

function linkAcceptedUntil(policy: Policy, { certificate, issuer }: Link): number {
  const scheme = schemeOf(certificate.signatureAlgorithm)
  return scheme ? acceptedUntil(policy, scheme, issuer) : Number.NEGATIVE_INFINITY
}

/**
 * The time up to which signatures under this chain may be relied on, in milliseconds; `undefined` when the values at hand do not tell (5.6.2.2).
 * From the anchor down: a revocation, the end of a certificate or of an algorithm, and the age of the last statement each move it back.
 */
function controlTime(question: ChainQuestion, links: readonly Link[], path: readonly Certificate[]): number | undefined {
  const { policy, proofs, now, scheme, leaf } = question
  if (path.some(({ notBefore }) => millis(now) < millis(notBefore))) return undefined
  let control = Math.min(millis(now), millis(path.at(-1)!.notAfter))
  for (const link of [...links].reverse()) {
    const { certificate, statements } = link
    const revoked = revocationOf(link, now)
    const usable = statements.filter(
      (each) =>
        each.status === 'good' &&
        millis(each.thisUpdate) <= control &&
        millis(proofs.earliest(each.source)) <= control &&
        speaksOf(each, certificate) &&
        acceptedUntil(policy, each.signed.scheme, each.signed.key) >= millis(proofs.earliest(each.source)),
    )
    const best = latest(usable)
    if (revoked) control = Math.min(control, millis(revoked.revokedAt!))
    else if (best && !isRecent(best, control, question)) control = Math.min(control, millis(best.thisUpdate))
    else if (!best && needsStatement(link, policy)) return undefined
    control = Math.min(control, millis(certificate.notAfter), linkAcceptedUntil(policy, link))
  }
  return Math.min(control, acceptedUntil(policy, scheme, leaf))
}
