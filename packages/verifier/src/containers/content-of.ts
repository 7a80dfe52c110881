/** What a picture or a PDF holds: the credential that is verified in its place. Nothing is judged here. */
import { ProblemError } from '@cairn/core'
import { credentialInPdf, type DocumentFormat, detectFormat, unbakePng, unbakeSvg } from '@cairn/formats'
import type { Evidence } from '../evidence.ts'

/** Forms that hold a credential and are none. */
const containers: ReadonlySet<DocumentFormat> = new Set(['png', 'svg', 'pdf', 'zip'])
/**
 * The credential in a PNG, an SVG or a PDF; the bytes themselves when they are none of these. A picture may hold the address of the assertion alone,
 * which stands in `evidence` when it was fetched.
 * @throws ProblemError `picture.*`, `format.unreadable` for a picture in a picture and other forms, `pdf.unreadable`, `pdf.no-credential`, and
 * `pdf.several-credentials` when it is not clear which one the sheet is of
 */
export async function contentOf(
  bytes: Uint8Array,
  { hosted = {} }: Pick<Evidence, 'hosted'>,
): Promise<{ bytes: Uint8Array; format: DocumentFormat; address?: string }> {
  const format = detectFormat(bytes)
  if (format === 'pdf') return credentialInPdf(bytes)
  if (format !== 'png' && format !== 'svg') return { bytes, format }
  const text = (format === 'png' ? await unbakePng(bytes) : unbakeSvg(bytes)).trim()
  const address = /^https?:\/\/\S{1,2000}$/.exec(text)?.[0]
  const fetched = address !== undefined && Object.hasOwn(hosted, address) ? hosted[address] : undefined
  const content = fetched ?? new TextEncoder().encode(text)
  const found = detectFormat(content)
  if (containers.has(found)) throw new ProblemError('format.unreadable', 'What the picture holds is no credential in a form that we know.')
  return { bytes: content, format: found, ...(address !== undefined && !fetched ? { address } : {}) }
}
