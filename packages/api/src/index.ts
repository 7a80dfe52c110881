/** @module The table of operations. Server, client, OpenAPI, forms and flags are derived from it. */
export {
  BatchAnswer,
  BatchRow,
  batchStates,
  ClaimAnswer,
  CredentialAnswer,
  CredentialForm,
  CredentialPage,
  EditionAnswer,
  EditionLine,
  EventAnswer,
  EvidenceAnswer,
  HeldKeyAnswer,
  HomeAnswer,
  InstitutionAnswer,
  KeyAnswer,
  KeyTested,
  OutboxAnswer,
  PersonAnswer,
  ProblemAnswer,
  ReportAnswer,
  RuleFinding,
  SessionAnswer,
  SharedAnswer,
  SpecificationAnswer,
  SpecificationLine,
} from './answers.ts'
export { ApiKeyAnswer } from './api-keys.ts'
export { BatchProgress } from './bulk.ts'
export { ClassroomAnswer } from './classroom.ts'
export { type Client, createClient, type Handlers, type Input, type Output, type Parsed, problemOf, request, type Send } from './client.ts'
export type { EvidenceAsked } from './evidence-asked.ts'
export { MailTemplateAnswer } from './mail.ts'
export { MatrixAnswer, MatrixCellAnswer, MatrixRowAnswer } from './matrix.ts'
export { openapi } from './openapi.ts'
export { Done, FileAnswer, Nothing, type Operation, staff } from './operation.ts'
export type { AccountAnswer, PageContext, SignInAnswer } from './page-context.ts'
export {
  AskOptions,
  BodyPolicies,
  Confirmation,
  DecisionAnswer,
  DecisionForm,
  decisionForms,
  FollowAnswer,
  ForecastAnswer,
  PolicyAnswer,
  PolicyLine,
  PublishedPolicy,
  RecognitionAnswer,
  RecognitionLine,
  TargetAnswer,
} from './recognition-answers.ts'
export {
  KnownElsewhere,
  RegistryAnswer,
  RegistryEntry,
  RegistryImported,
  TrustCertificate,
  TrustChange,
} from './registry.ts'
export { keyMayCall, type Scope, scopeNames, scopeOf, scopes } from './scopes.ts'
export { NetworkAnswer, NetworkLine, PartnerAnswer, TransferOptions } from './sharing.ts'
export {
  HeldAnswer,
  OfferedPathway,
  PathwayChoices,
  PathwayProgress,
  ProgressAnswer,
  StackFollowAnswer,
  StackRequestAnswer,
  StackRequestLine,
} from './stacking-answers.ts'
export { SurveyAnalysisAnswer, SurveyAnswer, SurveyLineAnswer, SurveyReplyAnswer } from './survey-answers.ts'
export { CodingAnswer, CodingsAnswer } from './survey-coding.ts'
export { type OperationName, operations } from './table.ts'
export { WebhookAnswer, webhookEvents } from './webhooks.ts'
