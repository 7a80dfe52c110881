/** How far a skill can be used again. Facts from the European Learning Model, `xsd/loq/cv/skill-reuse-levels.xsd`. */
import { conceptList } from '../concept-list.ts'

export const skillReuseLevels = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/skill-reuse-level/25831c2', 'http://data.europa.eu/snb/skill-reuse-level/', [
  ['cross-sector', 'cross-sector skills and competences'],
  ['occupation-specific', 'occupation specific skills and competences'],
  ['sector-specific', 'sector specific skills and competences'],
  ['transversal', 'transversal skills and competences'],
])
