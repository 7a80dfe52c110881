/**
 * A PDF with a credential in it, and the seal of the sheet itself where it has one (PAdES). The credential says what is true; the seal of the sheet says
 * that the page around it is what the same body let be printed, and that nothing was changed or added since but proofs that make it last (B-LT, B-LTA).
 */
import { covers, dayOf, type Finding, type Problem, ProblemError, problem, type Report, verdictOf } from '@cairn/core'
import { addsOnlyProofs, type PdfSignature, pdfSignatures } from '@cairn/formats'
import { type Certificate, checkPdfSeal, nameLine, readJades, readPdfSeal, type SealRead, sameBytes } from '@cairn/seals'
import { anchorsOf } from '../checks/anchors.ts'
import { madeBy } from '../checks/issuer-trusted.ts'
import { finding, outcomeOf } from '../checks/result.ts'
import { judgeAuthority } from '../checks/seal-time-stamps.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { judgeChain } from '../validation/judge-chain.ts'
import { documentStamps, isDocumentStamp, type SheetProofs, type SheetSeal, sheetProofs } from './sheet-proofs.ts'

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
  const seals: IntactSeal[] = []
  for (const signature of signatures) {
    if (isDocumentStamp(signature)) continue
    const read = await readIntact(signature)
    if ('finding' in read) findings.push(read.finding)
    else seals.push(read)
  }
  const credential = sealOf(given.content)
  const anchors = anchorsOf(given.evidence)
  const proofs = await sheetProofs(given.bytes, seals, await documentStamps(signatures), credential, { ...given, anchors })
  findings.push(...proofs.findings)
  let sheet: Omit<Sheet, 'seal'> = {}
  for (const seal of seals) {
    const judged = await judgeSealer(seal, proofs, anchors, credential, inner, given)
    findings.push(...judged.findings)
    sheet = { ...judged.sheet, ...sheet }
  }
  const others = signatures.filter((signature) => !isDocumentStamp(signature))
  if (others.length === 0) findings.push(otherForm)
  const [last] = others.map(({ end }) => end).sort((one, other) => other - one)
  // Whoever adds to a document can change what it shows, also where every seal before holds: shadow attacks live from that.
  if (last !== undefined && last < given.bytes.length && !(await addsOnlyProofs(given.bytes, last)))
    findings.push(
      seen('unknown', problem('pdf.changed-after-seal', 'The last seal ends before the document does: what it shows may be another.')),
    )
  else if (others.length > 1)
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

interface IntactSeal extends SheetSeal {
  signature: PdfSignature
}
const otherForm = seen('unknown', problem('pdf.seal-other-form', 'The document has a seal of a form that we do not judge.'))

/** A seal that holds, or what is found instead. */
async function readIntact(signature: PdfSignature): Promise<IntactSeal | { finding: Finding }> {
  const isPades = signature.subFilter === 'ETSI.CAdES.detached'
  try {
    const read = await readPdfSeal(signature.contents)
    const fault = await checkPdfSeal(read, signature.covered)
    // What was altered is told of every form: whoever renames the form gains nothing.
    if (fault) return { finding: isPades || fault.code === 'pdf.altered' ? seen('failed', fault) : otherForm }
    return isPades ? { read, signature, end: signature.end } : { finding: otherForm }
  } catch (error) {
    if (error instanceof ProblemError) return { finding: isPades ? seen('failed', error.problem) : otherForm }
    throw error
  }
}

/** Who sealed the sheet has to be whom the credential in it is of: the same key, or another one of the same entry in the registry (R-ISS-1). */
async function judgeSealer(
  { read: { signed, stamp, algorithm }, signature: { claimedAt } }: IntactSeal,
  { values, proofs, isStored, isArchived }: SheetProofs,
  anchors: readonly Certificate[],
  credential: SealRead | undefined,
  inner: Report,
  { evidence, policy, now }: Given,
): Promise<{ findings: Finding[]; sheet: Omit<Sheet, 'seal'> }> {
  const leaf = signed.signer!
  const level = !stamp ? 'B-B' : !isStored ? 'B-T' : isArchived ? 'B-LTA' : 'B-LT'
  const findings: Finding[] = [seen('passed', undefined, `${algorithm}, ${level}`)]
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
  const earliest = proofs.earliest(signed.signature)
  if (earliest !== now) provenAt = earliest
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
  return {
    findings,
    sheet: {
      level,
      signer: nameLine(leaf.subject),
      ...(algorithm ? { algorithm } : {}),
      ...(claimedAt ? { claimedAt } : {}),
      ...(provenAt ? { provenAt } : {}),
    },
  }
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
