/** Types of entitlement. Facts from the European Learning Model, `xsd/loq/cv/europass-learning-entitlement-types.xsd`. */
import { conceptList } from '../concept-list.ts'

export const entitlementTypes = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/entitlement/25831c2', 'http://data.europa.eu/snb/entitlement/', [
  ['52f62180c2', 'occupation'],
  ['64aad92881', 'learning opportunity'],
  ['bebd32e8e6', 'membership'],
])
