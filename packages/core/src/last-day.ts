/** Until when an award is valid. */
import type { AwardGiven } from './award.ts'
import type { AchievementSpecification } from './specification.ts'
import { addMonths } from './time.ts'

/** The last day on which a credential is valid: the award's own, else so many months after it as the specification says; undefined without end. */
export function lastDayOf(
  { validity }: Pick<AchievementSpecification, 'validity'>,
  { validUntil, awardDate }: Pick<AwardGiven, 'validUntil' | 'awardDate'>,
): string | undefined {
  return validUntil ?? (validity && addMonths(awardDate, validity.months))
}
