/** @module Award to document and back: the European Learning Model and status lists. Pure; runs in browsers too. */
export { credentialsInPresentation } from './archives/credentials-in-presentation.ts'
export { filesInZip, zipLimits } from './archives/files-in-zip.ts'
export { writeZip } from './archives/write-zip.ts'
export { composeDeclaration, type DeclarationGiven } from './declarations/compose-declaration.ts'
export { decisionAsElm } from './declarations/decision-as-elm.ts'
export { type DecisionExport, decisionAsCtdl, decisionAsElmo } from './declarations/decision-exports.ts'
export { declarationKind } from './declarations/declaration-kind.ts'
export { readDeclaration, viewOfDeclaration } from './declarations/read-declaration.ts'
export { type DocumentFormat, detectFormat } from './detect.ts'
export { composeElm, fillElm, type Issuing } from './elm/compose.ts'
export { composeInStencil, type ElmStencil, prepareStencil, type Space, stencilPieces } from './elm/elm-stencil.ts'
export { factsForVerdict, type VerdictFacts } from './elm/facts-for-verdict.ts'
export { lintElm } from './elm/lint/lint-elm.ts'
export { prepareElm } from './elm/prepare.ts'
export type { PreparedElm } from './elm/prepared.ts'
export { displayLanguages, readElm } from './elm/read.ts'
export { scopeOfElm } from './elm/scope-of-elm.ts'
export type { DisplayImage } from './elm/template.ts'
export { bakePng, pngLimits, unbakePng } from './open-badges/bake-png.ts'
export { bakeSvg, unbakeSvg } from './open-badges/bake-svg.ts'
export { type ComposedOpenBadge, composeOpenBadge, type OpenBadgeIssuing } from './open-badges/compose-open-badge.ts'
export { factsOfOpenBadge, type OpenBadgeFacts, revocationIn } from './open-badges/facts-of-open-badge.ts'
export { documentFromGraph, type Statement } from './open-badges/from-graph.ts'
export { lintOpenBadge } from './open-badges/lint-open-badge.ts'
export { lossesOfOpenBadge } from './open-badges/losses.ts'
export {
  type AssertionFacts,
  type AssertionRead,
  type Documents,
  factsOfAssertion,
  isAssertion,
  readAssertion,
  resolveAssertion,
  revokedIn,
} from './open-badges/open-badge-2.ts'
export { type OpenBadgeIssuer, type PreparedOpenBadge, prepareOpenBadge } from './open-badges/prepare-open-badge.ts'
export { readBadge } from './open-badges/read-badge.ts'
export { readOpenBadge } from './open-badges/read-open-badge.ts'
export { addsOnlyProofs } from './pdf/adds-only-proofs.ts'
export { credentialInPdf } from './pdf/credential-in-pdf.ts'
export { type EmbeddedFile, embeddedFiles } from './pdf/embedded-files.ts'
export { openPdf, type PdfFile } from './pdf/pdf-file.ts'
export { type PdfSignature, pdfSignatures } from './pdf/pdf-signatures.ts'
export { isDictionary, isReference, latin1, type PdfDictionary, type PdfValue, pdfDate, pdfName, pdfText } from './pdf/pdf-value.ts'
export { fillSealPlace, openSealPlace, openStampPlace, type SealPlace, type SealPlaceGiven } from './pdf/seal-place.ts'
export { extendSecurityStore, type SecurityStore, securityStore } from './pdf/security-store.ts'
export { type PdfObject, updatePdf } from './pdf/update-pdf.ts'
export { type ComposedFrame, type ComposedSdJwtVc, composeSdJwtVc, type SdJwtVcIssuing } from './sd-jwt-vc/compose-sd-jwt-vc.ts'
export { factsOfSdJwtVc, type SdJwtVcFacts, type TokenStatusEntry } from './sd-jwt-vc/facts-of-sd-jwt-vc.ts'
export { judgeClaims } from './sd-jwt-vc/judge-claims.ts'
export { lintSdJwtVc } from './sd-jwt-vc/lint-sd-jwt-vc.ts'
export { type Loss, lossesOfSdJwtVc } from './sd-jwt-vc/losses.ts'
export { type CredentialType, type PreparedSdJwtVc, prepareSdJwtVc } from './sd-jwt-vc/prepare-sd-jwt-vc.ts'
export { readSdJwtVc } from './sd-jwt-vc/read-sd-jwt-vc.ts'
export { extendType, readTypeMetadata } from './sd-jwt-vc/read-type-metadata.ts'
export { factsOfW3c, readW3c } from './sd-jwt-vc/read-w3c.ts'
export { learningCredentialType, microCredentialType, openClaims } from './sd-jwt-vc/terms.ts'
export { composeTypeMetadata, type TypeMetadata } from './sd-jwt-vc/type-metadata.ts'
export {
  bitAt,
  bitsFrom,
  compressBits,
  expandBits,
  leastStatusListEntries,
  statusListEntries,
} from './status-lists/bits.ts'
export { statusListLimits } from './status-lists/inflate.ts'
export { composeStatusList, meaningOf, readStatusList, type StatusList, type StatusListGiven } from './status-lists/status-list.ts'
export {
  composeTokenStatusList,
  expandStatuses,
  meaningOfInvalid,
  packStatuses,
  readTokenStatusList,
  type StatusBits,
  statusAt,
  type TokenStatusList,
  type TokenStatusListGiven,
  tokenBitsOf,
  tokenListAddress,
  tokenStatuses,
} from './status-lists/token-status-list.ts'
export { credentialProblems, presentationProblems } from './w3c/data-model.ts'
