/** A7 notional workload (with X2 hours to a credit and X3 plausible units): in ECTS credits wherever possible. */
import { durationHours, parseDuration } from '../time.ts'
import type { Annex1Facts } from './facts.ts'
import { bySeverity, found, type Rule } from './rule.ts'

/** Hours to one ECTS credit by country where it is not the usual 25 to 30 (ECTS Users' Guide 2015, and national rules). */
const hoursPerCredit: Readonly<Record<string, readonly [number, number]>> = {
  AT: [25, 25],
  DE: [25, 30],
  ES: [25, 30],
  FI: [26, 27],
  GB: [20, 20],
  HU: [30, 30],
  IE: [20, 30],
  IT: [25, 25],
  NL: [28, 28],
  PT: [25, 28],
  SE: [26, 27],
}

/** A7: a size is said, its parts agree with one another, and credits stand where they can. */
export const workloadRule: Rule = (facts) => {
  const { pointer, value } = facts.workload
  const { ects, hours, contactHours, other } = value
  const durations = durationFindings(facts)
  const findings = [...durations]
  if (!ects && !hours && !other && !value.durations.some(({ value: text }) => isTotal(text)))
    findings.push(
      found(
        'A7',
        'B',
        contactHours ? 'annex1.workload-basis' : 'annex1.workload-missing',
        contactHours
          ? 'Only contact hours are said. Say the whole workload, with the learner’s own work.'
          : 'The workload is not said. Give ECTS credits, or hours of learning in all.',
        pointer,
      ),
    )
  if (hours && contactHours && contactHours.value > hours.value)
    findings.push(
      found('A7', 'B', 'annex1.workload-contact', 'There are more contact hours than hours in all. Check both.', contactHours.pointer),
    )
  if (ects && hours) findings.push(...ratioFindings(facts, ects.value, hours.value))
  if (!ects && facts.awardingBody.value?.higherEducation)
    findings.push(
      found(
        'A7',
        'W',
        'annex1.workload-ects-wanted',
        'A body of higher education gives ECTS credits wherever possible. Add them.',
        pointer,
      ),
    )
  if (ects && facts.assessments.value.length === 0)
    findings.push(
      found(
        'A7',
        'B',
        'annex1.workload-unassessed-ects',
        'ECTS credits are given without an assessment. Assess, or leave the credits out.',
        ects.pointer,
      ),
    )
  return findings
}

/** X2: 25 to 30 hours a credit, or the country's own factor. */
function ratioFindings({ awardingBody, workload }: Annex1Facts, ects: number, hours: number) {
  const [low, high] = hoursPerCredit[awardingBody.value?.country?.value ?? ''] ?? [25, 30]
  const ratio = hours / ects
  if (ratio >= Math.min(low, 25) - 0.01 && ratio <= Math.max(high, 30) + 0.01) return []
  return [
    found(
      'X2',
      'W',
      'annex1.workload-ratio',
      `${hours} hours for ${ects} ECTS are ${Math.round(ratio * 10) / 10} hours a credit; ${low === high ? low : `${low} to ${high}`} is usual. Check both.`,
      workload.value.hours!.pointer,
    ),
  ]
}

/** Durations of a document: calendar units are no workload, and `P60M` is sixty months. */
function durationFindings(facts: Annex1Facts) {
  const known = facts.workload.value.hours?.value ?? (facts.workload.value.ects?.value ?? 0) * 25
  return facts.workload.value.durations.flatMap(({ value, pointer }) => {
    const parts = parseDuration(value)
    if (!parts)
      return [
        found('A7', bySeverity(facts, 'B', 'W'), 'annex1.workload-unreadable', 'This is no ISO 8601 duration such as PT60H.', pointer),
      ]
    if (durationHours(value) !== undefined) return []
    const months = parts.years * 12 + parts.months + parts.weeks / 4.35 + parts.days / 30.4
    const meant = parts.months > 0 && known > 0 && months * 20 > known ? ` Most likely PT${parts.months}H was meant.` : ''
    return [
      found(
        'A7',
        bySeverity(facts, 'B', 'W'),
        'annex1.workload-calendar',
        `${value} is ${spoken(parts)} of calendar time, not hours of learning.${meant} Write hours, such as PT60H.`,
        pointer,
      ),
    ]
  })
}

function spoken(parts: { years: number; months: number; weeks: number; days: number }): string {
  return (['years', 'months', 'weeks', 'days'] as const)
    .filter((unit) => parts[unit] > 0)
    .map((unit) => `${parts[unit]} ${unit}`)
    .join(' ')
}

const isTotal = (text: string) => (durationHours(text) ?? 0) > 0

/** "A small volume of learning" (the definition): under 60 ECTS or 1,500 hours, as the European register of quality assurance counts. */
export const smallRule: Rule = ({ workload }) => {
  const { ects, hours } = workload.value
  const large = ects && ects.value >= 60 ? ects : hours && hours.value >= 1500 ? hours : undefined
  return large
    ? [
        found(
          'A7',
          'W',
          'annex1.workload-not-small',
          'A micro-credential is a small volume of learning; this is a year of study. Is it one?',
          large.pointer,
        ),
      ]
    : []
}
