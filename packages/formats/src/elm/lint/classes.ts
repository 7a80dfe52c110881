/**
 * The classes of the application profile 1.2 for European Digital Credentials, as facts: property, `!` when at least one is asked for, `1` when at most
 * one, and what it holds: L text by language, M the same with several texts a language allowed, S string, D dateTime, U duration, B boolean, I integer, P positive integer, N decimal, A URI, else the
 * classes a node may have. Laid down from the European Learning Model, `rdf/ap/edc` (branch EDC-3.2-LTS).
 */
const classes: Readonly<Record<string, string>> = {
  Accreditation:
    'identifier:Identifier|LegalIdentifier dcType!1:Concept title!:L description:L homepage:WebResource dateIssued1:D ' +
    'additionalNote:Note supplementaryDocument:WebResource decision1:Concept report1:WebResource organisation:Organisation ' +
    'limitQualification1:Qualification limitField:Concept limitEQFLevel:Concept limitJurisdiction:Concept ' +
    'limitCredentialType:Concept accreditingAgent!1:Organisation reviewDate1:D expiryDate1:D landingPage:WebResource status1:S ' +
    'dateModified1:D valid1:D',
  Identifier: 'notation!1:S schemeAgency1:M creator1:S dateIssued1:D dcType:Concept schemeName1:S schemeVersion1:S schemeId1:A',
  LegalIdentifier:
    'notation!1:S schemeAgency1:M creator1:S dateIssued1:D dcType:Concept schemeName1:S schemeVersion1:S schemeId1:A ' +
    'spatial!1:Concept',
  Note: 'noteLiteral!:M subject1:Concept noteFormat1:Concept',
  WebResource: 'title:L language1:Concept contentURL!1:A',
  Concept: 'prefLabel:L notation1:S inScheme:ConceptScheme definition:M',
  Organisation:
    'identifier:Identifier|LegalIdentifier altLabel:M dcType:Concept homepage:WebResource additionalNote:Note location!:Location ' +
    'accreditation:Accreditation eIDASIdentifier1:LegalIdentifier registration1:LegalIdentifier legalName!:L ' +
    'vatIdentifier:LegalIdentifier taxIdentifier:LegalIdentifier logo1:MediaObject hasSubOrganization:Organisation ' +
    'subOrganizationOf1:Organisation groupMemberOf:Group contactPoint:ContactPoint dateModified1:D',
  Qualification:
    'identifier:Identifier|LegalIdentifier title!:L description:L additionalNote:Note supplementaryDocument:WebResource ' +
    'homepage:WebResource altLabel:M category:M dcType:Concept dateModified1:D language:Concept volumeOfLearning1:U mode:Concept ' +
    'learningOutcomeSummary1:Note thematicArea:Concept educationSubject:Concept creditPoint:CreditPoint educationLevel:Concept ' +
    'learningSetting1:Concept maximumDuration1:U targetGroup:Concept entryRequirement1:Note learningOutcome:LearningOutcome ' +
    'influencedBy:LearningActivitySpecification provenBy:LearningAssessmentSpecification ' +
    'entitlesTo:LearningEntitlementSpecification awardingOpportunity:AwardingOpportunity hasPart:Qualification ' +
    'isPartOf:Qualification specialisationOf:Qualification generalisationOf:Qualification isPartialQualification1:B ' +
    'eqfLevel1:Concept nqfLevel:Concept accreditation:Accreditation qualificationCode:Concept status1:S',
  Address: 'identifier:Identifier|LegalIdentifier fullAddress1:Note countryCode!1:Concept',
  Agent:
    'identifier:Identifier|LegalIdentifier altLabel:M prefLabel:L location:Location additionalNote:Note contactPoint:ContactPoint ' +
    'groupMemberOf:Group dateModified1:D',
  Location: 'identifier:Identifier|LegalIdentifier description:L address!:Address geographicName:M spatialCode:Concept',
  ContactPoint: 'additionalNote:Note description:L address:Address phone:Phone emailAddress:Mailbox contactForm:WebResource',
  Group:
    'prefLabel!:L altLabel:M dcType:Concept additionalNote:Note location:Location contactPoint:ContactPoint ' +
    'member:Agent|Person|Organisation',
  Amount: 'unit!1:Concept value!1:N',
  AwardingOpportunity:
    'identifier:Identifier|LegalIdentifier location1:Location temporal1:PeriodOfTime awardingBody!:Agent|Person|Organisation ' +
    'learningAchievementSpecification1:LearningAchievementSpecification|Qualification',
  PeriodOfTime: 'prefLabel:L startDate1:D endDate1:D',
  Person:
    'identifier:Identifier|LegalIdentifier location1:Location nationalID1:LegalIdentifier fullName1:M givenName1:M familyName1:M ' +
    'birthName:M patronymicName:M memberOf:Organisation dateOfBirth1:D placeOfBirth1:Location citizenshipCountry:Concept ' +
    'gender1:Concept contactPoint:ContactPoint groupMemberOf:Group dateModified1:D hasCredential:EuropeanDigitalCredential ' +
    'hasClaim!:LearningAchievement|LearningActivity|LearningAssessment|LearningEntitlement|Claim',
  LearningAchievementSpecification:
    'identifier:Identifier|LegalIdentifier title!:L description:L additionalNote:Note supplementaryDocument:WebResource ' +
    'homepage:WebResource altLabel:M category:M dcType:Concept dateModified1:D language:Concept volumeOfLearning1:U mode:Concept ' +
    'learningOutcomeSummary1:Note thematicArea:Concept educationSubject:Concept creditPoint:CreditPoint educationLevel:Concept ' +
    'learningSetting1:Concept maximumDuration1:U targetGroup:Concept entryRequirement1:Note learningOutcome:LearningOutcome ' +
    'influencedBy:LearningActivitySpecification provenBy:LearningAssessmentSpecification ' +
    'entitlesTo:LearningEntitlementSpecification awardingOpportunity:AwardingOpportunity ' +
    'hasPart:LearningAchievementSpecification|Qualification isPartOf:LearningAchievementSpecification|Qualification ' +
    'specialisationOf:LearningAchievementSpecification|Qualification ' +
    'generalisationOf:LearningAchievementSpecification|Qualification status1:S',
  AwardingProcess:
    'identifier:Identifier|LegalIdentifier description:L location1:Location additionalNote:Note used:LearningAssessment ' +
    'awards:LearningAchievement|LearningActivity|LearningAssessment|LearningEntitlement|Claim ' +
    'awardingBody!:Agent|Person|Organisation awardingDate1:D educationalSystemNote1:Concept',
  LearningAssessment:
    'title!:L description:L identifier:Identifier|LegalIdentifier dcType:Concept additionalNote:Note ' +
    'supplementaryDocument:WebResource dateIssued1:D location1:Location grade!1:Note gradeStatus1:Concept ' +
    'shortenedGrading1:ShortenedGrading resultDistribution1:ResultDistribution idVerification1:Concept awardedBy!1:AwardingProcess ' +
    'assessedBy:Agent|Person|Organisation proves1:LearningAchievement hasPart:LearningAssessment isPartOf:LearningAssessment ' +
    'specifiedBy1:LearningAssessmentSpecification',
  Claim:
    'title!:L description:L identifier:Identifier|LegalIdentifier dcType:Concept additionalNote:Note ' +
    'supplementaryDocument:WebResource awardedBy!1:AwardingProcess',
  Phone: 'phoneNumber1:S countryDialing1:S dialNumber1:S',
  Mailbox: '',
  DisplayParameter:
    'title!:L description:L language!:Concept primaryLanguage!1:Concept summaryDisplay1:S individualDisplay!:IndividualDisplay',
  IndividualDisplay: 'language!1:Concept displayDetail!:DisplayDetail',
  DisplayDetail: 'image!1:MediaObject page!1:P',
  MediaObject:
    'title:L description:L contentType!1:Concept attachmentType1:Concept contentEncoding!1:Concept contentSize1:I content!1:S ' +
    'contentURL1:A',
  EuropeanDigitalCredential:
    'identifier:Identifier|LegalIdentifier credentialProfiles!:Concept attachment:MediaObject displayParameter!1:DisplayParameter ' +
    'issuer!1:Agent|Person|Organisation credentialSubject!1:Agent|Person|Organisation issuanceDate1:D issued!1:D validFrom!1:D ' +
    'expirationDate1:D validUntil1:D proof:Proof evidence:Evidence termsOfUse:TermsOfUse credentialSchema!:ShaclValidator2017 ' +
    'credentialStatus1:CredentialStatus holder:Agent|Person|Organisation',
  Evidence:
    'dcType!1:Concept evidenceStatement1:S evidenceTarget1:Agent|Person|Organisation embeddedEvidence:MediaObject ' +
    'accreditation1:Accreditation',
  ShaclValidator2017: '',
  EuropeanDigitalPresentation:
    'verifiableCredential:EuropeanDigitalCredential verificationCheck:VerificationCheck holder:Agent|Person|Organisation proof:A',
  VerificationCheck: 'dcType!1:Concept description:L verificationStatus!1:Concept elmSubject!1:EuropeanDigitalCredential',
  CreditPoint: 'framework!1:Concept point!1:S',
  GradingScheme: 'identifier:Identifier|LegalIdentifier title!:L description:L supplementaryDocument:WebResource',
  Grant: 'title!:L description:L supplementaryDocument:WebResource dcType1:Concept contentURL1:A',
  LearningAchievement:
    'title!:L description:L identifier:Identifier|LegalIdentifier dcType:Concept additionalNote:Note ' +
    'supplementaryDocument:WebResource learningOpportunity1:LearningOpportunity creditReceived:CreditPoint ' +
    'provenBy:LearningAssessment influencedBy:LearningActivity awardedBy!1:AwardingProcess entitlesTo:LearningEntitlement ' +
    'specifiedBy1:LearningAchievementSpecification|Qualification hasPart:LearningAchievement isPartOf:LearningAchievement',
  LearningOpportunity:
    'identifier:Identifier|LegalIdentifier title!:L description:L dcType:Concept additionalNote:Note homepage:WebResource ' +
    'supplementaryDocument:WebResource temporal1:PeriodOfTime duration1:U mode:Concept learningSchedule1:Concept ' +
    'scheduleInformation1:Note admissionProcedure1:Note priceDetail:PriceDetail providedBy!:Organisation grant:Grant ' +
    'location:Location learningAchievementSpecification1:LearningAchievementSpecification|Qualification ' +
    'learningActivitySpecification1:LearningActivitySpecification hasPart:LearningOpportunity isPartOf:LearningOpportunity ' +
    'bannerImage1:MediaObject applicationDeadline:D descriptionHtml:rdf:HTML dateModified1:D status1:S',
  LearningActivity:
    'title!:L description:L identifier:Identifier|LegalIdentifier dcType:Concept additionalNote:Note ' +
    'supplementaryDocument:WebResource temporal:PeriodOfTime location:Location learningOpportunity1:LearningOpportunity workload1:U ' +
    'directedBy:Agent|Person|Organisation awardedBy!1:AwardingProcess influences:LearningAchievement ' +
    'specifiedBy1:LearningActivitySpecification hasPart:LearningActivity isPartOf:LearningActivity levelOfCompletion1:P',
  LearningEntitlement:
    'title!:L description:L identifier:Identifier|LegalIdentifier dcType1:Concept additionalNote:Note ' +
    'supplementaryDocument:WebResource dateIssued1:D expiryDate1:D awardedBy!1:AwardingProcess entitledBy:LearningAchievement ' +
    'hasPart:LearningEntitlement isPartOf:LearningEntitlement specifiedBy1:LearningEntitlementSpecification',
  LearningOutcome:
    'identifier:Identifier|LegalIdentifier title!:L dcType1:Concept additionalNote:Note reusabilityLevel1:Concept ' +
    'relatedSkill:Concept relatedESCOSkill:Concept',
  LearningActivitySpecification:
    'identifier:Identifier|LegalIdentifier title!:L description:L additionalNote:Note supplementaryDocument:WebResource ' +
    'homepage:WebResource altLabel:M category:M dateModified1:D dcType:Concept language:Concept volumeOfLearning1:U contactHour:S ' +
    'mode:Concept influences:LearningAchievementSpecification|Qualification hasPart:LearningActivitySpecification ' +
    'isPartOf:LearningActivitySpecification specialisationOf:LearningActivitySpecification ' +
    'generalisationOf:LearningActivitySpecification status1:S',
  LearningAssessmentSpecification:
    'identifier:Identifier|LegalIdentifier title!:L description:L additionalNote:Note supplementaryDocument:WebResource ' +
    'homepage:WebResource altLabel:M category:M dateModified1:D dcType1:Concept language:Concept mode:Concept ' +
    'gradingScheme1:GradingScheme proves:LearningAchievementSpecification|Qualification hasPart:LearningAssessmentSpecification ' +
    'isPartOf:LearningAssessmentSpecification specialisationOf:LearningAssessmentSpecification ' +
    'generalisationOf:LearningAssessmentSpecification status1:S',
  LearningEntitlementSpecification:
    'identifier:Identifier|LegalIdentifier title!:L description:L additionalNote:Note supplementaryDocument:WebResource ' +
    'homepage:WebResource altLabel:M category:M dateModified1:D dcType!1:Concept entitlementStatus!1:Concept ' +
    'limitOrganisation:Organisation limitJurisdiction:Concept limitOccupation:Concept limitNationalOccupation:Concept ' +
    'entitledBy:LearningAchievementSpecification|Qualification hasPart:LearningEntitlementSpecification ' +
    'isPartOf:LearningEntitlementSpecification specialisationOf:LearningEntitlementSpecification ' +
    'generalisationOf:LearningEntitlementSpecification status1:S',
  ShortenedGrading: 'percentageLower!1:I percentageEqual!1:I percentageHigher!1:I',
  ResultDistribution: 'description:L resultCategory:ResultCategory',
  PriceDetail: 'identifier:Identifier|LegalIdentifier prefLabel:L description:L additionalNote:Note amount1:Amount',
  ResultCategory: 'label!1:S score1:S maximumScore1:S minimumScore1:S count!1:P',
  Specification:
    'identifier:Identifier|LegalIdentifier title!:L description:L additionalNote:Note supplementaryDocument:WebResource ' +
    'homepage:WebResource altLabel:M category:M dcType:Concept dateModified1:D status1:S',
  Geometry: '',
  ConceptScheme: '',
}

