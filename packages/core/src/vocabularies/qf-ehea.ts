/** Cycles of the Qualifications Framework of the European Higher Education Area. No EU list names them, so these IRIs are our own. */
import { conceptList } from '../concept-list.ts'

export const cycles = /* @__PURE__ */ conceptList('urn:cairn:qf-ehea', 'urn:cairn:qf-ehea:', [
  ['short', 'QF-EHEA short cycle'],
  ['first', 'QF-EHEA first cycle'],
  ['second', 'QF-EHEA second cycle'],
  ['third', 'QF-EHEA third cycle'],
])

/** The EQF level that each cycle corresponds to. */
export const cycleEqf: Readonly<Record<string, number>> = { short: 5, first: 6, second: 7, third: 8 }
