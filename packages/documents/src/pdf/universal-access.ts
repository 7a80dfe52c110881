/** What PDF/UA-1 asks for on top of PDF/A-3a, added behind the file as it is: an incremental update (ISO 32000-1, 7.5.6). */
import { ProblemError } from '@cairn/core'
import { isDictionary, isReference, openPdf, updatePdf } from '@cairn/formats'

const refuse = (): never => {
  throw new ProblemError('document.not-rendered', 'The sheet is not built as expected, so it cannot be marked as accessible.')
}
const mark =
  '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF>'

/**
 * Marks a tagged file as PDF/UA-1 (ISO 14289-1, 5 and 7.1): `pdfuaid:part` in the metadata, and that readers show the title. Only for files of our
 * renderer, which writes plain metadata; any other raises `document.not-rendered`.
 */
export async function withUniversalAccess(pdf: Uint8Array): Promise<Uint8Array> {
  const file = await openPdf(pdf)
  const root = file.trailer.get('Root')
  const catalogue = await file.resolve(root)
  if (!isReference(root) || !isDictionary(catalogue)) return refuse()
  const metadata = catalogue.get('Metadata')
  const head = file.objectAt(metadata)?.value
  const data = await file.stream(metadata)
  if (!isReference(metadata) || !isDictionary(head) || head.has('Filter') || !data) return refuse()
  const plain = new TextDecoder().decode(data)
  const marked = new TextEncoder().encode(plain.replace('</rdf:RDF>', mark))
  if (marked.length === data.length) return refuse()
  const preferences = await file.resolve(catalogue.get('ViewerPreferences'))
  const shown = new Map(isDictionary(preferences) ? preferences : []).set('DisplayDocTitle', true)
  return updatePdf(pdf, file, [
    { number: root.number, value: new Map(catalogue).set('ViewerPreferences', shown) },
    { number: metadata.number, value: new Map(head).set('Length', marked.length), data: marked },
  ]).bytes
}
