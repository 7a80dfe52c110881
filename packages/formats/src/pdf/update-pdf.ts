/** Objects written behind a file as it is: an incremental update (ISO 32000-1, 7.5.6) with a classic table of its own. */
import { joinBytes } from '@cairn/core'
import { hexText, isDictionary, isName, isReference, isText, latin1, type PdfDictionary, type PdfValue } from './pdf-value.ts'

/** An object to write: a value, with the data of its stream where it is one, or text that is written as it stands. */
export interface PdfObject {
  number: number
  value: PdfValue | { text: string }
  data?: Uint8Array
}

/** The file with these objects, each in place of an older one of its number, and where each begins. `previous` is where the newest table stands. */
export function updatePdf(
  pdf: Uint8Array,
  { trailer, start: previous }: { trailer: PdfDictionary; start: number },
  objects: readonly PdfObject[],
): { bytes: Uint8Array; places: ReadonlyMap<number, number> } {
  const parts: Uint8Array[] = [pdf]
  let length = pdf.length
  const write = (...texts: (string | Uint8Array)[]) => {
    for (const each of texts) {
      const bytes = typeof each === 'string' ? latin1(each) : each
      parts.push(bytes)
      length += bytes.length
    }
  }
  const places = new Map<number, number>()
  write('\n')
  for (const { number, value, data } of objects) {
    places.set(number, length)
    const text = isOwnText(value) ? value.text : writeValue(value)
    write(`${number} 0 obj\n${text}\n`)
    if (data) write('stream\n', data, '\nendstream\n')
    write('endobj\n')
  }
  const start = length
  const size = Math.max(Number(trailer.get('Size')), ...objects.map(({ number }) => number + 1))
  const rows = [...places].sort(([one], [other]) => one - other)
  const table = rows.map(([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`)
  const newTrailer = new Map(trailer).set('Size', size).set('Prev', previous)
  write(`xref\n0 1\n0000000000 65535 f \n${table.join('')}trailer\n${writeValue(newTrailer)}\nstartxref\n${start}\n%%EOF\n`)
  return { bytes: joinBytes(...parts), places }
}

const isOwnText = (value: PdfObject['value']): value is { text: string } =>
  typeof value === 'object' && value !== null && !('kind' in value) && 'text' in value

/** A value as it is written. */
export function writeValue(value: PdfValue): string {
  if (isName(value)) return nameText(value.name)
  if (isText(value)) return `<${hexText(latin1(value.text))}>`
  if (isReference(value)) return `${value.number} 0 R`
  if (Array.isArray(value)) return `[${value.map(writeValue).join(' ')}]`
  if (isDictionary(value)) return `<<${[...value].map(([key, each]) => `${nameText(key)} ${writeValue(each)}`).join(' ')}>>`
  return String(value)
}

/** A name, its irregular characters by their number (7.3.5). */
const nameText = (name: string) =>
  `/${name.replace(/[^!-~]|[#()<>[\]{}/%]/g, (letter) => `#${letter.charCodeAt(0).toString(16).padStart(2, '0')}`)}`
