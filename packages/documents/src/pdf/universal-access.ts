/** What PDF/UA-1 asks for on top of PDF/A-3a, added behind the file as it is: an incremental update (ISO 32000-1, 7.5.6). */
import { ProblemError } from '@cairn/core'

const refuse = (): never => {
  throw new ProblemError('document.not-rendered', 'The sheet is not built as expected, so it cannot be marked as accessible.')
}

/**
 * Marks a tagged file as PDF/UA-1 (ISO 14289-1, 5 and 7.1): `pdfuaid:part` in the metadata, and that readers show the title. Only for files of our
 * renderer, which writes a classic cross-reference table, a plain catalogue and plain metadata; any other raises `document.not-rendered`.
 */
export function withUniversalAccess(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.length).toString('latin1')
  const trailer = /trailer\s*<<(?<entries>[\s\S]*?)>>\s*startxref\s+(?<at>\d+)\s+%%EOF\s*$/.exec(text)?.groups ?? refuse()
  const root = /\/Root (\d+) 0 R/.exec(trailer.entries!)?.[1] ?? refuse()
  const size = /\/Size (\d+)/.exec(trailer.entries!)?.[1] ?? refuse()
  const catalogue = objectOf(text, root)
  const metadata = /\/Metadata (\d+) 0 R/.exec(catalogue)?.[1] ?? refuse()
  const [head, stream] = streamOf(objectOf(text, metadata))
  const marked = stream.replace(
    /<\/rdf:RDF>/,
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF>',
  )
  if (marked === stream || catalogue.includes('/ViewerPreferences <<') === catalogue.includes('/DisplayDocTitle')) refuse()
  const objects: [string, string][] = [
    [root, withTitleShown(catalogue)],
    [metadata, `${head.replace(/\/Length \d+/, `/Length ${marked.length}`)}stream\n${marked}\nendstream`],
  ]
  return append(pdf, objects, { size, root, previous: trailer.at!, entries: trailer.entries! })
}

function withTitleShown(catalogue: string): string {
  if (catalogue.includes('/ViewerPreferences <<'))
    return catalogue.replace('/ViewerPreferences <<', '/ViewerPreferences << /DisplayDocTitle true')
  return catalogue.replace(/>>\s*$/, '/ViewerPreferences << /DisplayDocTitle true >> >>')
}

const objectOf = (text: string, number: string): string =>
  new RegExp(`(?:^|\\s)${number} 0 obj\\s+([\\s\\S]*?)\\s+endobj`).exec(text)?.[1] ?? refuse()

function streamOf(object: string): [string, string] {
  const match = /^(<<[\s\S]*?>>\s*)stream\r?\n([\s\S]*?)\r?\nendstream$/.exec(object)
  return match && !match[1]!.includes('/Filter') ? [match[1]!, match[2]!] : refuse()
}

/** Appends changed objects with a table and a trailer of their own. */
function append(
  pdf: Uint8Array,
  objects: readonly [string, string][],
  { size, root, previous, entries }: { size: string; root: string; previous: string; entries: string },
): Uint8Array {
  let body = '\n'
  let table = 'xref\n0 1\n0000000000 65535 f \n'
  for (const [number, content] of objects) {
    table += `${number} 1\n${String(pdf.length + body.length).padStart(10, '0')} 00000 n \n`
    body += `${number} 0 obj\n${content}\nendobj\n`
  }
  const kept = [/\/Info \d+ 0 R/, /\/ID \[[^\]]*\]/].map((entry) => entry.exec(entries)?.[0] ?? '').join('\n')
  const start = pdf.length + body.length
  const tail = `${body}${table}trailer\n<<\n/Size ${size}\n/Root ${root} 0 R\n${kept}\n/Prev ${previous}\n>>\nstartxref\n${start}\n%%EOF\n`
  return new Uint8Array(Buffer.concat([pdf, Buffer.from(tail, 'latin1')]))
}
