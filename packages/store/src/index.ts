/** @module PostgreSQL: migrations, reading and writing, one tenant at a time. All SQL of the product is here. */
export {
  allRows,
  approveBatch,
  type BatchCounts,
  type BatchRecord,
  type BatchRowRecord,
  type BatchState,
  batchesToSeal,
  confirmBatch,
  countBatches,
  insertBatch,
  listBatches,
  listRows,
  nextReadyRows,
  putRows,
  readBatch,
  setBatchColumns,
  setBatchState,
} from './batch.ts'
export {
  type CredentialRow,
  countWork,
  existingKeys,
  type Intention,
  insertClaims,
  insertShare,
  listCredentials,
  listShares,
  markClaimed,
  markDelivered,
  markRevoked,
  nextIntentions,
  readClaim,
  readCredential,
  readSealed,
  readShare,
  recordIntentions,
  type ShareRow,
  storeSeals,
  takeNumbers,
  takenIndices,
  withdrawShare,
} from './credential.ts'
export { type Database, openDatabase, openPool, type PlatformTransaction, type TenantTransaction } from './database.ts'
export { type EmbeddedPostgres, startPostgres } from './embedded/start-postgres.ts'
export { appendEvent, type EventRow, isChainIntact, listEvents } from './event.ts'
export { answerOnce, forgetOldAnswers } from './idempotency.ts'
export {
  findClaim,
  findInvitation,
  findMemberships,
  findShare,
  type InstitutionRow,
  insertInstitution,
  insertInvitation,
  listInvitations,
  listMembers,
  type MemberRow,
  putMember,
  readInstitution,
  removeInvitation,
  removeMember,
  saveInstitution,
  takeInvitation,
} from './institution.ts'
export { migrate } from './migrate.ts'
export {
  type DueMessage,
  insertMessages,
  leaseMessages,
  listMessages,
  markSent,
  markTrouble,
  type OutboxRow,
  retryMessage,
} from './outbox.ts'
export {
  findBodies,
  insertPolicy,
  insertPolicyVersion,
  listPolicies,
  listPolicyVersions,
  type PolicyRow,
  type PolicyVersionRow,
  proposePolicy,
  readPolicy,
  retirePolicyVersion,
  savePolicy,
} from './policy.ts'
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
export { insertKey, insertTrust, listKeys, readRegistry, retireKey, type SealKeyRow } from './seal-key.ts'
export { countFailures, forgetFailures, forgetOldFailures, recordFailure } from './sign-in-failure.ts'
export {
  archiveSpecification,
  type EditionRow,
  findEdition,
  insertEdition,
  insertSpecification,
  listEditions,
  listSpecifications,
  readEdition,
  readSpecification,
  rememberColumns,
  rememberedColumns,
  type SpecificationRow,
  saveSpecification,
} from './specification.ts'
export { listsToRenew, lockRevoked, openList, publishList, readListSequence, readPublishedList } from './status-list.ts'
