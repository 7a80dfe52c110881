/** The lint of a specification and of an award: Annex I and II as one types. */
import type { AwardGiven } from '../award.ts'
import { fullName } from '../full-name.ts'
import type { Organisation } from '../organisation.ts'
import type { RuleFinding } from '../rules.ts'
import type { AchievementSpecification } from '../specification.ts'
import { issuedRule, orderRule } from './dates.ts'
import type { Annex1Facts, DateFact, LearnerFact } from './facts.ts'
import { found, type Rule, softened } from './rule.ts'
import { lintFacts } from './sets.ts'
import { factsOfSpecification, said, saidIf } from './specification-facts.ts'
import { beyondNeedRule, learnerRule, selfIssuedRule } from './who.ts'

/**
 * What keeps a specification from being complete (**B**), what a careful reader would ask (**W**), and the questions of Annex II (**P**).
 * Pointers go into the specification. Only a specification without **B** may be published.
 * @example lintSpecification(draft, { institution, on: '2026-05-12' }).filter((finding) => finding.severity === 'B')
 */
export function lintSpecification(
  specification: AchievementSpecification,
  { institution, on }: { institution: Organisation; on: string },
): RuleFinding[] {
  return lintFacts(factsOfSpecification(specification, institution, on), specification.kind)
}

const certain: ReadonlySet<string> = new Set(['micro-credential', 'diploma', 'transcript'])
const ruled: readonly Rule[] = [issuedRule, orderRule, beyondNeedRule, selfIssuedRule]

/**
 * What is wrong with one award by a specification: identification of the learner (A1), days in order (A5, X1), data beyond need (X10), self-issue (X11).
 * Pointers go into the award; no detail quotes the learner.
 */
export function lintAward(
  award: AwardGiven,
  { specification, institution, on }: { specification: AchievementSpecification; institution: Organisation; on: string },
): RuleFinding[] {
  return awardLint(specification, institution)(award, on)
}

/** {@link lintAward} made ready for many awards of one specification. */
export function awardLint(
  specification: AchievementSpecification,
  institution: Organisation,
): (award: AwardGiven, on: string) => RuleFinding[] {
  const shared = factsOfSpecification(specification, institution, '1970-01-01')
  const rules = [certain.has(specification.kind) ? learnerRule : softened(learnerRule), ...ruled]
  return (award, on) => {
    const facts: Annex1Facts = {
      ...shared,
      on,
      learner: said(learnerFact(award.learner), '/learner'),
      issued: said(award.awardDate, '/awardDate'),
      dates: datesOf(award, specification),
    }
    return [...rules.flatMap((rule) => rule(facts)), ...outcomesMet(award, specification)]
  }
}

/** An award of some of the outcomes is one of a specification that has just those: nothing may claim the whole for it. */
function outcomesMet({ outcomes }: AwardGiven, specification: AchievementSpecification): RuleFinding[] {
  const claimed = specification.outcomes.map(({ key }) => key)
  if (!outcomes || (outcomes.length === claimed.length && claimed.every((key) => outcomes.includes(key)))) return []
  return [
    found('A6', 'B', 'annex1.outcomes-not-met', 'The specification claims other outcomes than were met. Award it in part.', '/outcomes'),
  ]
}

function learnerFact(learner: AwardGiven['learner']): LearnerFact {
  return {
    name: fullName(learner),
    birth: saidIf(learner.dateOfBirth, '/learner/dateOfBirth'),
    identified: learner.identifier !== undefined || learner.nationalId !== undefined,
    email: learner.email !== undefined,
    beyondNeed: learner.nationalId ? [said('national number', '/learner/nationalId')] : [],
  }
}

function datesOf(award: AwardGiven, { activity }: AchievementSpecification): DateFact[] {
  const dates: readonly (readonly [string, number, string | undefined, string])[] = [
    ['beginning of learning', 1, award.learningStart ?? activity?.from, '/learningStart'],
    ['end of learning', 2, award.learningEnd ?? activity?.to, '/learningEnd'],
    ['assessment', 3, award.assessmentDate, '/assessmentDate'],
    ['award', 4, award.awardDate, '/awardDate'],
    ['end of validity', 7, award.validUntil, '/validUntil'],
  ]
  return dates.flatMap(([name, place, day, pointer]) => (day === undefined ? [] : [{ name, place, when: said(day, pointer) }]))
}
