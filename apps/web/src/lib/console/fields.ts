/** Fields a column can be, in words. The names are those of the command line and of a file's header. */
export const fieldNames: readonly (readonly [string, string])[] = [
  ['givenName', 'Given name'],
  ['familyName', 'Family name'],
  ['fullName', 'Whole name'],
  ['email', 'E-mail'],
  ['dateOfBirth', 'Date of birth'],
  ['identifier', 'Identifier'],
  ['nationalId', 'National number'],
  ['nationalIdCountry', 'Country of that number'],
  ['language', 'Language'],
  ['awardDate', 'Day of the award'],
  ['learningStart', 'Learning began'],
  ['learningEnd', 'Learning ended'],
  ['assessmentDate', 'Day of the assessment'],
  ['grade', 'Grade'],
  ['referenceNumber', 'Reference number'],
  ['validUntil', 'Valid until'],
]
