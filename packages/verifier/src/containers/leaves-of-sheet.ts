/** The certificates behind the intact seals of a document, for whoever gathers statements on them. */
import { ProblemError } from '@cairn/core'
import { pdfSignatures } from '@cairn/formats'
import { checkPdfSeal, readPdfSeal } from '@cairn/seals'
import type { Leaf } from '../validation/chains-of.ts'

/** Sealers and authorities of time stamps; none of a document with a seal that does not hold (R-SSRF-2). Never throws for what is in the bytes. */
export async function leavesOfSheet(bytes: Uint8Array): Promise<Leaf[]> {
  const leaves: Leaf[] = []
  try {
    for (const { subFilter, contents, covered } of await pdfSignatures(bytes)) {
      if (subFilter !== 'ETSI.CAdES.detached') continue
      const seal = await readPdfSeal(contents)
      if (await checkPdfSeal(seal, covered)) return []
      leaves.push({ use: 'seal', leaf: seal.signed.signer!, others: seal.signed.certificates })
      const token = seal.stamp?.problems.length === 0 ? seal.stamp.token : undefined
      if (token?.signer) leaves.push({ use: 'time-stamp', leaf: token.signer, others: token.certificates })
    }
    return leaves
  } catch (error) {
    if (error instanceof ProblemError) return []
    throw error
  }
}
