/** A9 type of assessment, A10 form of participation, and the optional elements that hang on them: supervision, grade. */
import { conceptIn } from '../concept-list.ts'
import { textIn } from '../text-in.ts'
import { assessmentTypes } from '../vocabularies/assessment-types.ts'
import { modes } from '../vocabularies/modes.ts'
import type { Annex1Facts, AssessmentFact, Said } from './facts.ts'
import { readPhrase } from './phrase.ts'
import { bySeverity, found, type Rule } from './rule.ts'
import { wordsOf } from './words.ts'

const attendance = `${assessmentTypes.base}7331eb4762`
const onPaper = new Set(['6e6cb2cc78', 'b1b68f6735'].map((code) => assessmentTypes.base + code))
const unsupervisedUnverified = /supervision-verification\/c598449d64$/

/** A9: at least one of the EU list, not attendance alone, with its criteria; a grade needs a scheme. */
export const assessmentRule: Rule = (facts) => {
  const { assessments } = facts
  const all = assessments.value
  if (all.length === 0)
    return [
      found(
        'A9',
        'B',
        'annex1.assessment-missing',
        'There is no assessment. Say how it is found out what was learned.',
        assessments.pointer,
      ),
    ]
  const findings = all.flatMap((assessment) => oneAssessment(facts, assessment))
  const types = all.map(({ value }) => value.type).filter((type) => type !== undefined)
  if (types.length > 0 && types.every((type) => type === attendance))
    findings.push(
      found(
        'A9',
        'B',
        'annex1.assessment-attendance',
        'Being there is no assessment. Add one that shows what was learned, or make this a certificate of attendance.',
        all[0]!.pointer,
      ),
    )
  return findings
}

function oneAssessment(facts: Annex1Facts, { value, pointer }: Said<AssessmentFact>) {
  const findings = []
  const { type } = value
  if (type === undefined)
    findings.push(
      found('A9', 'B', 'annex1.assessment-type-missing', 'The type of the assessment is not said. Choose it from the EU list.', pointer),
    )
  else if (!conceptIn(assessmentTypes, type))
    findings.push(
      found(
        'A9',
        'B',
        'annex1.assessment-unlisted',
        'The type of the assessment is a home-made concept. Choose one of the EU list, so that others can read it.',
        pointer,
      ),
    )
  if (!value.criteria)
    findings.push(
      found(
        'A9',
        bySeverity(facts, 'B', 'W'),
        'annex1.assessment-criteria',
        'The criteria are not said. Write them, or give the address where they stand.',
        pointer,
      ),
    )
  if (value.graded && !value.scheme)
    findings.push(
      found(
        'A9',
        bySeverity(facts, 'B', 'W'),
        'annex1.assessment-scheme',
        'It is graded, and no grading scheme explains the grades. Add it.',
        pointer,
      ),
    )
  if (unsupervisedUnverified.test(value.supervision ?? ''))
    findings.push(
      found(
        'O2',
        'W',
        'annex1.supervision-weak',
        'Nobody watches and nobody checks who it is. Many bodies will not recognise it; one supervised or verified assessment would help.',
        pointer,
      ),
    )
  return findings
}

/** Annex II, 4: doing is not shown on paper. */
export const validAssessmentRule: Rule = ({ assessments, outcomes, primaryLanguage }) => {
  const words = wordsOf(primaryLanguage)
  const types = assessments.value.map(({ value }) => value.type)
  if (!words || types.length === 0 || !types.every((type) => type !== undefined && onPaper.has(type))) return []
  return outcomes.value
    .filter(({ value }) => words.doing.has(readPhrase(textIn(value.text, primaryLanguage), words).verb ?? ''))
    .map(({ pointer }) =>
      found(
        'P4',
        'P',
        'annex1.assessment-unsuited',
        'This outcome is something done, and it is assessed on paper alone. Would a practical assessment show it?',
        pointer,
      ),
    )
}

/** A10: at least one form of the EU list. */
export const participationRule: Rule = ({ participation }) => {
  if (participation.value.length === 0)
    return [
      found(
        'A10',
        'B',
        'annex1.participation-missing',
        'The form of participation is not said. Choose it: online, on site, blended.',
        participation.pointer,
      ),
    ]
  const listed = participation.value.filter(({ value }) => conceptIn(modes, value))
  if (listed.length === 0)
    return [
      found(
        'A10',
        'B',
        'annex1.participation-unlisted',
        'The form of participation is not of the EU list. Choose one that is.',
        participation.value[0]!.pointer,
      ),
    ]
  return []
}
