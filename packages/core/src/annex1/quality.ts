/** A11 type of quality assurance, X7 setting, X8 accredited for this at the time. */
import { addMonths } from '../time.ts'
import type { AccreditationFact, Annex1Facts } from './facts.ts'
import { found, type Rule } from './rule.ts'

/** A11: declared, be it `none`; what is external has a record that covers level, field, place and day. */
export const qualityRule: Rule = (facts) => {
  const { quality, awardingBody, on } = facts
  const { type, records, nextReview } = quality.value
  const all = [...records, ...(awardingBody.value?.accreditations ?? [])]
  if (type === undefined && (facts.stage === 'design' || all.length === 0))
    return [
      found(
        'A11',
        'B',
        'annex1.quality-missing',
        'The type of quality assurance is not said. Say it: internal, external, a label of the sector, or none at all.',
        quality.pointer,
      ),
    ]
  const findings = []
  if (type === 'none')
    findings.push(
      found(
        'A11',
        'W',
        'annex1.quality-none',
        'No quality assurance stands behind it. That is honest, and few will recognise it.',
        quality.pointer,
      ),
    )
  if (type?.startsWith('external') && all.length === 0)
    findings.push(
      found(
        'A11',
        'W',
        'annex1.quality-record-missing',
        'It is assured from outside, and no record says by whom. Add the accreditation.',
        quality.pointer,
      ),
    )
  if (records.length > 0 && !records.some((record) => coversFacts(record, facts)))
    findings.push(
      found(
        'A11',
        'W',
        'annex1.quality-not-covered',
        'No accreditation covers this level, field, place and day. Check its limits and dates.',
        quality.pointer,
      ),
    )
  if (nextReview && nextReview.value > addMonths(on, 36))
    findings.push(
      found('P1', 'P', 'annex1.quality-review', 'The next review is more than three years away. Can it be sooner?', nextReview.pointer),
    )
  return findings
}

/** True when an accreditation speaks for these facts today (domain rules, 6.2): decision, dates, level, field and place. */
export function coversFacts(record: AccreditationFact, { on, level, fields, awardingBody }: Annex1Facts): boolean {
  const eqf = level.value.eqf?.value
  const country = awardingBody.value?.country?.value
  return (
    (record.decision === undefined || record.decision.startsWith('positive')) &&
    (record.from === undefined || record.from <= on) &&
    (record.to === undefined || on <= record.to) &&
    (record.eqfLevels.length === 0 || eqf === undefined || record.eqfLevels.includes(eqf)) &&
    (record.fields.length === 0 ||
      fields.length === 0 ||
      fields.some((field) => record.fields.some((limit) => code(field).startsWith(code(limit))))) &&
    (record.countries.length === 0 || country === undefined || record.countries.includes(country))
  )
}
const code = (iri: string) => iri.slice(iri.lastIndexOf('/') + 1)

/** X7: formal learning is accredited by somebody. */
export const settingRule: Rule = ({ setting, quality, awardingBody }) => {
  const accredited = quality.value.records.length > 0 || (awardingBody.value?.accreditations.length ?? 0) > 0
  if (setting !== 'formal' || accredited) return []
  return [
    found(
      'X7',
      'W',
      'annex1.setting-not-accredited',
      'It is called formal learning, and no accreditation is recorded. Add one, or call it non-formal.',
      quality.pointer,
    ),
  ]
}

/** X8: where the awarding body names its accreditations, one covers this level on the day. */
export const bodyAccreditationRule: Rule = (facts) => {
  const records = facts.awardingBody.value?.accreditations ?? []
  if (records.length === 0 || records.some((record) => coversFacts(record, facts))) return []
  return [
    found(
      'X8',
      'W',
      'annex1.body-not-accredited',
      'The accreditations of the awarding body do not cover this level, field or day. Check them, or the level.',
      facts.awardingBody.pointer,
    ),
  ]
}