/** Terms that the contexts know and no class of the profile uses, and the keywords that the credentials context adds. */
const otherTerms = 'areaDialingCode dateCreated latitude longitude publisher refreshService id type holder verifiableCredential'

/** A property of a class. */
export interface PropertyFact {
  readonly least: 0 | 1
  readonly single: boolean
  /** Kind of literal (one letter), or the classes of a node. */
  readonly kind: string
  readonly classes: readonly string[]
}

/** Properties by name by class. */
export const elmClasses: ReadonlyMap<string, ReadonlyMap<string, PropertyFact>> = new Map(
  Object.entries(classes).map(([name, properties]) => [
    name,
    new Map(
      properties
        .split(' ')
        .filter((each) => each !== '')
        .map(readProperty),
    ),
  ]),
)

/** Every term of the two contexts. */
export const elmTerms: ReadonlySet<string> = new Set([
  ...[...elmClasses.values()].flatMap((properties) => [...properties.keys()]),
  ...otherTerms.split(' '),
])

function readProperty(text: string): [string, PropertyFact] {
  const [, name, least, single, kind] = /^(\w+?)(!?)(1?):(.*)$/.exec(text)!
  const literal = kind!.length === 1
  return [name!, { least: least ? 1 : 0, single: single !== '', kind: literal ? kind! : 'node', classes: literal ? [] : kind!.split('|') }]
}
