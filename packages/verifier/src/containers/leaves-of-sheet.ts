/** The certificates behind the intact seals of a document, for whoever gathers statements on them. */
import { ProblemError } from '@cairn/core'
import { pdfSignatures, type SecurityStore, securityStore } from '@cairn/formats'
import { checkPdfSeal, type PdfStampRead, readPdfSeal } from '@cairn/seals'
import type { Leaf } from '../validation/chains-of.ts'
import { documentStamps } from './sheet-proofs.ts'

const nothing = { leaves: [], store: {} }

/**
 * Sealers and authorities of time stamps, with the values that the document brings itself; none of a document with a seal that does not hold (R-SSRF-2).
 * Never throws for what is in the bytes.
 */
export async function leavesOfSheet(bytes: Uint8Array): Promise<{ leaves: Leaf[]; store: Partial<SecurityStore> }> {
  const leaves: Leaf[] = []
  const stamped = ({ token, problems }: PdfStampRead) => {
    if (problems.length === 0 && token?.signer) leaves.push({ use: 'time-stamp', leaf: token.signer, others: token.certificates })
  }
  try {
    const signatures = await pdfSignatures(bytes)
    for (const { subFilter, contents, covered } of signatures) {
      if (subFilter !== 'ETSI.CAdES.detached') continue
      const seal = await readPdfSeal(contents)
      if (await checkPdfSeal(seal, covered)) return nothing
      leaves.push({ use: 'seal', leaf: seal.signed.signer!, others: seal.signed.certificates })
      if (seal.stamp) stamped(seal.stamp)
    }
    for (const stamp of await documentStamps(signatures)) stamped(stamp)
    return { leaves, store: await securityStore(bytes) }
  } catch (error) {
    if (error instanceof ProblemError) return nothing
    throw error
  }
}
