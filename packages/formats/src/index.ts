/** @module Award to document and back: the European Learning Model and status lists. Pure; runs in browsers too. */
export { type DocumentFormat, detectFormat } from './detect.ts'
export { composeElm, type Issuing } from './elm/compose.ts'
export { factsForVerdict, type VerdictFacts } from './elm/facts-for-verdict.ts'
export { lintElm } from './elm/lint/lint-elm.ts'
export { prepareElm } from './elm/prepare.ts'
export type { PreparedElm } from './elm/prepared.ts'
export { displayLanguages, readElm } from './elm/read.ts'
export type { DisplayImage } from './elm/template.ts'
export {
  bitAt,
  bitsFrom,
  compressBits,
  expandBits,
  leastStatusListEntries,
  statusListEntries,
  statusListLimits,
} from './status-lists/bits.ts'
export { composeStatusList, readStatusList, type StatusList, type StatusListGiven } from './status-lists/status-list.ts'
