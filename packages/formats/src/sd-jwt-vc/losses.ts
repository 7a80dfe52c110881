/** What of an award an SD-JWT VC does not carry, as data: printed in docs/STANDARDS.md and held by a test. */

/** One fact of an award or its edition. `in` says where it stands; `carried` is whole, in part, or not at all. */
export interface Loss {
  fact: string
  carried: 'part' | 'no'
  why: string
}

/** Everything that is not carried whole. What is not named here comes back from `readSdJwtVc(composeSdJwtVc(award))`. */
export const lossesOfSdJwtVc: readonly Loss[] = [
  {
    fact: 'texts in other languages than the primary one',
    carried: 'no',
    why: 'claims are plain texts; labels in three languages are in the type metadata',
  },
  { fact: 'picture', carried: 'no', why: 'the type metadata has a template that wallets draw' },
  { fact: 'e-mail address and language of the learner', carried: 'no', why: 'nobody who reads it needs them; no form carries them' },
  { fact: 'moment of issue', carried: 'part', why: 'whole seconds in UTC (NumericDate)' },
  {
    fact: 'outcomes',
    carried: 'part',
    why: 'titles; not their descriptions, types, shares, ESCO skills, competencies and links to assessments',
  },
  { fact: 'assessments', carried: 'part', why: 'title, type, supervision and grade; not mode, criteria and grading scheme' },
  { fact: 'quality assurance', carried: 'part', why: 'statements and titles of accreditations; not their agencies, decisions and dates' },
  { fact: 'workload', carried: 'part', why: 'hours in whole minutes and ECTS; not contact hours and other credit systems' },
  { fact: 'levels, fields, forms of participation', carried: 'part', why: 'labels and codes; not the addresses of the concepts' },
  {
    fact: 'organisations',
    carried: 'part',
    why: 'name, country and numbers; not address, region, homepage and accreditations of their own',
  },
  { fact: 'learning activity', carried: 'part', why: 'its period and languages; not its title and type' },
  { fact: 'parts of a transcript', carried: 'part', why: 'title, ECTS, hours and grade; not their own specifications' },
  {
    fact: 'mandate of the awarding body',
    carried: 'part',
    why: 'issuer and awarding body are named apart; the statement of the mandate is not there',
  },
  { fact: 'homepage of the criteria', carried: 'no', why: 'the type has no claim for it' },
  { fact: 'address of evidence', carried: 'no', why: 'it stands in the sealed European credential' },
]
