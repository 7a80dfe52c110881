/** Sex of a person, as the EU authority list has it. Facts from the European Digital Credentials software (publicly known values). */
import { conceptList } from '../concept-list.ts'

export const humanSexes = /* @__PURE__ */ conceptList('http://publications.europa.eu/resource/authority/human-sex', 'http://publications.europa.eu/resource/authority/human-sex/', [
  ['MALE', 'male'],
  ['FEMALE', 'female'],
  ['NAP', 'not applicable'],
  ['NKN', 'not known'],
])
