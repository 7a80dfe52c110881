/** Types of assessment. "Level of attendance" is one of them, and alone it assesses nothing (domain rule A9). Facts from the European Learning Model, `xsd/loq/cv/europass-learning-assessment-types.xsd`. */
import { conceptList } from '../concept-list.ts'

export const assessmentTypes = /* @__PURE__ */ conceptList('http://data.europa.eu/snb/assessment/25831c2', 'http://data.europa.eu/snb/assessment/', [
  ['19a2e5e671', 'peer assessment'],
  ['2939dae15f', 'marked assignment'],
  ['3484bd7e51', 'continuous evaluation'],
  ['4f03b91c0e', 'portfolio'],
  ['56539a6507', 'group performance'],
  ['6a4db9f11d', 'practical assessment'],
  ['6e6cb2cc78', 'written examination'],
  ['7331eb4762', 'level of attendance'],
  ['795dac4096', 'project work'],
  ['812e3b0ae1', 'peer review'],
  ['b1b68f6735', 'quiz'],
  ['c4256a2726', 'problem based learning'],
  ['d30284d7df', 'oral examination'],
  ['de4d165a6c', 'artefact assessment'],
])
