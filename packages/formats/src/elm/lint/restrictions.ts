/** Which controlled list a property takes its concepts from. Facts from the ELM application profile 1.2 (EDC-generic-full) and the list of lists. */
import {
  accreditationTypes,
  assessmentTypes,
  type ConceptList,
  conceptIn,
  countryCodes,
  countryScheme,
  credentialProfiles,
  entitlementStatuses,
  eqfLevels,
  evidenceTypes,
  fieldsOfEducation,
  languageScheme,
  learningSettings,
  modes,
  nqfFrameworks,
  nqfLevels,
  skillReuseLevels,
  skillTypes,
  supervisions,
} from '@cairn/core'

/** A restriction: the scheme the profile demands (if it does), and whether an IRI is in the list as far as we know it. */
export interface Restriction {
  readonly scheme: string | undefined
  readonly has: (iri: string) => boolean
  /** True where our list is whole, so that an unknown value is wrong; elsewhere it is only unknown. */
  readonly whole: boolean
}

const from = (list: ConceptList, { demanded = true, whole = true } = {}): Restriction => ({
  scheme: demanded ? list.scheme : undefined,
  has: (iri) => conceptIn(list, iri) !== undefined,
  whole,
})
const shaped = (scheme: string, has: (iri: string) => boolean): Restriction => ({ scheme, has, whole: true })
const beneath = (scheme: string, base: string): Restriction => shaped(scheme, (iri) => iri.startsWith(base))
const countries = new Set(countryCodes.values())
const language = shaped(languageScheme, (iri) => /\/authority\/language\/[A-Z0-9_]{3,}$/.test(iri))
const country = shaped(countryScheme, (iri) => countries.has(iri.slice(countryScheme.length + 1)))
const units = 'http://publications.europa.eu/resource/authority/atu'

/** By property, or by `Class.property` where the same property means different lists. */
const restrictions: Readonly<Record<string, Restriction>> = {
  eqfLevel: from(eqfLevels),
  limitEQFLevel: from(eqfLevels),
  nqfLevel: shaped(nqfLevels.scheme, (iri) => conceptIn(nqfLevels, iri) !== undefined || conceptIn(nqfFrameworks, iri) !== undefined),
  thematicArea: from(fieldsOfEducation),
  limitField: from(fieldsOfEducation),
  credentialProfiles: from(credentialProfiles, { whole: false }),
  learningSetting: from(learningSettings),
  entitlementStatus: from(entitlementStatuses),
  language,
  primaryLanguage: language,
  countryCode: country,
  spatial: country,
  citizenshipCountry: country,
  limitJurisdiction: beneath(units, `${units}/`),
  reusabilityLevel: from(skillReuseLevels),
  relatedESCOSkill: beneath('http://data.europa.eu/esco/concept-scheme/skills', 'http://data.europa.eu/esco/'),
  limitOccupation: beneath('http://data.europa.eu/esco/concept-scheme/occupations', 'http://data.europa.eu/esco/'),
  idVerification: from(supervisions, { demanded: false }),
  mode: from(modes, { demanded: false, whole: false }),
  'Accreditation.dcType': from(accreditationTypes, { whole: false }),
  'Evidence.dcType': from(evidenceTypes, { whole: false }),
  'LearningOutcome.dcType': from(skillTypes),
  'LearningAssessmentSpecification.dcType': from(assessmentTypes, { demanded: false, whole: false }),
}

/** The restriction of a property of a class; `undefined` where any concept may stand. */
export function restrictionOf(type: string, property: string): Restriction | undefined {
  return restrictions[`${type}.${property}`] ?? restrictions[property]
}
