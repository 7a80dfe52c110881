/**
 * A PDF with a credential in it, and the seal of the sheet itself where it has one (PAdES). The credential says what is true; the seal of the sheet says
 * that the page around it is what the same body let be printed, and that nothing was changed or added since.
 */
import { covers, dayOf, type Finding, type Problem, ProblemError, problem, type Report, verdictOf } from '@cairn/core'
import { type PdfSignature, pdfSignatures } from '@cairn/formats'
import { type Certificate, checkPdfSeal, nameLine, type PdfSealRead, readJades, readPdfSeal, type SealRead, sameBytes } from '@cairn/seals'
import { anchorsOf } from '../checks/anchors.ts'
import { madeBy } from '../checks/issuer-trusted.ts'
import { finding, outcomeOf } from '../checks/result.ts'
import { judgeAuthority } from '../checks/seal-time-stamps.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { judgeChain } from '../validation/judge-chain.ts'
import { createProofs } from '../validation/proofs.ts'
import { valuesOf } from '../validation/values.ts'

const clause = 'EN 319 142-1, 6.3'
type Sheet = NonNullable<Report['sheet']>
interface Given {
  bytes: Uint8Array
  /** The credential in the document. */
  content: Uint8Array
  evidence: Evidence
  policy: Policy
  now: string
}

/** The report on the credential in a document, with what the seals of the document itself add. A document without one is what its credential is. */
export async function examineSheet(inner: Report, given: Given): Promise<Report> {
  if (inner.results.seal === 'failed') return inner
  const { signatures, wrong } = await readSignatures(given.bytes)
  if (wrong) return broken(inner, [seen('failed', wrong)])
  if (signatures.length === 0) return { ...inner, sheet: { seal: 'none' } }
  const findings: Finding[] = []
  let sheet: Omit<Sheet, 'seal'> = {}
  for (const signature of signatures) {
    const judged = await judgeOne(signature, inner, given)
    findings.push(...judged.findings)
    sheet = { ...judged.sheet, ...sheet }
  }
  // Whoever adds to a document can change what it shows, also where every seal before holds: shadow attacks live from that.
  if (signatures.every(({ end }) => end < given.bytes.length))
    findings.push(
      seen('unknown', problem('pdf.changed-after-seal', 'The last seal ends before the document does: what it shows may be another.')),
    )
  else if (signatures.length > 1)
    findings.push(
      seen(
        'unknown',
        problem('pdf.changed-after-seal', 'The document has several seals: what came between them may change what it shows.'),
      ),
    )
  const seal = outcomeOf(findings)
  if (seal === 'failed') return broken(inner, findings)
  const doubt = findings.some(({ outcome, problem: why }) => outcome === 'unknown' && !(why && ageing.has(why.code)))
  const results = doubt ? { ...inner.results, seal: 'unknown' as const } : inner.results
  return { ...inner, verdict: verdictOf(results), results, findings: [...inner.findings, ...findings], sheet: { ...sheet, seal } }
}

/**
 * What comes with the years and speaks against nobody: the seal of the sheet then proves nothing more, and the credential in it counts as it does in a
 * sheet that was never sealed.
 */
const ageing = new Set<Problem['code']>([
  'certificate.expired',
  'certificate.revocation-unknown',
  'revocation.too-old',
  'seal.algorithm-outdated',
])

const seen = (outcome: Finding['outcome'], what?: Problem, note?: string) =>
  finding('seal.sheet', outcome, { ...(what ? { problem: what } : {}), clause, ...(note ? { note } : {}) })

async function readSignatures(bytes: Uint8Array): Promise<{ signatures: PdfSignature[]; wrong?: Problem }> {
  try {
    return { signatures: await pdfSignatures(bytes) }
  } catch (error) {
    if (error instanceof ProblemError) return { signatures: [], wrong: error.problem }
    throw error
  }
}

/** A sheet that was altered shows nobody's words, so that nothing of the credential is shown beside it either (R-DISP-2). */
function broken({ format, at, findings }: Report, found: readonly Finding[]): Report {
  const results = { seal: 'failed', issuer: 'unknown', validity: 'unknown', status: 'unknown' } as const
  const ofSeal = findings.filter(({ check }) => check.startsWith('seal.'))
  return {
    format,
    verdict: 'invalid',
    subIndication: 'HASH_FAILURE',
    results,
    findings: [...ofSeal, ...found],
    sheet: { seal: 'failed' },
    at,
  }
}

