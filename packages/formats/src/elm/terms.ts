/** Names that the European Learning Model and its neighbours fix. Facts from the ELM application profile 1.2 and W3C Bitstring Status List 1.0. */

/** The two-entry context of every European Digital Credential. */
export const elmContext = ['https://www.w3.org/2018/credentials/v1', 'http://data.europa.eu/snb/model/context/edc-ap'] as const

/** Profile concept and schema of each shape of credential we make. */
export const profiles = {
  generic: { code: 'e34929035b', schema: 'http://data.europa.eu/snb/model/ap/edc-generic-full' },
  mandate: { code: 'c_9a31f32a', schema: 'http://data.europa.eu/snb/model/ap/edc-issued-by-mandate' },
} as const

/** Namespace of the W3C status terms, written out in full because the ELM contexts do not know them. */
export const statusNamespace = 'https://www.w3.org/ns/credentials/status#'

/** Type of a status node, in full as well: the context of the application profile 1.1 has no term for it. */
export const elmCredentialStatus = 'http://data.europa.eu/snb/model/elm/CredentialStatus'

/** Concepts of our own where no EU list has one: kinds of record, quality assurance, stackability, why no level applies. */
export const ownSchemes = {
  kind: 'urn:cairn:kind',
  qualityAssurance: 'urn:cairn:quality-assurance',
  stackability: 'urn:cairn:stackability',
  level: 'urn:cairn:level',
} as const

/** Base of ESCO concepts and the scheme of its skills. */
export const esco = { base: 'http://data.europa.eu/esco/', skills: 'http://data.europa.eu/esco/concept-scheme/skills' } as const

/** ECTS and the codes of single concepts that composing needs. */
export const codes = {
  ects: '6fcec5c5af',
  base64: '6146cde7dd',
  mandateEvidence: 'c_18016257',
  shortLearningProgramme: '74a4a268e8',
  programmeModule: '0f7dac46ca',
  educationalProgramme: '79343569f3',
  course: '05053c1cbe',
  programmeQualityAssurance: '820101cba6',
  formal: '6fd4685715',
  nonFormal: 'e207a81fc7',
} as const
