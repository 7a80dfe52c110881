/** Credit systems. Facts from the European Learning Model, `xsd/loq/cv/credit-points.xsd`. */
import { conceptList } from '../concept-list.ts'

export const creditSystems = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/education-credit/25831c2', 'http://data.europa.eu/snb/education-credit/', [
  ['60b314e826', 'European credit system for vocational education and training'],
  ['6fcec5c5af', 'European Credit Transfer System'],
])
