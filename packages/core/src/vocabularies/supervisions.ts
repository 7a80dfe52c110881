/** Supervision and identity verification during assessment. Facts from the European Digital Credentials software (publicly known values). */
import { conceptList } from '../concept-list.ts'

export const supervisions = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/supervision-verification/25831c2', 'http://data.europa.eu/snb/supervision-verification/', [
  ['df2880c5cb', 'Unsupervised with ID Verification'],
  ['c598449d64', 'Unsupervised without ID Verification'],
  ['70be69aaf9', 'Supervised with ID Verification'],
  ['44314532f9', 'Supervised without ID Verification'],
])
