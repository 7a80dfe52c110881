/** Forms of participation and of assessment. Facts from the European Learning Model, `xsd/loq/cv/europass-modes.xsd`. */
import { conceptList } from '../concept-list.ts'

export const modes = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/learning-assessment/25831c2', 'http://data.europa.eu/snb/learning-assessment/', [
  ['729f3bed4b', 'Workbased'],
  ['7813801c77', 'Project based'],
  ['9191af2ed9', 'Presential'],
  ['920fbb3cbe', 'Online'],
  ['e92d221e4d', 'Blended'],
  ['ed4c557045', 'Research-Lab based'],
])
