/** What every part of the designer's form needs. */
import type { RuleFinding } from '@cairn/api'
import type { AchievementSpecification, ConceptList, Problem } from '@cairn/core'
import { conceptsOf, labelIn } from '@cairn/core'
import { saidOf } from '#lib/page/said-of.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { findingWords } from './finding-words.ts'

/** The languages a form speaks, and what is said beside its fields. */
export interface Saying {
  languages: readonly string[]
  /** What stands in the way of saving, by pointer. */
  said: (pointer: string) => string[]
  /** What the lint says, by pointer: of a thing with all that is in it, or of it `alone`. */
  hints: (pointer: string, alone?: 'alone') => string[]
}

/** The same for a specification, with the draft as the form began with it. */
export interface Designing extends Saying {
  draft: AchievementSpecification
}

/** Words for severities: must, should, to think about. */
export const severityNames = { B: m.severity_b, W: m.severity_w, P: m.severity_p } as const

/** Makes both from findings and problems. */
export function sayings(findings: readonly RuleFinding[], problems: readonly Problem[] | undefined): Pick<Designing, 'said' | 'hints'> {
  return {
    said: (pointer) => saidOf(problems, pointer),
    hints: (pointer, alone) =>
      findings
        .filter(
          ({ severity, problem }) =>
            severity !== 'P' && (problem.pointer === pointer || (!alone && problem.pointer?.startsWith(`${pointer}/`))),
        )
        .map(({ severity, problem }) => `${severityNames[severity]()}: ${findingWords(problem, getLocale())}`),
  }
}

/** A controlled list as choices. */
export function choicesOf(list: ConceptList): { value: string; label: string }[] {
  return conceptsOf(list).map(({ id }) => ({ value: id, label: labelIn(list, id, getLocale()) }))
}

/** A key that no entry has yet, such as `o3`. */
export function freshKey(prefix: string, taken: readonly { key: string }[], ahead: number): string {
  const highest = Math.max(0, ...taken.map(({ key }) => Number(/^[a-z]+(\d+)$/.exec(key)?.[1] ?? 0)))
  return `${prefix}${highest + 1 + ahead}`
}

/** The eleven elements of Annex I, the section of each, and whether it is said. Learner and date come with each award. */
export function elementsOf(draft: AchievementSpecification, findings: readonly RuleFinding[]) {
  const missing = (...codes: string[]) => findings.some(({ problem }) => codes.some((code) => problem.code === `annex1.${code}`))
  return [
    { name: m.el_learner(), section: 'title', full: true },
    { name: m.el_title(), section: 'title', full: Object.keys(draft.title).length > 0 && !missing('title-missing') },
    { name: m.el_country(), section: 'title', full: !missing('country-missing') },
    { name: m.el_body(), section: 'title', full: !missing('awarding-body-missing', 'awarding-body-number-missing') },
    { name: m.el_date(), section: 'title', full: true },
    { name: m.el_outcomes(), section: 'outcomes', full: draft.outcomes.length > 0 && !missing('outcomes-missing') },
    {
      name: m.el_workload(),
      section: 'workload',
      full: (draft.workload.ects ?? draft.workload.hours) !== undefined && !missing('workload-missing'),
    },
    {
      name: m.el_level(),
      section: 'level',
      full:
        (draft.level.eqf !== undefined || draft.level.nqf.length > 0 || draft.level.notApplicable !== undefined) &&
        !missing('level-missing'),
    },
    {
      name: m.el_assessment(),
      section: 'assessments',
      full: draft.assessments.length > 0 && !missing('assessment-missing', 'assessment-type-missing'),
    },
    { name: m.el_participation(), section: 'participation', full: draft.participation.length > 0 && !missing('participation-missing') },
    { name: m.el_quality(), section: 'quality', full: draft.qualityAssurance !== undefined && !missing('quality-missing') },
  ]
}
