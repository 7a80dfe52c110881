/** Fields a column can be, in words. The names are those of the command line and of a file's header. */
import { m } from '#lib/paraglide/messages.js'

/** Words for the fields. */
export const fieldNames: readonly (readonly [string, () => string])[] = [
  ['givenName', m.f_given_name],
  ['familyName', m.f_family_name],
  ['fullName', m.f_full_name],
  ['email', m.email],
  ['dateOfBirth', m.born_title],
  ['identifier', m.f_identifier],
  ['nationalId', m.f_national_id],
  ['nationalIdCountry', m.f_national_country],
  ['language', m.language_title],
  ['awardDate', m.f_award_date],
  ['learningStart', m.f_start],
  ['learningEnd', m.f_end],
  ['assessmentDate', m.f_assessed],
  ['grade', m.f_grade],
  ['outcomes', m.f_outcomes],
  ['referenceNumber', m.reference_title],
  ['validUntil', m.valid_until],
  ['evidence', m.f_evidence],
]
