/** A6 learning outcomes, X5 level against verbs, X6 how many for the size. */
import { textIn } from '../text-in.ts'
import type { Annex1Facts, OutcomeFact, Said } from './facts.ts'
import { readPhrase } from './phrase.ts'
import { bySeverity, found, type Rule } from './rule.ts'
import { wordsOf } from './words.ts'

/** A6: at least one, each assessed, each one verb with one object that somebody can watch. */
export const outcomesRule: Rule = (facts) => {
  const { outcomes, outcomesSummary } = facts
  if (outcomes.value.length === 0) {
    if (outcomesSummary && facts.stage === 'document')
      return [
        found(
          'A6',
          'W',
          'annex1.outcomes-summary-only',
          'The outcomes are one summary. Write each as an outcome of its own.',
          outcomes.pointer,
        ),
      ]
    return [
      found(
        'A6',
        'B',
        'annex1.outcomes-missing',
        'There are no learning outcomes. Say what the learner can do afterwards.',
        outcomes.pointer,
      ),
    ]
  }
  return outcomes.value.flatMap((outcome) => [...linkFindings(facts, outcome), ...styleFindings(facts, outcome)])
}

function linkFindings(facts: Annex1Facts, { value, pointer }: Said<OutcomeFact>) {
  if (value.assessments !== 0) return []
  return [
    found(
      'A6',
      bySeverity(facts, 'B', 'W'),
      'annex1.outcome-not-assessed',
      'No assessment shows this outcome. Name the one that does, or leave the outcome out.',
      pointer,
    ),
  ]
}

function styleFindings(facts: Annex1Facts, { value, pointer }: Said<OutcomeFact>) {
  const title = new Set(Object.values(facts.title.value).map(fold))
  return Object.entries(value.text).flatMap(([tag, text]) => {
    const words = wordsOf(tag)
    const at = `${pointer}/title/${tag}`
    if (title.has(fold(text)))
      return [found('A6', 'W', 'annex1.outcome-is-title', 'This outcome is the title again. Say what the learner can do.', at)]
    if (!words) return []
    const { verb, vague, several } = readPhrase(text, words)
    if (vague)
      return [
        found('A6', 'W', 'annex1.outcome-vague', 'Nobody can watch this verb. Use one that shows: explain, compare, calculate, build.', at),
      ]
    if (verb === undefined)
      return [
        found(
          'A6',
          'W',
          'annex1.outcome-verb',
          'This reads as a topic: it does not begin with a verb. Begin with what the learner does: analyse, plan, repair.',
          at,
        ),
      ]
    return several ? [found('A6', 'W', 'annex1.outcome-several', 'These are several outcomes in one. Give each its own line.', at)] : []
  })
}

/** X5: from EQF 7 on, recall alone is not the level. */
export const verbsOfLevelRule: Rule = ({ level, outcomes, primaryLanguage }) => {
  const words = wordsOf(primaryLanguage)
  const eqf = level.value.eqf
  if (!words || !eqf || eqf.value < 7 || outcomes.value.length === 0) return []
  const verbs = outcomes.value.map(({ value }) => readPhrase(textIn(value.text, primaryLanguage), words).verb)
  if (!verbs.every((verb) => verb !== undefined && words.low.has(verb))) return []
  return [
    found(
      'X5',
      'W',
      'annex1.level-verbs',
      `All outcomes are recall (list, describe, identify), which is below EQF ${eqf.value}. Check level or outcomes.`,
      eqf.pointer,
    ),
  ]
}

/** X6: about one outcome for 5 to 30 hours. */
export const numberRule: Rule = ({ outcomes, workload }) => {
  const count = outcomes.value.length
  const hours = workload.value.hours?.value ?? (workload.value.ects ? workload.value.ects.value * 25 : undefined)
  if (!hours || count === 0) return []
  const each = hours / count
  if (each < 5 && count > 1)
    return [
      found(
        'X6',
        'P',
        'annex1.outcomes-many',
        `There are ${count} outcomes for ${hours} hours. Can some be put together?`,
        outcomes.pointer,
      ),
    ]
  if (each > 30)
    return [
      found(
        'X6',
        'P',
        'annex1.outcomes-few',
        `There ${count === 1 ? 'is one outcome' : `are ${count} outcomes`} for ${hours} hours. Is something left unsaid?`,
        outcomes.pointer,
      ),
    ]
  return []
}

const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
