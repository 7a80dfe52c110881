/** @module The domain of Cairn: words, schemas and rules. Imports zod and nothing else. */
export { AccreditationRecord, AccreditationSnapshot, AccreditedBody } from './accreditation/accreditation-snapshot.ts'
export { type AccreditationFound, judgeAccreditation, snapshotAbout } from './accreditation/judge-accreditation.ts'
export { readDeqar } from './accreditation/read-deqar.ts'
export type {
  AccreditationFact,
  Annex1Facts,
  AssessmentFact,
  BodyFact,
  DateFact,
  LearnerFact,
  OutcomeFact,
  Said,
  Stage,
} from './annex1/facts.ts'
export { awardLint, lintAward, lintSpecification } from './annex1/lint.ts'
export { lintFacts } from './annex1/sets.ts'
export { Award, AwardGiven } from './award.ts'
export { type AwardScope, type BodyNamed, type ScopeLimits, scopeWithin } from './award-scope.ts'
export { BadgeDesign, badgeColours, badgeIcons, badgeShapes, drawBadge } from './badge-design.ts'
export { canonicalJson } from './canonical-json.ts'
export { concept } from './concept.ts'
export { type Concept, type ConceptList, conceptIn, conceptList, conceptsOf } from './concept-list.ts'
export { covers } from './covers.ts'
export {
  CredentialRecord,
  CredentialState,
  credentialStates,
  GivenReason,
  RevocationReason,
  type Sealed,
  StatusEntry,
  sealed,
  type Unsealed,
  unsealed,
  WalletType,
} from './credential.ts'
export { type DecisionDeclared, type Declaration, declarationTypes, type PathwayDeclared, type StackReceipt } from './declaration.ts'
export { fillPlaces, placesIn } from './fill-places.ts'
export { fullName } from './full-name.ts'
export { joinBytes } from './join-bytes.ts'
export { isObject, type Json, type JsonLimits, type JsonObject, jsonLimits, parseJson } from './json.ts'
export { keepLast } from './keep-last.ts'
export { lastDayOf } from './last-day.ts'
export { Learner } from './learner.ts'
export { letterNumber } from './letter-number.ts'
export { glanceOf } from './look-alike.ts'
export { type AcceptanceMatrix, acceptanceMatrix, type Cell, type MatrixRow, matrixRows } from './matrix/acceptance-matrix.ts'
export type { Acceptance, PolicyAnswer } from './matrix/ask.ts'
export { formsOfPurpose } from './matrix/columns.ts'
export { type FeatureId, featureIds } from './matrix/features.ts'
export { type Forecast, forecast, type Gain } from './matrix/forecast.ts'
export { draftGuideline, type GuidelineGiven, type GuidelineLine, guidelineTexts } from './matrix/guideline.ts'
export { type OutlierRule, outlierRules, rareRules } from './matrix/outlier-rules.ts'
export { type AcceptanceFindings, type AcceptanceOptions, readAcceptance } from './matrix/read-acceptance.ts'
export { type ReferenceCertificateId, referenceCase, referenceCertificateIds } from './matrix/reference-certificates.ts'
export { type Profile, smallestProfiles } from './matrix/smallest-profile.ts'
export { Instant, PlainDate } from './moments.ts'
export {
  admit,
  type DirectoryEntry,
  letGo,
  memberOn,
  NetworkDirectory,
  NetworkLeaving,
  NetworkMember,
  NetworkOffers,
  networkTypes,
  readDirectory,
  readMember,
  renew,
  type SignedPayload,
  signedByMember,
} from './network/directory.ts'
export {
  amountsOf,
  appendEntry,
  Balance,
  balanceOf,
  type Counters,
  daysOfQuarter,
  differencesOf,
  headOf,
  LedgerEntry,
  type LedgerEvent,
  readLedger,
  usedIn,
} from './network/ledger.ts'
export {
  AgreementFile,
  AgreementSignature,
  type AgreementState,
  agreementHash,
  counting,
  countsAt,
  libraryAgreement,
  NetworkAgreement,
  readAgreement,
  requireInForce,
} from './network/network-agreement.ts'
export {
  ConsentReceipt,
  grantsFor,
  type MacOf,
  readAnswer,
  readTransfer,
  requireSound,
  Transfer,
  TransferAnswer,
  type TransferGround,
  UsedTokens,
  useTokens,
} from './network/transfer.ts'
export { Accreditation, Issuer, OfficialIdentifier, Organisation } from './organisation.ts'
export { type Caller, mayCall, type Role, roles, StaffRole, staffRoles } from './permissions.ts'
export { type Problem, type ProblemCode, ProblemError, problem, problems, problemTypeBase, refuseProblems } from './problems.ts'
export { readAs } from './read-as.ts'
export { CredentialFacts, type RecognitionCase, readRecognitionCase } from './recognition/case.ts'
export { type CaseGround, caseFromReports, factsFromReport, withKnown } from './recognition/case-from-reports.ts'
export { type Help, helpInPolicies } from './recognition/help-in-policies.ts'
export { type Agreement, Grant, type Library, readLibrary } from './recognition/library.ts'
export { Policy, Requirement } from './recognition/policy.ts'
export { type PolicyTemplateName, policyFrom, policyProblems, policyTemplateNames } from './recognition/policy-templates.ts'
export { type Decision, type HashOf, type RecognitionFinding, recognise } from './recognition/recognise.ts'
export { requireSamePolicies } from './recognition/require-same-policies.ts'
export { type RequirementKindName, requirementKindNames, requirementKinds } from './recognition/requirement-kinds.ts'
export { specimenReport } from './recognition/specimen-report.ts'
export { formOf, JobTarget, ModuleTarget, PostTarget, type Target, type TargetForm, targetForms, VetTarget } from './recognition/target.ts'
export { AwardType, Effect, effects, Mode, type Outcome as RecognitionOutcome, ProofKind, Purpose, Rank } from './recognition/words.ts'
export { fillReference, patternsCollide } from './reference.ts'
export { refuseBlocked } from './refuse-blocked.ts'
export {
  type AccreditationStanding,
  type AccreditationTold,
  bareView,
  type Finding,
  type Outcome,
  type Report,
  type Results,
  type SealQualificationFound,
  type SignedView,
  type Verdict,
  verdictOf,
} from './report.ts'
export { isRightToLeft } from './right-to-left.ts'
export { makeRoom, type Room } from './room.ts'
export type { RuleFinding, Severity } from './rules.ts'
export { sameJson } from './same-json.ts'
export { type InputFault, readIssue, sayIssue } from './say-issue.ts'
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
export { checkReceipt, type PartAtHand, type ReceiptFault } from './stacking/check-receipt.ts'
export { checkStack } from './stacking/check-stack.ts'
export { answerPathway, type FirstToExpire, firstToExpire } from './stacking/first-to-expire.ts'
export { Pathway, type PathwaySlot, pathwayProblems, readPathway, type SlotPredicate } from './stacking/pathway.ts'
export { readStackingCase } from './stacking/read-stacking-case.ts'
export { solveStack, stack } from './stacking/stack.ts'
export type {
  GapPlan,
  StackAnswer,
  StackBound,
  StackChoice,
  StackGap,
  StackProof,
  StackResult,
  UnusedReason,
} from './stacking/stack-answer.ts'
export type {
  HoursCase,
  LadderCase,
  SlotCase,
  StackingCase,
  StackingCredential,
  StackingOffer,
  StackingRules,
  StackingSlot,
} from './stacking/stacking-case.ts'
export { countedAs, isCurrent, isHeld, missedBy, type StackingFacts, stackingFacts } from './stacking/stacking-facts.ts'
export { drawStone, type Stone, type StoneFacts, stoneOf, stoneOfView } from './stone.ts'
export { analyse, type CodesByBody, type CrossTab, type Distribution, type SurveyAnalysis } from './survey/analyse.ts'
export { analysisRows } from './survey/analysis-rows.ts'
export { readAnswers, type SurveyAnswer, SurveyAnswers } from './survey/answers.ts'
export { carryOver } from './survey/carry-over.ts'
export {
  type CodedQuestion,
  type CodingAgreement,
  codeOf,
  codesDiffer,
  compareCodings,
  freeTextsOf,
  sumUpCodes,
  type TextCoding,
} from './survey/coding.ts'
export { contradictionsAmong, contradictionsIn } from './survey/contradictions.ts'
export { guidelineOfSurvey, type SurveyLine } from './survey/guideline-of-survey.ts'
export { type OpenPoint, type PolicyDraft, policyFromAnswers } from './survey/policy-from-answers.ts'
export type { NumberSummary } from './survey/quantiles.ts'
export type { AnswerKind, PolicyFragment, SurveyOption, SurveyQuestion } from './survey/question.ts'
export { type SurveySection, surveyRegions, surveySections } from './survey/sections.ts'
export { answerStates, survey } from './survey/survey.ts'
export { readTranslation, type SurveyTranslation, type TranslationRow, translationRows } from './survey/translation.ts'
export type { SurveyWordKey, SurveyWords } from './survey/words/survey-words.ts'
export { surveyText, surveyWordsIn } from './survey/words/words-of-survey.ts'
export { ConceptRef, Iri, LangString, LanguageTag, MailAddress, Urn, Uuid, WebAddress } from './text.ts'
export { textIn } from './text-in.ts'
export {
  addMonths,
  type DurationParts,
  dateTag,
  dayOf,
  durationHours,
  hoursDuration,
  isPlainDate,
  millis,
  parseDuration,
  saidDay,
} from './time.ts'
export { isTimeZone, localMoment, type Placed, timeZoneOf, timeZonesOf, todayOf } from './time-zone.ts'
export {
  CertificateCriteria,
  ServicePeriod,
  TrustEntry,
  TrustedService,
  type TrustKind,
  TrustRecord,
  TrustRegistry,
  trustKinds,
} from './trust.ts'
export { type VerdictKind, verdictKindOf } from './verdict-kind.ts'
export { accreditationTypes } from './vocabularies/accreditation-types.ts'
export { assessmentTypes } from './vocabularies/assessment-types.ts'
export { broadField } from './vocabularies/broad-field.ts'
export { countryCodes, countryIri, countryOf, countryScheme } from './vocabularies/countries.ts'
export { credentialProfiles } from './vocabularies/credential-profiles.ts'
export { creditSystems } from './vocabularies/credit-systems.ts'
export { encodings } from './vocabularies/encodings.ts'
export { entitlementStatuses } from './vocabularies/entitlement-statuses.ts'
export { entitlementTypes } from './vocabularies/entitlement-types.ts'
export { eqfLevels } from './vocabularies/eqf.ts'
export { evidenceTypes } from './vocabularies/evidence-types.ts'
export { fileTypes } from './vocabularies/file-types.ts'
export { humanSexes } from './vocabularies/human-sexes.ts'
export { fieldsOfEducation } from './vocabularies/isced-f.ts'
export { labelIn } from './vocabularies/labels.ts'
export { languageCodes, languageIri, languageScheme, languageTag } from './vocabularies/languages.ts'
export { learningActivityTypes } from './vocabularies/learning-activity-types.ts'
export { learningOpportunityTypes } from './vocabularies/learning-opportunity-types.ts'
export { learningSchedules } from './vocabularies/learning-schedules.ts'
export { learningSettings } from './vocabularies/learning-settings.ts'
export { modes } from './vocabularies/modes.ts'
export { nqfFrameworks, nqfLevel, nqfLevels } from './vocabularies/nqf.ts'
export { cycleEqf, cycles } from './vocabularies/qf-ehea.ts'
export { skillReuseLevels } from './vocabularies/skill-reuse-levels.ts'
export { skillTypes } from './vocabularies/skill-types.ts'
export { supervisions } from './vocabularies/supervisions.ts'
export { targetGroups } from './vocabularies/target-groups.ts'