async function judgeOne(
  signature: PdfSignature,
  inner: Report,
  given: Given,
): Promise<{ findings: Finding[]; sheet?: Omit<Sheet, 'seal'> }> {
  const otherForm = seen('unknown', problem('pdf.seal-other-form', 'The document has a seal of a form that we do not judge.'))
  const isPades = signature.subFilter === 'ETSI.CAdES.detached'
  let seal: PdfSealRead
  try {
    seal = await readPdfSeal(signature.contents)
  } catch (error) {
    if (error instanceof ProblemError) return { findings: [isPades ? seen('failed', error.problem) : otherForm] }
    throw error
  }
  const fault = await checkPdfSeal(seal, signature.covered)
  // What was altered is told of every form: whoever renames the form gains nothing.
  if (fault) return { findings: [isPades || fault.code === 'pdf.altered' ? seen('failed', fault) : otherForm] }
  if (!isPades) return { findings: [otherForm] }
  const signer = seal.signed.signer!
  const level = seal.stamp ? 'B-T' : 'B-B'
  const { findings, provenAt } = await judgeSealer(seal, signer, signature, inner, given)
  return {
    findings: [seen('passed', undefined, `${seal.algorithm}, ${level}`), ...findings],
    sheet: {
      level,
      signer: nameLine(signer.subject),
      ...(seal.algorithm ? { algorithm: seal.algorithm } : {}),
      ...(signature.claimedAt ? { claimedAt: signature.claimedAt } : {}),
      ...(provenAt ? { provenAt } : {}),
    },
  }
}

/** Who sealed the sheet has to be whom the credential in it is of: the same key, or another one of the same entry in the registry (R-ISS-1). */
async function judgeSealer(
  { signed, stamp }: PdfSealRead,
  leaf: Certificate,
  { claimedAt }: PdfSignature,
  inner: Report,
  { content, evidence, policy, now }: Given,
): Promise<{ findings: Finding[]; provenAt?: string }> {
  const anchors = anchorsOf(evidence)
  const proofs = createProofs(now)
  const credential = sealOf(content)
  const values = valuesOf(credential, evidence, { certificates: signed.certificates.map(({ der }) => der), crls: [...signed.crls] })
  const findings: Finding[] = []
  let provenAt: string | undefined
  for (const wrong of stamp?.problems ?? [])
    findings.push(finding('seal.time-stamp', 'unknown', { problem: wrong, clause, note: 'sigTst' }))
  if (stamp?.token && stamp.problems.length === 0) {
    const judged = await judgeAuthority('sigTst', stamp.token, { anchors, values, proofs, policy, now })
    // An authority that nobody here knows proves nothing, and harms nothing: the seal is then one without a time stamp.
    if (judged.proven) {
      findings.push(judged.found)
      provenAt = stamp.token.genTime
      proofs.add(signed.signature, provenAt)
      for (const { der } of signed.certificates) proofs.add(der, provenAt)
    }
  }
  const chain = await judgeChain({
    leaf,
    others: signed.certificates,
    anchors,
    values,
    proofs,
    existedAt: provenAt ?? now,
    scheme: signed.scheme!,
    use: 'seal',
    policy,
    now,
  })
  const sealer = (outcome: Finding['outcome'], what?: Problem) =>
    finding('seal.sheet-sealer', outcome, { ...(what ? { problem: what } : {}), clause: 'R-ISS-1', note: nameLine(leaf.subject) })
  const entry = evidence.registry.issuers.find(({ id }) => id === inner.registry?.id)
  const own = credential?.signatures[0]?.certificates[0]
  const isSame = own !== undefined && sameBytes(own.der, leaf.der)
  if (entry ? !madeBy(entry, leaf, chain) : !isSame)
    findings.push(
      sealer('unknown', problem('pdf.sealed-by-other', 'The page is not sealed by the body whose seal the credential in it bears.')),
    )
  else if (entry && !covers(entry, dayOf(provenAt ?? claimedAt ?? now)))
    findings.push(
      sealer('unknown', problem('issuer.not-allowed', 'The registry does not speak for this body at the time when the page was sealed.')),
    )
  else if (chain.path && chain.indication !== 'PASSED' && chain.problem) findings.push(sealer('unknown', chain.problem))
  else findings.push(sealer('passed'))
  return { findings, ...(provenAt ? { provenAt } : {}) }
}

/** The seal of the credential, where that is a European Digital Credential. */
function sealOf(content: Uint8Array): SealRead | undefined {
  try {
    return readJades(content)
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}
