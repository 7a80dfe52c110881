/** @module A working neighbourhood for tests, demonstrations and development. Never loaded in production unasked. */
export type { Absence } from './absence.ts'
export { type AccreditationsGiven, sampleAccreditations } from './accreditations.ts'
export {
  type Authority,
  type AuthorityOptions,
  createAuthority,
  issueSealCertificate,
  type SealCertificateOptions,
  type SealIdentity,
} from './authority.ts'
export { findChromium, noChromium, openBrowser } from './browser.ts'
export {
  type Addresses,
  type CertificateContent,
  type CertifiedKey,
  createCertificate,
  type KeyAlgorithm,
  type KeyUsage,
  type Subject,
} from './certificate.ts'
export { cpuClock } from './cpu-clock.ts'
export { type ServedCredential, type ServiceFaults, type SigningServer, startSigningServer } from './csc-server.ts'
export { startTestDatabase, type TestDatabase } from './database.ts'
export { createDemoKey, type DemoKey, type DemoKeyOptions } from './demo-key.ts'
export { element, objectIdentifier } from './der.ts'
export { freePort } from './free-port.ts'
export { type MailServer, type ReceivedMail, startMailServer } from './mail.ts'
export { type QcContent, qcStatements } from './qc-statements.ts'
export { randomFrom } from './random-from.ts'
export { bringBack, deliveryReport } from './returned-mail.ts'
export { type CrlContent, certIdOf, createCrl, createOcspAnswer, type OcspContent, type Revocation, refuseOcsp } from './revocation.ts'
export { type Part, type RunningAuthority, startAuthority } from './running-authority.ts'
export { type RunningTrustedLists, startTrustedLists } from './running-trusted-lists.ts'
export { sampleEdition, sampleInstitution, sampleSpecification } from './sample-edition.ts'
export type { SavedAuthority } from './saved-authority.ts'
export { type SealedSample, sealSample } from './sealed-sample.ts'
export { type SoftHsm, startSoftHsm } from './soft-hsm.ts'
export { tamperedSamples } from './tampered.ts'
export { answerTimeStampRequest, type TokenOptions } from './time-stamping.ts'
export { bytesOf, encode, makeTokenKey, salt, signAny, type TokenKey } from './token-key.ts'
export { createLotl, createTrustedList, type TrustedListContent } from './trusted-list.ts'
export type { ListedCriteria, ListedPeriod, ListedService, ListPointer } from './trusted-list-text.ts'
