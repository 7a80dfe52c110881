/** Reference numbers of awards. */
import { ProblemError } from './problems.ts'

/**
 * Fills a reference pattern: `{number}` (at least four digits) and `{year}` (of the award).
 * @throws ProblemError `input.invalid` when the pattern has no `{number}` or a place that is not known
 * @example fillReference('UZ-{year}-{number}', { year: 2026, number: 7 }) // 'UZ-2026-0007'
 */
export function fillReference(pattern: string, { year, number }: { year: number; number: number }): string {
  if (!pattern.includes('{number}')) throw new ProblemError('input.invalid', 'A reference pattern has the place {number}.', '/pattern')
  return pattern.replace(/\{([^{}]*)\}/g, (_, place: string) => {
    if (place === 'year') return String(year)
    if (place === 'number') return String(number).padStart(4, '0')
    throw new ProblemError('input.invalid', 'A reference pattern knows the places {year} and {number} alone.', '/pattern')
  })
}
