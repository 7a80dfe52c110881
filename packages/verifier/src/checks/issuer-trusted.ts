/**
 * Who sealed, and whether the registry says that they may (R-ISS-1): the issuer named in the document must resolve to the very entry whose
 * certificate or key made the seal, at a time the entry covers. A certificate that was valid is not enough; a name in the document counts for nothing.
 */
import { covers, dayOf, millis, type Problem, problem, type Report, type TrustEntry, type TrustRegistry } from '@cairn/core'
import type { VerdictFacts } from '@cairn/formats'
import { type Certificate, nameLine, sealCertificateProblems } from '@cairn/seals'
import type { ChainVerdict } from '../validation/judge-chain.ts'
import { checkScope } from './award-scope.ts'
import { didKeyOf } from './did-key.ts'
import { type CheckResult, finding, outcomeOf } from './result.ts'
import { isTestAuthority } from './test-authority.ts'

/**
 * What the check looks at. `chain` is what came of the certificate's chain; `provenAt` is when the seal is proven to have existed, `contentAt` when
 * it did not exist yet, `claimedAt` what the sealer says.
 */
export interface IssuerQuestion {
  leaf: Certificate
  chain: ChainVerdict
  registry: TrustRegistry
  facts: VerdictFacts
  provenAt?: string | undefined
  contentAt?: string | undefined
  claimedAt?: string | undefined
  now: string
}

export interface IssuerResult extends CheckResult {
  entry?: TrustEntry
}

const clause = 'EN 319 102-1, 5.2.6'

/** Identifiers are compared without blanks, hyphens and case: `VATES-A00000000` and `vates-a00000000` are the same body. */
export const sameNumber = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && normal(one) === normal(other)
const normal = (text: string) => text.replace(/[\s.-]/g, '').toUpperCase()

/** Judges the issuer. */
export function checkIssuerTrusted(question: IssuerQuestion): IssuerResult {
  const { leaf, chain, registry, facts } = question
  const findings = sealCertificateProblems(leaf).map((each) => finding('issuer.certificate', 'failed', { problem: each, clause }))
  const never = failedForever(question)
  if (never) findings.push(finding('issuer.certificate', 'failed', { problem: never.problem, clause }))
  const ofSeal = registry.issuers.filter((entry) => madeBy(entry, leaf, chain))
  const named = entriesNamed(registry, facts)
  const entry = named.find((each) => ofSeal.includes(each))
  if (
    facts.eidasIdentifier !== undefined &&
    leaf.subject.organizationIdentifier !== undefined &&
    !sameNumber(facts.eidasIdentifier, leaf.subject.organizationIdentifier)
  )
    findings.push(notBound('The document names another official identifier than the certificate of the seal.'))
  else if (entry) findings.push(...judgeEntry(entry, question))
  else if (ofSeal.length > 0) findings.push(notBound('The seal is one of a body in the registry, and the document names another issuer.'))
  else if (named.some((each) => contradicts(each, leaf)))
    findings.push(notBound('The registry knows the issuer that the document names, by another certificate or key.'))
  else findings.push(...unknownIssuer(question, named.length > 0))
  const outcome = outcomeOf(findings)
  return {
    outcome,
    findings,
    ...(entry && outcome !== 'failed' ? { entry } : {}),
    ...(outcome === 'unknown' ? { subIndication: chain.subIndication ?? 'NO_CERTIFICATE_CHAIN_FOUND' } : {}),
    ...(outcome === 'failed' && never ? { subIndication: never.subIndication } : {}),
  }
}

function notBound(detail: string) {
  return finding('issuer.bound', 'failed', { problem: problem('issuer.not-bound-to-seal', detail), clause: 'R-ISS-1' })
}

/** Entries for the issuer that the document names: by its id, else by its official identifier. */
function entriesNamed({ issuers }: TrustRegistry, { issuerId, eidasIdentifier }: VerdictFacts): TrustEntry[] {
  const byId = issuers.filter((entry) => entry.id === issuerId)
  return byId.length > 0 ? byId : issuers.filter((entry) => sameNumber(entry.organizationIdentifier, eidasIdentifier))
}

/** True when the entry's key made the seal, or a certificate proven up to an anchor and naming the entry's organisation. */
export function madeBy(entry: TrustEntry, leaf: Certificate, chain: ChainVerdict): boolean {
  const key = didKeyOf(leaf)
  if (key !== undefined && entry.keys.includes(key)) return true
  return leadsToAnchor(chain) && sameNumber(entry.organizationIdentifier, leaf.subject.organizationIdentifier)
}

/** The chain holds, or all that is missing is a statement on revocation: then it is known who sealed, though not whether it still counts. */
const leadsToAnchor = ({ indication, subIndication, path }: ChainVerdict) =>
  path !== undefined && (indication === 'PASSED' || subIndication === 'TRY_LATER')

