/** Which rules hold for which kind of record. */
import type { RuleFinding } from '../rules.ts'
import type { Kind } from '../specification.ts'
import { assessmentRule, participationRule, validAssessmentRule } from './assessment.ts'
import { issuedRule, orderRule, validityRule } from './dates.ts'
import type { Annex1Facts } from './facts.ts'
import { levelRule } from './level.ts'
import { descriptionRule, keysRule, partsRule, principlesRule, stackabilityRule } from './optional.ts'
import { numberRule, outcomesRule, verbsOfLevelRule } from './outcomes.ts'
import { bodyAccreditationRule, qualityRule, settingRule } from './quality.ts'
import { type Rule, softened } from './rule.ts'
import { sharesRule } from './shares.ts'
import { labelRule, languagesRule, titleRule } from './title.ts'
import { awardingBodyRule, beyondNeedRule, countryRule, learnerRule, selfIssuedRule } from './who.ts'
import { smallRule, workloadRule } from './workload.ts'

const everyKind: readonly Rule[] = [
  titleRule,
  countryRule,
  awardingBodyRule,
  issuedRule,
  orderRule,
  validityRule,
  keysRule,
  sharesRule,
  languagesRule,
  beyondNeedRule,
  selfIssuedRule,
]
const achievement: readonly Rule[] = [levelRule, verbsOfLevelRule, settingRule, bodyAccreditationRule, stackabilityRule]

const sets: Readonly<Record<Kind, readonly Rule[]>> = {
  'micro-credential': [
    learnerRule,
    ...everyKind,
    outcomesRule,
    workloadRule,
    smallRule,
    ...achievement,
    assessmentRule,
    participationRule,
    qualityRule,
    numberRule,
    validAssessmentRule,
    principlesRule,
  ],
  'certificate-of-completion': [
    softened(learnerRule),
    labelRule,
    ...everyKind,
    softened(outcomesRule),
    softened(assessmentRule),
    workloadRuleWithoutSize,
    ...achievement,
    softened(participationRule),
  ],
  'certificate-of-participation': [softened(learnerRule), labelRule, ...everyKind, workloadRuleWithoutSize, softened(participationRule)],
  'certificate-of-attendance': [softened(learnerRule), labelRule, ...everyKind, workloadRuleWithoutSize],
  badge: [softened(learnerRule), labelRule, ...everyKind, descriptionRule],
  diploma: [learnerRule, labelRule, ...everyKind, partsRule, ...achievement, softened(qualityRule)],
  transcript: [learnerRule, labelRule, ...everyKind, partsRule, ...achievement],
}

/** Credits without an assessment block every kind; a missing size does not. */
function workloadRuleWithoutSize(facts: Annex1Facts): RuleFinding[] {
  return workloadRule(facts).map((finding) =>
    finding.severity === 'B' && finding.problem.code !== 'annex1.workload-unassessed-ects' ? { ...finding, severity: 'W' } : finding,
  )
}

const order = { B: 0, W: 1, P: 2 }

/** What the rules of a kind find in the facts, what blocks first. */
export function lintFacts(facts: Annex1Facts, kind: Kind): RuleFinding[] {
  return sets[kind].flatMap((rule) => rule(facts)).sort((a, b) => order[a.severity] - order[b.severity])
}
