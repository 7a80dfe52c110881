/** A document with a sealed credential inside: what is verified is the credential; what is printed is nobody's word (R-DISP-1). */
import { ProblemError, type Report } from '@cairn/core'
import { credentialInPdf, type DocumentFormat } from '@cairn/formats'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'

type Inside = (bytes: Uint8Array, format: DocumentFormat, evidence: Evidence, policy: Policy, now: string) => Promise<Report>

/** Judges the credential in a PDF by whoever knows its form. Raises what {@link credentialInPdf} raises. */
export async function examinePdf(
  bytes: Uint8Array,
  inside: (found: DocumentFormat) => Inside | undefined,
  evidence: Evidence,
  policy: Policy,
  now: string,
): Promise<Report> {
  const { bytes: credential, format } = await credentialInPdf(bytes)
  const examine = inside(format)
  if (!examine) throw new ProblemError('pdf.no-credential', 'What the document holds carries no seal.')
  return { ...(await examine(credential, format, evidence, policy, now)), format: 'pdf' }
}
