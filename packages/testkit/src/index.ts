/** @module A working neighbourhood for tests, demonstrations and development. Never loaded in production unasked. */
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
  type CertificateContent,
  type CertifiedKey,
  createCertificate,
  type KeyAlgorithm,
  type KeyUsage,
  type Subject,
} from './certificate.ts'
export { startTestDatabase, type TestDatabase } from './database.ts'
export { createDemoKey, type DemoKey, type DemoKeyOptions } from './demo-key.ts'
export { type MailServer, type ReceivedMail, startMailServer } from './mail.ts'
export { sampleEdition, sampleInstitution, sampleSpecification } from './sample-edition.ts'
