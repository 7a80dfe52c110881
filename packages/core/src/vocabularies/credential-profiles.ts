/** Profiles of European Digital Credentials. Facts from the European Digital Credentials software (publicly known values). */
import { conceptList } from '../concept-list.ts'

export const credentialProfiles = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/credential/25831c2', 'http://data.europa.eu/snb/credential/', [
  ['e34929035b', 'Generic'],
  ['c_9a31f32a', 'Mandated Issue'],
  ['c_ae121a00', 'Accreditation'],
  ['6dff8a0f87', 'Diploma Supplement'],
  ['c_7e400154', 'Converted'],
])
