/** @module The one library room with a socket: the safe HTTP door, the gathering of evidence, time stamps and levels. */
export { type AugmentOptions, augment } from './augment.ts'
export type { Door } from './door.ts'
export { type Ask, type DoorSettings, type Fetched, fetchSafely } from './fetch-safely.ts'
export { fetchStatements, type Statements } from './fetch-statements.ts'
export { gather, statusAddresses } from './gather.ts'
export { type GatheredTrustedLists, type GatherTrustedListsOptions, gatherTrustedLists } from './gather-trusted-lists.ts'
export { requestTimeStamp, type TimeStampSource } from './request-time-stamp.ts'
export { isSpecialAddress } from './special-addresses.ts'
