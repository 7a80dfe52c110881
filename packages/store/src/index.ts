/** @module PostgreSQL: migrations, reading and writing, one tenant at a time. All SQL of the product is here. */

export {
  type ApiKeyRow,
  findApiKey,
  forgetOldUses,
  insertApiKey,
  keyActor,
  listApiKeys,
  madeKey,
  markCapped,
  spendAwards,
  useApiKey,
  withdrawApiKey,
} from './api-key.ts'
export type { BackupTable } from './backup/backup-tables.ts'
export { type ExportedTable, type ExportStep, exportTables } from './backup/export-tables.ts'
export { importTables } from './backup/import-tables.ts'
export {
  approveBatch,
  type BatchRecord,
  type BatchRowRecord,
  type BatchState,
  batchesToSeal,
  confirmBatch,
  dropBatch,
  hasRow,
  insertBatch,
  listBatches,
  listOpenBatches,
  listRows,
  nextReadyRows,
  putRows,
  type ReadyRow,
  readBatch,
  readRow,
  replacedBy,
  rowsToCorrect,
  rowTexts,
  setBatchColumns,
  setBatchState,
} from './batch.ts'
export { type BatchCounts, countBatches } from './batch-counts.ts'
export {
  type BatchProgress,
  beginSeals,
  finishBatch,
  hasWaitingNotice,
  holdSealing,
  isSealing,
  listFates,
  type RowFate,
  readProgress,
  stopBatchesOf,
  takeBackBatch,
} from './batch-progress.ts'
export { callWorkers, listenForCalls } from './call.ts'
export {
  type ClassroomClaimRow,
  type ClassroomRow,
  closeClassroom,
  confirmPresence,
  countClassroomClaims,
  findClassroom,
  findClassroomClaim,
  insertClassroom,
  insertClassroomClaim,
  listClassroomClaims,
  listClassrooms,
  readClassroom,
  readClassroomClaim,
} from './classroom.ts'
export {
  type CredentialRow,
  changeEmail,
  countWork,
  existingKeys,
  hasIntentions,
  type Intention,
  insertClaims,
  listCredentials,
  lockIntentions,
  markClaimed,
  markDelivered,
  nextIntentions,
  readClaim,
  readCredential,
  readSealed,
  recordIntentions,
  storeSeals,
  takenIndices,
} from './credential.ts'
export { keepForm, readAwardGiven, readForm } from './credential-form.ts'
export {
  type DueSeal,
  leaseSeals,
  postponeSeals,
  queueAllSeals,
  queueSeals,
  readStanding,
  type SealStanding,
  storeLevel,
} from './credential-seal.ts'
export { type Database, openDatabase, openPool, type PlatformTransaction, type TenantTransaction } from './database.ts'
export { type DeclarationRow, insertDeclaration, readDeclarationRow } from './declaration.ts'
export {
  type DraftKind,
  type DraftRow,
  findBodies,
  findPathway,
  insertDraft,
  insertVersion,
  listDrafts,
  listVersions,
  proposeDraft,
  readDraft,
  readVersion,
  retireVersion,
  saveDraft,
  type VersionRow,
} from './draft.ts'
export { findRunning } from './embedded/find-running.ts'
export { roomAt } from './embedded/room-at.ts'
export { type EmbeddedPostgres, startPostgres } from './embedded/start-postgres.ts'
export { appendEvent, appendEvents, type EventGiven, type EventRow, isChainIntact, listEvents, newestEvent } from './event.ts'
export { answerOnce, forgetOldAnswers } from './idempotency.ts'
export {
  findClaim,
  findInvitation,
  findIssuer,
  findMemberships,
  type InstitutionRow,
  insertInstitution,
  insertInvitation,
  listInvitations,
  listIssuers,
  listMembers,
  type MemberRow,
  putMember,
  readInstitution,
  removeInvitation,
  removeMember,
  saveInstitution,
  takeInvitation,
} from './institution.ts'
export { type IssuedRow, nextIssued } from './issued.ts'
export {
  type AccreditationLine,
  insertAccreditations,
  keepTrustedLists,
  listAccreditations,
  readAccreditations,
  readTrustedLists,
  type TrustedListProblem,
  type TrustedListRow,
  takeListTurn,
} from './known-elsewhere.ts'
export { type MailTemplateRow, readMailTemplates, removeMailTemplate, saveMailTemplate } from './mail-template.ts'
export { migrate } from './migrate.ts'
export {
  type AgreementRow,
  type BalanceRow,
  changeNetwork,
  dueLeavings,
  findNetwork,
  insertEntry,
  insertNetwork,
  listAgreements,
  listApplicants,
  listBalances,
  listLedger,
  listNetworks,
  type NetworkRow,
  planLeaving,
  proposeAgreement,
  putAgreement,
  putApplicant,
  putBalance,
  readAgreementRow,
  readNetwork,
  removeApplicant,
} from './network.ts'
export {
  answerTransferRow,
  dueTransfers,
  findTransferBy,
  insertTransfer,
  listTransfers,
  noteDelivery,
  readTransferRow,
  type TransferRow,
} from './network-transfer.ts'
export {
  countUndelivered,
  type DueMessage,
  insertMessages,
  keepReturn,
  leaseMessages,
  leaseMinutes,
  listMessages,
  markResent,
  markSent,
  markTrouble,
  type OutboxRow,
  releaseMessages,
  retryMessage,
} from './outbox.ts'
export {
  countPrecedents,
  findRecognition,
  grantedBefore,
  insertRecognition,
  listRecognitions,
  putComparison,
  type RecognitionRow,
  type RecognitionState,
  type RecognitionStep,
  readComparison,
  readRecognition,
  stepRecognition,
} from './recognition.ts'
export { listTargets, putTarget, readTargetRow, type TargetRow } from './recognition-target.ts'
export { countLateReferences, lockReferences, promisedReferences, takeNumbers, takenReferences } from './reference-number.ts'
export { type EndingRow, type ReminderDays, takeReminders, tenantsToRemind } from './reminder.ts'
export {
  carryOutRevocations,
  confirmCompleteRestoration,
  confirmRestoration,
  type JournalEntry,
  listsToPublish,
  type PublishedNumber,
  type Restoration,
  readJournalStart,
  readRestoration,
  settleRestore,
  settleSetBack,
  stepsBehind,
} from './restoration.ts'
export {
  type Chosen,
  markRevoked,
  markSuperseded,
  type RevocationSummary,
  type RevokedRow,
  summariseRevocation,
  withdrawNotices,
} from './revocation.ts'
export { countSealed, insertKey, listKeys, planKey, retireKey, type SealKeyRow } from './seal-key.ts'
export { forgetOldLists, keepSeenList, readSeenList, type SeenList } from './seen-list.ts'
export {
  findShare,
  insertShare,
  listShares,
  readFollowing,
  readShared,
  type SharedRow,
  type ShareRow,
  withdrawShare,
} from './share-link.ts'
export { countFailures, forgetFailures, forgetOldFailures, recordFailure } from './sign-in-failure.ts'
export {
  archiveSpecification,
  countAwards,
  type EditionRow,
  findEdition,
  insertEdition,
  insertSpecification,
  listEditions,
  listOffered,
  listSpecifications,
  readEdition,
  readSpecification,
  rememberColumns,
  rememberedColumns,
  type SpecificationRow,
  saveSpecification,
} from './specification.ts'
export {
  answerStackRequest,
  findStackRequest,
  type HeldCredential,
  insertStackRequest,
  listStackRequests,
  readStackRequest,
  type StackRequestRow,
} from './stack-request.ts'
export {
  fileListsAgain,
  type ListToFile,
  listsToFile,
  listsToRenew,
  lockRevoked,
  markFiled,
  openList,
  publishList,
  readListSequence,
  readPublishedList,
  readPublishedTokenList,
} from './status-list.ts'
export { keepStencil, readStencil } from './stencil.ts'
export {
  confirmSurveyAnswers,
  findSurveyInvitation,
  insertSurvey,
  insertSurveyInvitation,
  listSurveyInvitations,
  listSurveys,
  noteSurveyRules,
  readSurvey,
  readSurveyInvitation,
  readSurveyVersion,
  removeSurveyInvitation,
  type SurveyInvitationRow,
  type SurveyRow,
  type SurveySaving,
  saveSurvey,
  saveSurveyAnswers,
  takeSurveyConfirmations,
  tenantsToConfirm,
} from './survey.ts'
export {
  hashOfAnswer,
  listSurveyCodes,
  listSurveyCodings,
  putSurveyCode,
  putSurveyCoding,
  type SurveyCodeRow,
  type SurveyCodingRow,
} from './survey-coding.ts'
export {
  listSurveyTranslations,
  putSurveyTranslation,
  readSurveyTranslation,
  removeSurveyTranslation,
  type SurveyTranslationLine,
} from './survey-translation.ts'
export {
  countInstitutions,
  decideTrust,
  listTrust,
  listTrustChanges,
  listWaitingTrust,
  proposeTrust,
  readRegistry,
  type TrustChangeRow,
  type TrustDecision,
  type TrustEntryRow,
  type TrustSource,
} from './trust.ts'
export {
  type DeliveryRow,
  type DueDelivery,
  deliveryLeaseMinutes,
  endWebhook,
  forgetOldDeliveries,
  insertWebhook,
  leaseDeliveries,
  listDeliveries,
  listWebhooks,
  markTold,
  markUntold,
  queueTrial,
  releaseDeliveries,
  removeWebhook,
  retryDelivery,
  type WebhookRow,
} from './webhook.ts'
export { readWork, type Work } from './work.ts'
