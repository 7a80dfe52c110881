/** Encodings of embedded media. Facts from the European Learning Model, `xsd/loq/cv/europass-content-encoding-types.xsd`. */
import { conceptList } from '../concept-list.ts'

export const encodings = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/encoding/25831c2', 'http://data.europa.eu/snb/encoding/', [
  ['6146cde7dd', 'base64'],
])
