/** Learning settings. Facts from the European Learning Model, `xsd/loq/cv/europass-learning-setting-types.xsd`. */
import { conceptList } from '../concept-list.ts'

export const learningSettings = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/learning-setting/25831c2', 'http://data.europa.eu/snb/learning-setting/', [
  ['6fd4685715', 'formal learning'],
  ['e207a81fc7', 'non-formal learning'],
])
