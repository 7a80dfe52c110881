/** Levels of the European Qualifications Framework. Facts from the European Learning Model, `xsd/loq/cv/eqf.xsd`. */
import { conceptList } from '../concept-list.ts'

export const eqfLevels = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/eqf/25831c2', 'http://data.europa.eu/snb/eqf/', [
  ['1', 'Level 1'],
  ['2', 'Level 2'],
  ['3', 'Level 3'],
  ['4', 'Level 4'],
  ['5', 'Level 5'],
  ['6', 'Level 6'],
  ['7', 'Level 7'],
  ['8', 'Level 8'],
])
