/** Types of evidence. Facts from the European Digital Credentials software (publicly known values). */
import { conceptList } from '../concept-list.ts'

export const evidenceTypes = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/evidence-type/25831c2', 'http://data.europa.eu/snb/evidence-type/', [
  ['c_18016257', 'Mandate'],
  ['c_c4f849d7', 'Conversion'],
  ['c_991b06c6', 'Accreditation'],
])
