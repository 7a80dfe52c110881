/** The one credential that a document holds. */
import { ProblemError } from '@cairn/core'
import { type DocumentFormat, detectFormat } from '../detect.ts'
import { embeddedFiles } from './embedded-files.ts'

/** Forms that are nobody's credential, or hold others. */
const noCredential = new Set<DocumentFormat>(['pdf', 'zip', 'status-list', 'specification', 'trust-registry', 'xml', 'unknown'])

/**
 * The credential inside a PDF with its form.
 * @throws ProblemError `pdf.unreadable`, `pdf.no-credential`, and `pdf.several-credentials` when it is not clear which one the sheet is of
 */
export async function credentialInPdf(bytes: Uint8Array): Promise<{ bytes: Uint8Array; format: DocumentFormat }> {
  const found = (await embeddedFiles(bytes))
    .map((file) => ({ bytes: file.bytes, format: detectFormat(file.bytes) }))
    .filter(({ format }) => !noCredential.has(format))
  const [first, second] = found
  if (!first) throw new ProblemError('pdf.no-credential', 'The document holds no credential in a form that we know.')
  if (second) throw new ProblemError('pdf.several-credentials', 'The document holds several credentials. Save them and verify each.')
  return first
}
