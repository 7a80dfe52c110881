/** The files inside a PDF document: attachments by name, and those associated with the document (ISO 32000-1, 7.11.4; ISO 19005-3, 6.8). */
import { openPdf, type PdfFile } from './pdf-file.ts'
import { isDictionary, isText, type PdfDictionary, type PdfValue, unreadable } from './pdf-value.ts'

/** A file in a document. */
export interface EmbeddedFile {
  name: string
  bytes: Uint8Array
}

const mostFiles = 20
const mostNodes = 500

/** Every file inside a document, each once. Raises what {@link openPdf} raises; a document without files gives none. */
export async function embeddedFiles(bytes: Uint8Array): Promise<EmbeddedFile[]> {
  const file = await openPdf(bytes)
  const root = await dictionary(file, file.trailer.get('Root'))
  const names = await dictionary(file, root?.get('Names'))
  const found: PdfValue[] = []
  await collect(file, names?.get('EmbeddedFiles'), found, { nodes: 0 })
  const associated = await file.resolve(root?.get('AF'))
  if (Array.isArray(associated)) found.push(...associated)
  const files = new Map<string, EmbeddedFile>()
  for (const specification of found.slice(0, mostFiles * 2)) {
    const entries = await dictionary(file, specification)
    const streams = await dictionary(file, entries?.get('EF'))
    const reference = streams?.get('UF') ?? streams?.get('F')
    const content = await file.stream(reference)
    if (!content) continue
    files.set(JSON.stringify(reference), { name: nameOf(entries!), bytes: content })
    if (files.size > mostFiles) unreadable('The document holds more files than are looked at.')
  }
  return [...files.values()]
}

async function dictionary(file: PdfFile, value: PdfValue | undefined): Promise<PdfDictionary | undefined> {
  const found = await file.resolve(value)
  return isDictionary(found) ? found : undefined
}

/** Leaves of a name tree: name, value, name, value (7.9.6). */
async function collect(file: PdfFile, node: PdfValue | undefined, into: PdfValue[], count: { nodes: number }): Promise<void> {
  if (++count.nodes > mostNodes) unreadable('The names of the document go in a circle.')
  const entries = await dictionary(file, node)
  const names = await file.resolve(entries?.get('Names'))
  if (Array.isArray(names)) for (let at = 1; at < names.length; at += 2) into.push(names[at]!)
  const kids = await file.resolve(entries?.get('Kids'))
  if (Array.isArray(kids)) for (const kid of kids) await collect(file, kid, into, count)
}

/** A text of a document: UTF-16 behind its mark, else one letter a byte (7.9.2.2). */
function nameOf(entries: PdfDictionary): string {
  const value = entries.get('UF') ?? entries.get('F')
  if (!isText(value)) return ''
  const { text } = value
  if (!text.startsWith('\u00fe\u00ff')) return text.slice(0, 500)
  let name = ''
  for (let at = 2; at + 1 < Math.min(text.length, 1002); at += 2)
    name += String.fromCharCode(text.charCodeAt(at) * 256 + text.charCodeAt(at + 1))
  return name
}
