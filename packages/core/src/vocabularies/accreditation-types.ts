/** Types of accreditation. The live list grows; an unknown value is no error, only unknown. Facts from the European Learning Model, `xsd/loq/cv/europass-accreditation-types.xsd`. */
import { conceptList } from '../concept-list.ts'

export const accreditationTypes = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/accreditation/25831c2', 'http://data.europa.eu/snb/accreditation/', [
  ['003293d2ce', 'Institutional License'],
  ['820101cba6', 'Program Quality Assurance'],
  ['bb4618238e', 'Institutional Quality Assurance'],
  ['e57dddfcf3', 'Program License'],
])
