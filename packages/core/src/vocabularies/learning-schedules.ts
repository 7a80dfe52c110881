/** Learning schedules. Facts from the European Learning Model, `xsd/loq/cv/europass-learning-schedule-types.xsd`. */
import { conceptList } from '../concept-list.ts'

export const learningSchedules = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/learning-schedule/25831c2', 'http://data.europa.eu/snb/learning-schedule/', [
  ['67395e6b5a', 'Part time light'],
  ['72a0ab92fa', 'Full time'],
  ['f230bae523', 'Part time intensive'],
])
