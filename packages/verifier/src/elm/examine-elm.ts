/** A European Digital Credential under a JAdES seal: intact, of whom, current, revoked. The checks, in order, on one page. */
import { isObject, type JsonObject, ProblemError, type Report, type Results } from '@cairn/core'
import { declarationKind, factsForVerdict, readElm } from '@cairn/formats'
import { levelOf, readJades, type SealRead, type SignatureRead, sealAlgorithms, sealedDocument } from '@cairn/seals'
import { accreditationAtHand } from '../checks/accreditation-at-hand.ts'
import { anchorsOf, timeStampAnchorsOf } from '../checks/anchors.ts'
import { isScopeAsked } from '../checks/award-scope.ts'
import { checkIssuerTrusted, registryBlock } from '../checks/issuer-trusted.ts'
import { qualificationOf } from '../checks/qualification.ts'
import { decisive } from '../checks/result.ts'
import { checkCounterSignatures, checkSealIntact } from '../checks/seal-intact.ts'
import { checkSealTimeStamps } from '../checks/seal-time-stamps.ts'
import { checkStatusLists } from '../checks/status-list.ts'
import { checkValidityPeriod } from '../checks/validity-period.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { report } from '../report/report.ts'
import { judgeChain } from '../validation/judge-chain.ts'
import { createProofs } from '../validation/proofs.ts'
import { valuesOf } from '../validation/values.ts'

/** Judges a sealed European Digital Credential in any serialisation of its seal. Raises what reading the seal and the document raises. */
export async function examineElm(bytes: Uint8Array, format: string, evidence: Evidence, policy: Policy, now: string): Promise<Report> {
  const seal = readJades(bytes, evidence.detached)
  const nothing = { issuer: 'unknown', validity: 'unknown', status: 'unknown' } as const
  const sealed = await checkSealIntact(seal, policy)
  // Content that is not at hand can be neither read nor judged.
  if (sealed.subIndication === 'SIGNED_DATA_NOT_FOUND' && seal.signatures[0]!.references)
    return report(format, now, sealed.findings, { seal: sealed.outcome, ...nothing }, sealed.subIndication)
  const document = documentOf(seal)
  if (sealed.outcome === 'failed') return report(format, now, sealed.findings, { seal: 'failed', ...nothing }, sealed.subIndication)

  const [signature] = seal.signatures
  const [leaf] = signature!.certificates
  const anchors = anchorsOf(evidence)
  const scope = isScopeAsked(evidence) ? (await import('./read-scope.ts')).readScope(document) : undefined
  const facts = { ...factsForVerdict(document), ...(scope ? { scope } : {}) }
  const proofs = createProofs(now)
  const values = valuesOf(seal, evidence)
  const stamps = await checkSealTimeStamps({ seal, anchors: timeStampAnchorsOf(evidence), values, proofs, policy, now })
  const counter = await checkCounterSignatures(seal)
  const chain = await judgeChain({
    leaf: leaf!,
    others: signature!.certificates,
    anchors,
    values,
    proofs,
    existedAt: stamps.provenAt ?? now,
    scheme: sealAlgorithms[signature!.algorithm],
    use: 'seal',
    policy,
    now,
  })
  const { provenAt, contentAt } = stamps
  const { claimedAt } = signature!
  const issuer = checkIssuerTrusted({ leaf: leaf!, chain, registry: evidence.registry, facts, provenAt, contentAt, claimedAt, now })
  const validity = checkValidityPeriod(facts, now, policy.clockSkewSeconds)
  const qualification = await qualificationOf({ leaf: leaf!, values, services: evidence.registry.trustedServices, at: provenAt ?? now })
  const status = await checkStatusLists({
    facts,
    leaf: leaf!,
    issuer: issuer.entry,
    anchors,
    evidence,
    policy,
    now: policy.statusAt ?? now,
  })

  // A declaration is sealed, trusted and judged as an award is; what it says is read by its own reader, and it awards nothing.
  const kind = declarationKind(document)
  const accreditation = await accreditationAtHand(kind ? { ...facts, scope: undefined } : facts, evidence, now)
  const checks = [sealed, stamps, counter, issuer, validity, status]
  const results: Results = {
    seal: [sealed, stamps, counter].some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'passed',
    issuer: issuer.outcome,
    validity: validity.outcome,
    status: status.outcome,
    ...accreditation.results,
  }
  const view = kind ? (await import('./read-declared.ts')).readDeclared(document, kind) : readElm(document)
  return {
    ...report(
      kind ?? format,
      now,
      [...checks, accreditation].flatMap(({ findings }) => findings),
      results,
      decisive(checks)?.subIndication,
    ),
    signatures: seal.signatures.map((each, index) => signatureLine(each, stamps.provenEach[index])),
    view,
    ...accreditation.told,
    ...(qualification ? { qualification } : {}),
    ...(issuer.entry ? { registry: registryBlock(issuer.entry) } : {}),
  }
}

/** Level, algorithm and times of a signature, for the report. */
function signatureLine(signature: SignatureRead, provenAt: string | undefined): NonNullable<Report['signatures']>[number] {
  const level = levelOf(signature)
  const { algorithm, claimedAt } = signature
  return { algorithm, ...(level ? { level } : {}), ...(claimedAt ? { claimedAt } : {}), ...(provenAt ? { provenAt } : {}) }
}

/** The sealed document, strictly parsed: what a lenient reader would see differently is refused (R-JSON-1). */
function documentOf(seal: SealRead): JsonObject {
  const document = sealedDocument(seal)
  if (!isObject(document) || detectTypes(document).length === 0)
    throw new ProblemError('format.unreadable', 'What is sealed is no credential that we know.')
  return document
}

function detectTypes({ type }: JsonObject): string[] {
  return (Array.isArray(type) ? type : [type]).filter(
    (each) => each === 'EuropeanDigitalCredential' || each === 'VerifiableCredential',
  ) as string[]
}
