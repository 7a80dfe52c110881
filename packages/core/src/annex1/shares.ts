/** A7 where a specification is awarded in part: each outcome says its share of the workload, and the shares are the whole. */
import { found, type Rule } from './rule.ts'

/** What an award of some outcomes claims is the sum of their shares, so each has one in every unit of the whole, and nothing is left over. */
export const sharesRule: Rule = ({ shares, workload, outcomes }) => {
  if (!shares) return []
  const unassessed = workload.value.ects ? outcomes.value.filter(({ value }) => value.assessments === 0) : []
  const sizes = (['ects', 'hours'] as const).flatMap((unit) => {
    const whole = workload.value[unit]?.value
    const missing = shares.filter(({ value }) => (value[unit] === undefined) !== (whole === undefined))
    if (missing.length > 0)
      return missing.map(({ pointer }) =>
        found(
          'A7',
          'B',
          'annex1.share-missing',
          `It is awarded in part, so each outcome says its share of the workload in the units of the whole (${unit}), and in no other.`,
          `${pointer}/${unit}`,
        ),
      )
    const sum = shares.reduce((total, { value }) => total + (value[unit] ?? 0), 0)
    return whole === undefined || Math.abs(sum - whole) < 0.01
      ? []
      : [
          found(
            'A7',
            'B',
            'annex1.shares-sum',
            `The shares of the outcomes are ${Math.round(sum * 100) / 100} in all, and the whole is ${whole} (${unit}). Make them agree.`,
            '/outcomes',
          ),
        ]
  })
  return [
    ...sizes,
    ...unassessed.map(({ pointer }) =>
      found('A6', 'B', 'annex1.outcome-not-assessed', 'It may be awarded alone and has credits, so an assessment has to show it.', pointer),
    ),
  ]
}
