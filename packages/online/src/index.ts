/** @module The one library room with a socket: the safe HTTP door, and the gathering of evidence. */
export { type DoorSettings, type Fetched, fetchSafely } from './fetch-safely.ts'
export { type Door, gather, statusAddresses } from './gather.ts'
export { isSpecialAddress } from './special-addresses.ts'
