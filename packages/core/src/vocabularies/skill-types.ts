/** Types of learning outcome. Facts from the European Learning Model, `xsd/loq/cv/skill-types.xsd`. */
import { conceptList } from '../concept-list.ts'

export const skillTypes = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/skill-type/25831c2', 'http://data.europa.eu/snb/skill-type/', [
  ['knowledge', 'knowledge'],
  ['skill', 'skill'],
])