/** What no later evidence can mend (EN 319 102-1, 5.5.4): sealed before the certificate began, or provably after it was revoked or had ended. */
function failedForever({ leaf, chain, contentAt }: IssuerQuestion): { problem: Problem; subIndication: string } | undefined {
  if (chain.indication === 'FAILED') return { problem: chain.problem!, subIndication: chain.subIndication! }
  if (chain.indication === 'PASSED' || !chain.path || contentAt === undefined) return undefined
  const after = (what: string, subIndication: string) => ({
    problem: problem('seal.after-revocation', `What is sealed was stamped on ${contentAt.slice(0, 10)}, and the certificate ${what}.`),
    subIndication,
  })
  if (chain.revokedAt !== undefined && millis(contentAt) > millis(chain.revokedAt))
    return after(`was revoked on ${chain.revokedAt.slice(0, 10)}`, 'REVOKED')
  if (millis(contentAt) > millis(leaf.notAfter)) return after(`ended on ${leaf.notAfter.slice(0, 10)}`, 'EXPIRED')
  return undefined
}

/** True when the entry names organisation or keys, and the seal's certificate fits neither: another body sealed in this one's name. */
function contradicts(entry: TrustEntry, leaf: Certificate): boolean {
  if (entry.organizationIdentifier !== undefined) return !sameNumber(entry.organizationIdentifier, leaf.subject.organizationIdentifier)
  return entry.keys.length > 0
}

function judgeEntry(entry: TrustEntry, { facts, chain, provenAt, claimedAt, now, leaf }: IssuerQuestion) {
  const found = [finding('issuer.bound', 'passed', { clause: 'R-ISS-1', note: nameLine(leaf.subject) })]
  const sealedAt = [provenAt, claimedAt, facts.issued].find((moment) => moment !== undefined && !Number.isNaN(millis(moment))) ?? now
  const may = covers(entry, dayOf(sealedAt)) && (entry.types.includes('*') || entry.types.some((type) => facts.types.includes(type)))
  found.push(
    may
      ? finding('issuer.allowed', 'passed', { clause: 'R-ISS-1', note: entry.legalName })
      : finding('issuer.allowed', 'failed', {
          problem: problem('issuer.not-allowed', 'The registry does not allow this issuer to seal credentials of this type at that time.'),
          clause: 'R-ISS-1',
        }),
  )
  if (may) found.push(...checkScope(entry, facts.scope))
  if (may && provenAt === undefined && !covers(entry, dayOf(now)))
    found.push(
      finding('issuer.allowed', 'unknown', {
        problem: problem(
          'issuer.time-not-proven',
          'The registry does not speak for this issuer today, and only the sealer says when it was sealed.',
        ),
        clause: 'R-ISS-1',
      }),
    )
  // An entry that names the key itself needs no chain; a revocation that is known counts all the same.
  if (chain.path && chain.indication === 'INDETERMINATE' && (leadsToAnchor(chain) || chain.subIndication === 'REVOKED_NO_POE'))
    found.push(finding('issuer.revocation', 'unknown', { problem: chain.problem!, clause }))
  if (entry.logRequired)
    found.push(
      finding('issuer.logged', 'unknown', {
        problem: problem('issuer.log-not-checked', 'The credential brings no proof that it is in the log.'),
        clause: 'R-LOG-4',
      }),
    )
  return found
}

function unknownIssuer({ leaf, chain, registry, provenAt, now }: IssuerQuestion, named: boolean) {
  const unknown = (check: string, what: Problem) => finding(check, 'unknown', { problem: what, clause })
  const found = [
    unknown(
      'issuer.known',
      problem(
        'issuer.not-known',
        named ? 'The registry names this issuer, but nothing proves that the seal is theirs.' : notInRegistry(registry),
      ),
    ),
  ]
  if (chain.indication === 'INDETERMINATE' && chain.problem) found.push(unknown('issuer.path', chain.problem))
  const told = chain.problem?.code === 'certificate.expired' || chain.indication === 'PASSED'
  if (!told && millis(now) > millis(leaf.notAfter) && provenAt === undefined)
    found.push(
      unknown(
        'issuer.certificate',
        problem(
          'certificate.expired',
          `The certificate of the seal ended on ${leaf.notAfter.slice(0, 10)}, and no time stamp of a known authority proves that it sealed before.`,
        ),
      ),
    )
  if (isTestAuthority(leaf))
    found.push(
      unknown('issuer.certificate', problem('certificate.test-authority', `It says so itself: "${nameLine(leaf.subject).slice(0, 200)}".`)),
    )
  return found
}

/** Why an issuer is not known: it is not named, or nobody is. */
export const notInRegistry = ({ issuers }: TrustRegistry): string =>
  issuers.length === 0 ? 'The registry at hand names no issuers at all.' : 'The registry at hand does not name this issuer.'

/** What the report says of the registry's entry. */
export function registryBlock(entry: TrustEntry): NonNullable<Report['registry']> {
  return {
    legalName: entry.legalName,
    id: entry.id,
    ...(entry.organizationIdentifier === undefined ? {} : { organizationIdentifier: entry.organizationIdentifier }),
  }
}
