/** @module European trusted lists (ETSI TS 119 612): proven, read, followed, and asked what a certificate was worth on a day. Pure. */
export { followTrustedList } from './follow-trusted-list.ts'
export { serviceAnchors } from './granted-anchors.ts'
export { namingCertificates } from './naming-certificates.ts'
export {
  type QualifiedStatus,
  type QualifiedStatusOptions,
  qualifiedStatusAt,
  type SealQualification,
  timeStampAuthorityAt,
} from './qualified-status.ts'
export { listMediaType, type TrustedListPointer } from './read-pointer.ts'
export { type Freshness, freshnessAt, readTrustedList, type TrustedList, type TrustedListOptions } from './read-trusted-list.ts'
export { isGranted, periodAt } from './status-at.ts'
export { serviceTypes } from './uris.ts'
