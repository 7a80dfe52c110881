/** The signatures of a PDF document, and how much of it each covers (ISO 32000-1, 12.8.1). Nothing is judged here but the form. */
import { joinBytes, ProblemError } from '@cairn/core'
import { openPdf, type PdfFile } from './pdf-file.ts'
import { ascii, hexText, isDictionary, isName, isReference, isText, latin1, type PdfDictionary, type PdfValue } from './pdf-value.ts'

/** A signature in a document. */
export interface PdfSignature {
  /** `ETSI.CAdES.detached` for PAdES, `ETSI.RFC3161` for a time stamp of the document; others are older forms. */
  subFilter: string
  /** When it was made, as it says itself; RFC 3339. */
  claimedAt?: string
  /** What stands in its place, with the zeros behind it. */
  contents: Uint8Array
  /** The bytes that it is over: everything up to `end` but its own place. */
  covered: Uint8Array
  /** Where what it covers ends; the length of the file when nothing was added behind it. */
  end: number
}

const mostFields = 200
const mostSignatures = 16

const malformed = (detail: string): never => {
  throw new ProblemError('pdf.seal-malformed', detail)
}

/**
 * Every signature in the form of a document, in the order of its fields. Raises what {@link openPdf} raises, `pdf.seal-malformed` for one that does
 * not cover everything before its end save its own place (there a reader shows what nobody signed), and `pdf.altered` for one that was taken out.
 */
export async function pdfSignatures(bytes: Uint8Array): Promise<PdfSignature[]> {
  const file = await openPdf(bytes)
  const root = await file.resolve(file.trailer.get('Root'))
  const form = isDictionary(root) ? await file.resolve(root.get('AcroForm')) : null
  const found: PdfSignature[] = []
  if (isDictionary(form)) await collect(file, bytes, form.get('Fields'), '', found, { fields: 0 })
  // Signed text cannot be unwritten by an update, so that a seal whose field was taken away still stands there.
  if ((ascii(bytes).match(/\/ByteRange\s*\[/g) ?? []).length > found.length)
    throw new ProblemError('pdf.altered', 'A seal stands in the document, and its form does not lead to it any more.')
  return found
}

async function collect(
  file: PdfFile,
  bytes: Uint8Array,
  fields: PdfValue | undefined,
  inherited: string,
  found: PdfSignature[],
  count: { fields: number },
): Promise<void> {
  const list = await file.resolve(fields)
  if (!Array.isArray(list)) return
  for (const each of list) {
    if (++count.fields > mostFields) malformed('The document has more fields than are looked at.')
    const field = await file.resolve(each)
    if (!isDictionary(field)) continue
    const type = field.get('FT')
    const kind = isName(type) ? type.name : inherited
    const value = field.get('V')
    if (kind === 'Sig' && value !== undefined && value !== null) {
      found.push(readSignature(file, bytes, value))
      if (found.length > mostSignatures) malformed('The document has more seals than are looked at.')
    }
    await collect(file, bytes, field.get('Kids'), kind, found, count)
  }
}

function readSignature(file: PdfFile, bytes: Uint8Array, reference: PdfValue): PdfSignature {
  const object = isReference(reference) ? file.objectAt(reference) : undefined
  if (!object || !isDictionary(object.value)) return malformed('A seal is not there, or not where it can be covered.')
  const entries: PdfDictionary = object.value
  const range = entries.get('ByteRange')
  const contents = entries.get('Contents')
  if (!isText(contents) || !Array.isArray(range) || range.length !== 4 || !range.every((each) => Number.isSafeInteger(each)))
    return malformed('A seal does not say what it covers.')
  const [first, from, to, rest] = range as [number, number, number, number]
  const end = to + rest
  if (first !== 0 || from <= object.from || to <= from || to > object.to || end < object.to || end > bytes.length)
    return malformed('A seal does not cover the document around itself.')
  const sealed = latin1(contents.text)
  // Only the very text of the seal may lie in the gap, in hexadecimal and as the dictionary reads it.
  const gap = ascii(bytes.subarray(from, to))
  if (!/^<[0-9A-Fa-f]*>$/.test(gap) || hexText(sealed) !== gap.slice(1, -1).toLowerCase())
    return malformed('A seal leaves out more than its own place.')
  const subFilter = entries.get('SubFilter')
  const claimedAt = momentOf(entries.get('M'))
  return {
    subFilter: isName(subFilter) ? subFilter.name : '',
    ...(claimedAt ? { claimedAt } : {}),
    contents: sealed,
    covered: joinBytes(bytes.subarray(0, from), bytes.subarray(to, end)),
    end,
  }
}

/** A date of a document (7.9.4) as RFC 3339 in UTC; `undefined` for one that is none. */
function momentOf(value: PdfValue | undefined): string | undefined {
  const match = isText(value) ? /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'?00'?)?|([+-]\d\d)'?(\d\d)'?)$/.exec(value.text) : null
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, zone, minutes] = match
  const millis = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone === undefined ? 'Z' : `${zone}:${minutes}`}`)
  return Number.isNaN(millis) ? undefined : new Date(millis).toISOString().replace('.000Z', 'Z')
}
