/** Names that SD-JWT VC and the European learning credential fix. Facts from draft-ietf-oauth-sd-jwt-vc and the EUDI reference issuer's metadata. */

/** The type under which European wallets ask for learning credentials. */
export const learningCredentialType = 'urn:eu.europa.ec.eudi:learning:credential:1'

/** Our own type: everything the European one has, and the rest of Annex I of 2022/C 243/02. An installation may publish it under an address instead. */
export const microCredentialType = 'urn:cairn:type:micro-credential:1'

/** Claims that are never hidden (SD-JWT VC, registered JWT claims), with everything in them. */
export const openClaims = ['iss', 'nbf', 'exp', 'cnf', 'vct', 'vct#integrity', 'aka_vcts', 'status'] as const

/** One claim of our credentials: whether the European type has it and demands it, whether only the holder may reveal it. */
export interface ClaimTerm {
  readonly name: string
  readonly european: 'mandatory' | 'optional' | 'absent'
  readonly hidden: boolean
  /** How the claim is called in a template of a picture. */
  readonly svg?: string
}

const term = (name: string, european: ClaimTerm['european'], hidden: boolean, svg?: string): ClaimTerm => ({
  name,
  european,
  hidden,
  ...(svg && { svg }),
})

/** Every claim, in the order in which it is shown. */
export const claimTerms: readonly ClaimTerm[] = [
  term('family_name', 'mandatory', true),
  term('given_name', 'optional', true),
  term('birthdate', 'absent', true),
  term('learner_identification', 'mandatory', true),
  term('national_identifier', 'absent', true),
  term('achievement_title', 'mandatory', false, 'title'),
  term('achievement_description', 'optional', false),
  term('achievement_kind', 'absent', false),
  term('achievement_id', 'absent', false),
  term('issuing_authority', 'mandatory', false, 'issuer'),
  term('issuing_country', 'mandatory', false),
  term('issuing_authority_id', 'absent', false),
  term('awarding_body', 'absent', false, 'body'),
  term('awarding_body_ids', 'absent', false),
  term('date_of_issuance', 'mandatory', false, 'issued'),
  term('date_of_award', 'absent', false),
  term('date_of_expiry', 'optional', false),
  term('reference_number', 'absent', true),
  term('learning_outcomes', 'optional', true),
  term('assessment_grade', 'optional', true),
  term('assessments', 'absent', true),
  term('assessment_date', 'absent', true),
  term('parts', 'absent', true),
  term('learning_period', 'absent', true),
  term('expected_study_time', 'mandatory', true),
  term('ects_credits', 'absent', false, 'ects'),
  term('level_of_learning_experience', 'mandatory', true),
  term('national_levels', 'absent', false),
  term('higher_education_cycle', 'absent', false),
  term('form_of_participation', 'absent', false),
  term('types_of_quality_assurance', 'mandatory', true),
  term('fields_of_education', 'absent', false),
  term('language_of_classes', 'mandatory', false),
  term('language', 'absent', false),
  term('prerequisites_to_enroll', 'optional', true),
  term('integration_stackability_options', 'optional', true),
  term('stackability', 'absent', false),
  term('further_information', 'absent', false),
  term('homepage', 'absent', false),
]
