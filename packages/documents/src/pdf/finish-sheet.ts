/**
 * What the renderer leaves to us, added behind the file as it is: an incremental update (ISO 32000-1, 7.5.6) with the sealed credential as the source of
 * the sheet (ISO 19005-3, 6.8), and what PDF/UA-1 asks for on top of PDF/A-3a.
 */
import { ProblemError } from '@cairn/core'
import {
  isDictionary,
  isReference,
  type PdfDictionary,
  type PdfFile,
  type PdfValue,
  pdfDate,
  pdfName,
  pdfText,
  updatePdf,
} from '@cairn/formats'

/** The file that a sheet shows; `at` is RFC 3339, in UTC. */
export interface SheetSource {
  name: string
  bytes: Uint8Array
  mediaType: string
  description: string
  at: string
}

const refuse = (): never => {
  throw new ProblemError('document.not-rendered', 'The sheet is not built as expected, so it cannot be finished.')
}
/** PDF/A wants every property explained that it does not know itself (ISO 19005-3, 6.6.2.3): that of PDF/UA is one. */
const schemas = '<pdfaExtension:schemas><rdf:Bag>'
const schema = `<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>`
const end = '</rdf:RDF>'
const mark =
  '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>'

/**
 * Puts the source into a tagged file, which is open, and marks it as PDF/UA-1 (ISO 14289-1, 5 and 7.1): `pdfuaid:part` in the metadata, and that readers show the
 * title. Only for files of our renderer, which writes plain metadata and no files; any other raises `document.not-rendered`.
 */
export async function finishSheet(pdf: Uint8Array, file: PdfFile, source: SheetSource): Promise<Uint8Array> {
  const root = file.trailer.get('Root')
  const catalogue = await file.resolve(root)
  if (!isReference(root) || !isDictionary(catalogue) || catalogue.has('AF')) return refuse()
  const metadata = catalogue.get('Metadata')
  const head = file.objectAt(metadata)?.value
  const data = await file.stream(metadata)
  if (!isReference(metadata) || !isDictionary(head) || head.has('Filter') || !data) return refuse()
  const plain = new TextDecoder().decode(data)
  if (!plain.includes(schemas) || !plain.includes(end)) return refuse()
  const marked = new TextEncoder().encode(plain.replace(schemas, schemas + schema).replace(end, mark + end))
  const preferences = await file.resolve(catalogue.get('ViewerPreferences'))
  const names = await file.resolve(catalogue.get('Names'))
  const shown = new Map(isDictionary(preferences) ? preferences : []).set('DisplayDocTitle', true)
  const next = Number(file.trailer.get('Size'))
  const [content, specification]: PdfValue[] = [next, next + 1].map((number) => ({ kind: 'reference', number }))
  const files = dictionary({ Names: [pdfText(source.name), specification!] })
  return updatePdf(pdf, file, [
    {
      number: root.number,
      value: new Map(catalogue)
        .set('ViewerPreferences', shown)
        .set('AF', [specification!])
        .set('Names', new Map(isDictionary(names) ? names : []).set('EmbeddedFiles', files)),
    },
    { number: metadata.number, value: new Map(head).set('Length', marked.length), data: marked },
    { number: next, ...embedded(source) },
    {
      number: next + 1,
      value: dictionary({
        Type: pdfName('Filespec'),
        F: pdfText(source.name),
        UF: pdfText(source.name),
        Desc: pdfText(source.description),
        AFRelationship: pdfName('Source'),
        EF: dictionary({ F: content!, UF: content! }),
      }),
    },
  ]).bytes
}

const dictionary = (entries: Record<string, PdfValue>): PdfDictionary => new Map(Object.entries(entries))

/** As they are, so that any tool finds them: packing them by letter frequency would cost 5 in 100 of the sheet and save 14 KB. */
function embedded({ bytes, mediaType, at }: SheetSource): { value: PdfDictionary; data: Uint8Array } {
  const parameters = dictionary({ Size: bytes.length, ModDate: pdfDate(at) })
  const told = { Type: pdfName('EmbeddedFile'), Subtype: pdfName(mediaType), Length: bytes.length }
  return { value: dictionary({ ...told, Params: parameters }), data: bytes }
}
