/** Whether an entitlement is to come or holds already. Facts from the European Learning Model, `xsd/loq/cv/europass-learning-entitlement-statuses.xsd`. */
import { conceptList } from '../concept-list.ts'

export const entitlementStatuses = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/entitlement-status/25831c2', 'http://data.europa.eu/snb/entitlement-status/', [
  ['5b8d6b34fb', 'prospective'],
  ['b7015a8a8c', 'actual'],
])
