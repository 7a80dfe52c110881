/** What of an award an Open Badge 3.0 does not carry, as data: printed in docs/STANDARDS.md and held by a test. */
import type { Loss } from '../sd-jwt-vc/losses.ts'

/** Everything that is not carried whole. What is not named here comes back from `readOpenBadge(composeOpenBadge(award))`. */
export const lossesOfOpenBadge: readonly Loss[] = [
  { fact: 'texts in other languages than the primary one', carried: 'no', why: 'names and descriptions are plain texts of one language' },
  { fact: 'e-mail address and language of the learner', carried: 'no', why: 'nobody who reads it needs them; no form carries them' },
  { fact: 'picture', carried: 'part', why: 'of the achievement where one is given; a badge baked into a picture needs none inside' },
  {
    fact: 'outcomes',
    carried: 'part',
    why: 'titles, skills and competencies as alignments, in no order; not their descriptions, types, shares and links to assessments',
  },
  {
    fact: 'assessments',
    carried: 'part',
    why: 'title and grade as results; criteria as text; not type, mode, supervision and grading scheme',
  },
  { fact: 'quality assurance, prerequisites, further information', carried: 'part', why: 'as paragraphs of the criteria' },
  { fact: 'workload', carried: 'part', why: 'ECTS as credits; hours and other credit systems have no member' },
  { fact: 'levels, fields', carried: 'part', why: 'EQF and ISCED-F as alignments; not national levels and cycles' },
  { fact: 'stackability, participation, setting, languages of teaching', carried: 'no', why: 'there is no member for them' },
  {
    fact: 'organisations',
    carried: 'part',
    why: 'name, country, numbers, homepage and e-mail; not region and accreditations of their own',
  },
  { fact: 'parts of a transcript', carried: 'no', why: 'a comprehensive learner record would hold them' },
  { fact: 'address of evidence', carried: 'no', why: 'it stands in the sealed European credential' },
]
