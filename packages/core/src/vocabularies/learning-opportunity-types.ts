/** Types of learning opportunity. Facts from the European Learning Model, `xsd/loq/cv/europass-learning-opportunity-types.xsd`. */
import { conceptList } from '../concept-list.ts'

export const learningOpportunityTypes = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/learning-opportunity/25831c2', 'http://data.europa.eu/snb/learning-opportunity/', [
  ['05053c1cbe', 'Course'],
  ['0f7dac46ca', 'Programme module'],
  ['11252a5207', 'Mentoring'],
  ['17744a2647', 'MOOC'],
  ['63f9f6180c', 'Apprenticeship'],
  ['65a4cf5de2', 'Study visit'],
  ['74a4a268e8', 'Short learning programme'],
  ['77b99de990', 'Internship'],
  ['79343569f3', 'Educational programme'],
  ['7e1ac538db', 'Class'],
  ['8b965da2d4', 'Service learning'],
  ['b2434ca358', 'Thesis'],
])
