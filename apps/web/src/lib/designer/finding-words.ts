/** What the lint says, in the reader's language: one sentence a code. A code without one is said as the rule says it, in English. */
import type { RuleFinding } from '@cairn/api'
import { languageName } from '#lib/page/languages.ts'
import { m } from '#lib/paraglide/messages.js'
import { principleNames } from './principle-names.ts'

const words: Readonly<Record<string, () => string>> = {
  'annex1.learner-missing': m.lint_learner_missing,
  'annex1.learner-ambiguous': m.lint_learner_ambiguous,
  'annex1.birth-date-form': m.lint_birth_date_form,
  'annex1.birth-date-implausible': m.lint_birth_date_implausible,
  'annex1.country-missing': m.lint_country_missing,
  'annex1.awarding-body-missing': m.lint_awarding_body_missing,
  'annex1.awarding-body-number-missing': m.lint_awarding_body_number_missing,
  'annex1.mandate-missing': m.lint_mandate_missing,
  'annex1.data-beyond-need': m.lint_data_beyond_need,
  'annex1.self-issued': m.lint_self_issued,
  'annex1.title-missing': m.lint_title_missing,
  'annex1.title-full-award': m.lint_title_full_award,
  'annex1.title-code': m.lint_title_code,
  'annex1.kind-label': m.lint_kind_label,
  'annex1.issue-date-missing': m.lint_issue_date_missing,
  'annex1.issue-date-future': m.lint_issue_date_future,
  'annex1.date-unreadable': m.lint_date_unreadable,
  'annex1.dates-order': m.lint_dates_order,
  'annex1.validity-reason': m.lint_validity_reason,
  'annex1.validity-none': m.lint_validity_none,
  'annex1.outcomes-summary-only': m.lint_outcomes_summary_only,
  'annex1.outcomes-missing': m.lint_outcomes_missing,
  'annex1.outcome-not-assessed': m.lint_outcome_not_assessed,
  'annex1.outcome-is-title': m.lint_outcome_is_title,
  'annex1.outcome-vague': m.lint_outcome_vague,
  'annex1.outcome-verb': m.lint_outcome_verb,
  'annex1.outcome-several': m.lint_outcome_several,
  'annex1.level-verbs': m.lint_level_verbs,
  'annex1.outcomes-many': m.lint_outcomes_many,
  'annex1.outcomes-few': m.lint_outcomes_few,
  'annex1.assessment-missing': m.lint_assessment_missing,
  'annex1.assessment-attendance': m.lint_assessment_attendance,
  'annex1.assessment-type-missing': m.lint_assessment_type_missing,
  'annex1.assessment-unlisted': m.lint_assessment_unlisted,
  'annex1.assessment-criteria': m.lint_assessment_criteria,
  'annex1.assessment-scheme': m.lint_assessment_scheme,
  'annex1.supervision-weak': m.lint_supervision_weak,
  'annex1.assessment-unsuited': m.lint_assessment_unsuited,
  'annex1.participation-missing': m.lint_participation_missing,
  'annex1.participation-unlisted': m.lint_participation_unlisted,
  'annex1.level-missing': m.lint_level_missing,
  'annex1.level-unknown': m.lint_level_unknown,
  'annex1.level-cycle': m.lint_level_cycle,
  'annex1.level-nqf-country': m.lint_level_nqf_country,
  'annex1.level-nqf-eqf': m.lint_level_nqf_eqf,
  'annex1.stackability-target': m.lint_stackability_target,
  'annex1.key-twice': m.lint_key_twice,
  'annex1.parts-missing': m.lint_parts_missing,
  'annex1.description-missing': m.lint_description_missing,
  'annex1.quality-missing': m.lint_quality_missing,
  'annex1.quality-none': m.lint_quality_none,
  'annex1.quality-record-missing': m.lint_quality_record_missing,
  'annex1.quality-not-covered': m.lint_quality_not_covered,
  'annex1.quality-review': m.lint_quality_review,
  'annex1.setting-not-accredited': m.lint_setting_not_accredited,
  'annex1.body-not-accredited': m.lint_body_not_accredited,
  'annex1.workload-missing': m.lint_workload_missing,
  'annex1.workload-basis': m.lint_workload_basis,
  'annex1.workload-contact': m.lint_workload_contact,
  'annex1.workload-ects-wanted': m.lint_workload_ects_wanted,
  'annex1.workload-unassessed-ects': m.lint_workload_unassessed_ects,
  'annex1.workload-ratio': m.lint_workload_ratio,
  'annex1.workload-unreadable': m.lint_workload_unreadable,
  'annex1.workload-calendar': m.lint_workload_calendar,
  'annex1.workload-not-small': m.lint_workload_not_small,
  'annex1.share-missing': m.lint_share_missing,
  'annex1.shares-sum': m.lint_shares_sum,
  'annex1.outcomes-not-met': m.lint_outcomes_not_met,
  'specification.reference-shared': m.lint_reference_shared,
}
const principles: Readonly<Record<string, () => string>> = principleNames

/** The sentence of a finding. In English the rule's own, which has the figures. */
export function findingWords({ code, detail, pointer = '' }: RuleFinding['problem'], locale: string): string {
  if (locale === 'en') return detail
  const last = pointer.split('/').at(-1) ?? ''
  if (code === 'annex1.principle-open') return (principles[last] ?? (() => detail))()
  const language = /\((\w[\w-]*)\)/.exec(detail)?.[1] ?? last
  if (code === 'annex1.language-missing') return m.lint_language_missing({ language: languageName(language) })
  if (code === 'annex1.language-script') return m.lint_language_script({ language: languageName(language) })
  return (words[code] ?? (() => detail))()
}
