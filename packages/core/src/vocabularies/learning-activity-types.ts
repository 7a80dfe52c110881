/** Types of learning activity. Facts from the European Learning Model, `xsd/loq/cv/europass-learning-activity-types.xsd`. */
import { conceptList } from '../concept-list.ts'

export const learningActivityTypes = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/learning-activity/25831c2', 'http://data.europa.eu/snb/learning-activity/', [
  ['3c8bd58d62', 'lab / simulation / practice coursework'],
  ['4357e0e681', 'job experience'],
  ['59eaf34fab', 'volunteering'],
  ['a7e556215a', 'research'],
  ['b660f5dcea', 'self-motivated study'],
  ['bf2e3a7bae', 'e-learning coursework'],
  ['bf5588ff84', 'internship'],
  ['d46a826a39', 'apprenticeship'],
  ['efff75e10a', 'workshop, seminar or conference'],
  ['fd33e234ae', 'educational programme'],
  ['ff436ea7c9', 'classroom coursework'],
])
