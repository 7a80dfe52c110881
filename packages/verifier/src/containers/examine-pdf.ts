/** A document with a sealed credential inside: what is verified is the credential; what is printed is nobody's word (R-DISP-1). */
import { ProblemError, type Report } from '@cairn/core'
import { type DocumentFormat, detectFormat, embeddedFiles } from '@cairn/formats'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'

type Inside = (bytes: Uint8Array, format: DocumentFormat, evidence: Evidence, policy: Policy, now: string) => Promise<Report>

/**
 * Judges the credential in a PDF by whoever knows its form.
 * @throws ProblemError `pdf.unreadable`, `pdf.no-credential`, and `pdf.several-credentials` when it is not clear which one the sheet is of
 */
export async function examinePdf(
  bytes: Uint8Array,
  inside: (found: DocumentFormat) => Inside | undefined,
  evidence: Evidence,
  policy: Policy,
  now: string,
): Promise<Report> {
  const found = (await embeddedFiles(bytes))
    .map((file) => ({ ...file, format: detectFormat(file.bytes) }))
    .filter(({ format }) => format !== 'pdf' && format !== 'zip' && format !== 'status-list' && inside(format) !== undefined)
  const [first, second] = found
  if (!first) throw new ProblemError('pdf.no-credential', 'The document holds no credential in a form that we know.')
  if (second) throw new ProblemError('pdf.several-credentials', 'The document holds several credentials. Save them and verify each.')
  return { ...(await inside(first.format)!(first.bytes, first.format, evidence, policy, now)), format: 'pdf' }
}
