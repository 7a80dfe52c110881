/** @module Holders of sealing keys behind the Signer port: encrypted file, PKCS#12, devices (PKCS#11), remote services (CSC). */
export { type AnyKey, holderOf, type KeySecrets, openKey, parseAnyKey } from './any-key.ts'
export { type CertificateFacts, certificateFacts } from './certificate-facts.ts'
export type { RequestAlgorithm, RequestSubject } from './certificate-request.ts'
export { checkKeyFor } from './check-key.ts'
export { createHardwareKey, type NewHardwareKey } from './create-hardware-key.ts'
export { createSalts } from './create-salts.ts'
export { demonstrationMark, demonstrationName, isDemonstrationCertificate } from './demonstration.ts'
export {
  describeHardwareKey,
  HardwareKey,
  type HardwareKeyGiven,
  type HardwareSigner,
  listHardwareKeys,
  openHardwareKey,
} from './hardware-key.ts'
export { type ImportedKey, importPkcs12 } from './import-pkcs12.ts'
export { issuerOf } from './issuer-of.ts'
export { KeyFile, type KeyToWrap, leastCost, openKeyFile, parseKeyFile, signerOf, unwrapKey, wrapKey } from './key-file.ts'
export { readAnyKey, readKeyFile, writeKeyFile } from './key-store.ts'
export { algorithmOf, makeSigner } from './make-signer.ts'
export { organizationIdentifiersOf, sameIdentifier } from './organization-identifiers.ts'
export { devicesMissing } from './pkcs11/token.ts'
export { proveSigner } from './prove-signer.ts'
export { describeRemoteKey, listRemoteKeys, openRemoteKey, RemoteKey, type RemoteKeyGiven, type RemoteSecrets } from './remote-key.ts'
