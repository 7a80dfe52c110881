/** @module The domain of Cairn: words, schemas and rules. Imports zod and nothing else. */
export { Award, AwardGiven } from './award.ts'
export { covers } from './covers.ts'
export {
  CredentialRecord,
  CredentialState,
  credentialStates,
  RevocationReason,
  type Sealed,
  StatusEntry,
  sealed,
  type Unsealed,
  unsealed,
} from './credential.ts'
export { fullName, Learner } from './learner.ts'
export { Instant, PlainDate } from './moments.ts'
export { Accreditation, Issuer, OfficialIdentifier, Organisation } from './organisation.ts'
export { type Caller, mayCall, type Role, roles, StaffRole, staffRoles } from './permissions.ts'
export { type Problem, type ProblemCode, ProblemError, problem, problems } from './problems.ts'
export { type Finding, type Outcome, type Report, type Results, type SignedView, type Verdict, verdictOf } from './report.ts'
export type { RuleFinding, Severity } from './rules.ts'
export {
  AchievementSpecification,
  Assessment,
  awardingBodyOf,
  Edition,
  Kind,
  kinds,
  LearningOutcome,
  Level,
  Part,
  principles,
  QualityAssurance,
  Stackability,
  ValidityPeriod,
  Workload,
} from './specification.ts'
export { ConceptRef, Iri, LangString, LanguageTag, MailAddress, Urn, Uuid, WebAddress } from './text.ts'
export { textIn } from './text-in.ts'
export {
  addMonths,
  type DurationParts,
  dayOf,
  durationHours,
  hoursDuration,
  isPlainDate,
  millis,
  parseDuration,
} from './time.ts'
export { TrustEntry, TrustRegistry } from './trust.ts'
