/** File types that credentials embed. Facts from the EU authority list of file types. */
import { conceptList } from '../concept-list.ts'

export const fileTypes = /* @__PURE__ */ conceptList('http://publications.europa.eu/resource/authority/file-type', 'http://publications.europa.eu/resource/authority/file-type/', [
  ['PNG', 'PNG'],
  ['JPEG', 'JPEG'],
  ['PDF', 'PDF'],
  ['SVG', 'SVG'],
  ['XML', 'XML'],
  ['JSON', 'JSON'],
  ['JSON_LD', 'JSON-LD'],
  ['TXT', 'Plain text'],
  ['HTML', 'HTML'],
])
