/** A8 level and cycle, X4 national level of the awarding body's country. */
import { cycleEqf } from '../vocabularies/qf-ehea.ts'
import { found, type Rule } from './rule.ts'

/** A8: EQF, national level or cycle, or why none applies; they agree with one another. */
export const levelRule: Rule = ({ level, awardingBody }) => {
  const { eqf, nqf, cycle, notApplicable } = level.value
  if (!eqf && nqf.length === 0 && !cycle)
    return notApplicable
      ? []
      : [found('A8', 'W', 'annex1.level-missing', 'The level is not said. Choose it, or say why none applies.', level.pointer)]
  const findings = []
  if (eqf && !(Number.isInteger(eqf.value) && eqf.value >= 1 && eqf.value <= 8))
    findings.push(found('A8', 'B', 'annex1.level-unknown', 'There is no such EQF level: they are 1 to 8.', eqf.pointer))
  const wanted = cycle && cycleEqf[cycle.value]
  if (eqf && cycle && wanted !== eqf.value)
    findings.push(
      found(
        'A8',
        'W',
        'annex1.level-cycle',
        `The ${cycle.value} cycle is EQF ${wanted}, and EQF ${eqf.value} is said. Check both.`,
        cycle.pointer,
      ),
    )
  const country = awardingBody.value?.country?.value
  for (const national of nqf) {
    if (country && national.value.country && national.value.country !== country)
      findings.push(
        found(
          'X4',
          'W',
          'annex1.level-nqf-country',
          `The national level is one of ${national.value.country}, and the awarding body is in ${country}. Choose a level of its own framework.`,
          national.pointer,
        ),
      )
    if (eqf && national.value.eqf && national.value.eqf !== eqf.value)
      findings.push(
        found(
          'A8',
          'W',
          'annex1.level-nqf-eqf',
          `The national level is referenced to EQF ${national.value.eqf}, and EQF ${eqf.value} is said. Check both.`,
          national.pointer,
        ),
      )
  }
  return findings
}
