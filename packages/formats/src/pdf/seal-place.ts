/** A place for a seal in a PDF (ISO 32000-1, 12.8; ETSI EN 319 142-1, 6.3), and the seal put into it. */
import { joinBytes, ProblemError } from '@cairn/core'
import { openPdf } from './pdf-file.ts'
import {
  hexText,
  isDictionary,
  isName,
  isReference,
  latin1,
  type PdfDictionary,
  type PdfValue,
  pdfDate,
  pdfName,
  pdfText,
  unreadable,
} from './pdf-value.ts'
import { updatePdf, writeValue } from './update-pdf.ts'

/** What the seal says beside its signature. `room` is how many bytes the CMS may have. */
export interface SealPlaceGiven {
  /** RFC 3339, in UTC. */
  at: string
  room: number
  /** What readers that do not see the page are told that the field is. */
  label: string
}

/** A document with an empty place. */
export interface SealPlace {
  readonly bytes: Uint8Array
  /** Everything but the place itself: what the seal is over. */
  readonly covered: Uint8Array
  readonly from: number
  readonly to: number
}

/**
 * Makes room for the first and only seal of a document, which then certifies that nothing may be changed or added (DocMDP, 12.8.2.2). The field has no
 * face, so that it stands on the first page without showing. For files of our own renderer: a table of objects in clear, no form.
 * Raises `pdf.unreadable` for a file that has a form or a seal already.
 */
export async function openSealPlace(pdf: Uint8Array, { at, room, label }: SealPlaceGiven): Promise<SealPlace> {
  const rights = dictionary({ Type: pdfName('TransformParams'), P: 1, V: pdfName('1.2') })
  const transform = dictionary({ Type: pdfName('SigRef'), TransformMethod: pdfName('DocMDP'), TransformParams: rights })
  const entries = `/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n/M ${writeValue(pdfDate(at))}\n/Reference ${writeValue([transform])}`
  return openPlace(pdf, { entries, room, label, title: 'Seal', certifies: true })
}

/** Makes room for a time stamp of a whole document as it is (12.8.5; EN 319 142-1, 5.4.3), which may be added behind every seal. */
export function openStampPlace(pdf: Uint8Array, { room, label }: Omit<SealPlaceGiven, 'at'>): Promise<SealPlace> {
  const entries = '/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161'
  return openPlace(pdf, { entries, room, label, title: 'Time stamp', certifies: false })
}

interface PlaceGiven {
  /** What stands in the dictionary before what is covered and the place itself. */
  entries: string
  room: number
  label: string
  title: string
  certifies: boolean
}

async function openPlace(pdf: Uint8Array, { entries: told, room, label, title, certifies }: PlaceGiven): Promise<SealPlace> {
  const file = await openPdf(pdf)
  const root = file.trailer.get('Root')
  const catalogue = await file.resolve(root)
  if (!isReference(root) || !isDictionary(catalogue) || (certifies && (catalogue.has('AcroForm') || catalogue.has('Perms'))))
    unreadable('The document has a form or a seal already, or is not built as ours are.')
  const form = await file.resolve(catalogue.get('AcroForm'))
  const before = isDictionary(form) ? await file.resolve(form.get('Fields')) : []
  const fields = Array.isArray(before) ? before : []
  const page = await firstPage(file, catalogue)
  const next = Number(file.trailer.get('Size'))
  const [seal, field] = [next, next + 1]
  const reference = (number: number): PdfValue => ({ kind: 'reference', number })
  const widget = dictionary({
    Type: pdfName('Annot'),
    Subtype: pdfName('Widget'),
    FT: pdfName('Sig'),
    // Names of fields are unique in a document.
    T: pdfText(fields.length === 0 ? title : `${title} ${fields.length}`),
    TU: pdfText(label),
    // Printed and locked, as PDF/A wants annotations to be (ISO 19005-3, 6.3.2).
    F: 132,
    Rect: [0, 0, 0, 0],
    P: reference(page.number),
    V: reference(seal),
  })
  const entries = `${told}\n/ByteRange [0 ${'9'.repeat(10)} ${'9'.repeat(10)} ${'9'.repeat(10)}]\n/Contents <`
  const newForm = new Map(isDictionary(form) ? form : []).set('Fields', [...fields, reference(field)]).set('SigFlags', 3)
  const newCatalogue = new Map(catalogue).set('AcroForm', newForm)
  if (certifies) newCatalogue.set('Perms', dictionary({ DocMDP: reference(seal) }))
  const { bytes, places } = updatePdf(pdf, file, [
    { number: root.number, value: newCatalogue },
    {
      number: page.number,
      value: new Map(page.entries).set('Annots', [...page.annotations, reference(field)]).set('Tabs', pdfName('S')),
    },
    { number: seal, value: { text: `<<${entries}${'0'.repeat(room * 2)}>\n>>` } },
    { number: field, value: widget },
  ])
  const from = places.get(seal)! + `${seal} 0 obj\n<<`.length + entries.length - 1
  const to = from + room * 2 + 2
  const range = [from, to, bytes.length - to].map((each) => String(each).padEnd(10)).join(' ')
  bytes.set(latin1(range), places.get(seal)! + `${seal} 0 obj\n<<`.length + entries.indexOf('[0 ') + '[0 '.length)
  return { bytes, covered: joinBytes(bytes.subarray(0, from), bytes.subarray(to)), from, to }
}

const dictionary = (entries: Record<string, PdfValue>): PdfDictionary => new Map(Object.entries(entries))

/** The sealed document: the place is filled where it is. Raises `pdf.seal-malformed` when the seal does not fit into it. */
export function fillSealPlace({ bytes, from, to }: SealPlace, cms: Uint8Array): Uint8Array {
  if (cms.length * 2 > to - from - 2)
    throw new ProblemError('pdf.seal-malformed', 'The seal is larger than the place that was left for it.')
  bytes.set(latin1(hexText(cms)), from + 1)
  return bytes
}

async function firstPage(file: Awaited<ReturnType<typeof openPdf>>, catalogue: PdfDictionary) {
  let reference = catalogue.get('Pages')
  for (let depth = 0; depth < 20; depth++) {
    const entries = await file.resolve(reference)
    if (!isReference(reference) || !isDictionary(entries)) break
    const type = entries.get('Type')
    if (isName(type) && type.name === 'Page') {
      const annotations = await file.resolve(entries.get('Annots'))
      return { number: reference.number, entries, annotations: Array.isArray(annotations) ? annotations : [] }
    }
    const kids = await file.resolve(entries.get('Kids'))
    reference = Array.isArray(kids) ? kids[0] : undefined
  }
  return unreadable('The document has no page.')
}
