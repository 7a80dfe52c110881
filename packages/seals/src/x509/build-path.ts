/** Path validation for a given time (RFC 5280, 6): from the signing certificate to an anchor that configuration names, proven step by step. */
import { millis, type Problem, problem } from '@cairn/core'
import { sameBytes } from '../base64.ts'
import { type Certificate, isSelfIssued } from './certificate.ts'
import { checkOnce } from './check-once.ts'
import { nameLine } from './distinguished-name.ts'
import { nameProblem } from './name-constraints.ts'
import { usages } from './oids.ts'
import { schemeOf } from './signature-scheme.ts'

/**
 * What came of it. `proven` is a path, leaf first and anchor last. Without one, `problem` says why; `expired` tells that a path exists whose only
 * fault is that `at` lies outside the validity of a certificate in it, and `path` is that one.
 */
export type PathResult =
  | { proven: true; path: readonly Certificate[] }
  | { proven: false; problem: Problem; expired: boolean; path?: readonly Certificate[] }

/** The longest path that is tried (R-LIM-1: six certificates come with a seal). */
const longest = 8
/** Links that are looked at for one question: authorities that certify one another in all directions must not keep us busy. */
const mostLinks = 200

/**
 * Finds a path from `leaf` over `others` to one of `anchors` that is sound at `at` (RFC 3339). An anchor counts by its name and key, as a trust
 * list gives it; a root that comes with the document counts for nothing (R-X509-2). A leaf that is itself an anchor is a path of one.
 */
export async function buildPath(
  leaf: Certificate,
  others: readonly Certificate[],
  anchors: readonly Certificate[],
  at: string,
): Promise<PathResult> {
  if (anchors.some((anchor) => sameBytes(anchor.der, leaf.der))) return judged([leaf], at)
  if (isSelfIssued(leaf)) return failure('certificate.self-signed', 'The certificate vouches for itself and nobody else does.')
  let nearest: PathResult = failure('certificate.no-path', `It was issued in the name of "${nameLine(leaf.issuer).slice(0, 200)}".`)
  let links = 0
  const walk = async (path: readonly Certificate[]): Promise<PathResult | undefined> => {
    const last = path.at(-1)!
    for (const anchor of anchors) {
      if (!mayIssue(anchor, last)) continue
      const link = await linkProblem(last, anchor)
      if (link) {
        nearest = closer(nearest, { proven: false, problem: link, expired: false })
        continue
      }
      const result = judged([...path, anchor], at)
      if (result.proven) return result
      nearest = closer(nearest, result)
    }
    if (path.length >= longest) return undefined
    for (const next of others) {
      if (path.includes(next) || !mayIssue(next, last)) continue
      if (++links > mostLinks) return undefined
      const link = (await linkProblem(last, next)) ?? authorityProblem(next, path)
      if (link) {
        nearest = closer(nearest, { proven: false, problem: link, expired: false })
        continue
      }
      const found = await walk([...path, next])
      if (found) return found
    }
    return undefined
  }
  return (await walk([leaf])) ?? nearest
}

/** A path that was sound at another time says more than any other failure. */
const closer = (before: PathResult, next: PathResult): PathResult => (!before.proven && before.path ? before : next)
const failure = (code: Problem['code'], detail: string): PathResult => ({ proven: false, problem: problem(code, detail), expired: false })

/** True when name and key identifier fit; says nothing of the signature. */
function mayIssue(issuer: Certificate, subject: Certificate): boolean {
  if (!sameBytes(issuer.subjectDer, subject.issuerDer)) return false
  return !subject.authorityKeyIdentifier || !issuer.subjectKeyIdentifier || subject.authorityKeyIdentifier === issuer.subjectKeyIdentifier
}

async function linkProblem(subject: Certificate, issuer: Certificate): Promise<Problem | undefined> {
  const scheme = schemeOf(subject.signatureAlgorithm)
  if (!scheme) return problem('certificate.weak-algorithm', 'A certificate is signed by an algorithm that is not accepted, such as SHA-1.')
  return (await checkOnce(scheme, issuer, subject))
    ? undefined
    : problem('certificate.signature-wrong', 'A certificate was not signed by the authority it names.')
}

/** Whether a certificate may stand above this path, leaf first: authorities that name themselves again do not make it longer (RFC 5280, 4.2.1.9 and 6.1.4). */
function authorityProblem(authority: Certificate, path: readonly Certificate[]): Problem | undefined {
  const below = path.slice(1).filter((each) => !isSelfIssued(each)).length
  if (!authority.basicConstraints?.ca)
    return problem('certificate.not-an-authority', 'A certificate in the chain is no authority and cannot vouch for another.')
  if (authority.keyUsage && !authority.keyUsage.has('keyCertSign'))
    return problem('certificate.not-an-authority', 'A certificate in the chain may not sign certificates.')
  const limit = authority.basicConstraints.pathLength
  if (limit !== undefined && below > limit) return problem('certificate.path-too-long', 'A chain is longer than an authority in it allows.')
  return undefined
}

/** The rules of a whole path whose signatures were checked: authorities, path lengths, unknown critical extensions, validity at the time. */
function judged(path: readonly Certificate[], at: string): PathResult {
  const anchor = path.length > 1 ? path.at(-1)! : undefined
  for (const [index, certificate] of path.entries()) {
    if (certificate.unknownCritical.length > 0)
      return failure(
        'certificate.unknown-critical',
        `A certificate demands something that we do not know (${certificate.unknownCritical[0]}).`,
      )
    if (index === 0) continue
    // An anchor of version 1 or without constraints is trusted by configuration; one that says it is no authority is not.
    if (certificate === anchor && !certificate.basicConstraints) continue
    const found = authorityProblem(certificate, path.slice(0, index))
    if (found) return { proven: false, problem: found, expired: false }
  }
  const limited = usageProblem(path)
  if (limited) return { proven: false, problem: limited, expired: false }
  const named = nameProblem(path)
  if (named) return { proven: false, problem: named, expired: false }
  const now = millis(at)
  for (const certificate of path) {
    if (now > millis(certificate.notAfter))
      return {
        proven: false,
        problem: problem('certificate.expired', `A certificate of the chain ended on ${certificate.notAfter.slice(0, 10)}.`),
        expired: true,
        path,
      }
    if (now < millis(certificate.notBefore))
      return {
        proven: false,
        problem: problem('certificate.not-yet-valid', `A certificate of the chain begins on ${certificate.notBefore.slice(0, 10)}.`),
        expired: true,
        path,
      }
  }
  return { proven: true, path }
}

/** An authority that names usages vouches for those alone; one for servers, clients or time stamps alone vouches for no sealer. */
function usageProblem([leaf, ...authorities]: readonly Certificate[]): Problem | undefined {
  const narrow: readonly string[] = [usages.serverAuth, usages.clientAuth, usages.timeStamping]
  for (const { extendedKeyUsage } of authorities) {
    if (!extendedKeyUsage || extendedKeyUsage.usages.includes(usages.any)) continue
    const wanted = leaf!.extendedKeyUsage?.usages
    const fits = wanted
      ? wanted.every((usage) => extendedKeyUsage.usages.includes(usage))
      : !extendedKeyUsage.usages.every((usage) => narrow.includes(usage))
    if (!fits) return problem('certificate.wrong-usage', 'An authority in the chain may not vouch for certificates of this use.')
  }
  return undefined
}
