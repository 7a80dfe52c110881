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

/** What stands at one place of a number: a sign, or any digit; `more` where further digits may follow. */
interface Place {
  sign: string | undefined
  more: boolean
}

/** The places of a pattern: a year is four digits, a number four or more. */
function placesOf(pattern: string): Place[] {
  const digits = (more: boolean): Place[] => Array.from({ length: 4 }, (_, at) => ({ sign: undefined, more: more && at === 3 }))
  return pattern
    .split(/(\{year\}|\{number\})/)
    .flatMap((piece) =>
      piece === '{year}' ? digits(false) : piece === '{number}' ? digits(true) : [...piece].map((sign) => ({ sign, more: false })),
    )
}

/** True when two patterns can give the same number, in one year or another. */
export function patternsCollide(one: string, other: string): boolean {
  const [a, b] = [placesOf(one), placesOf(other)]
  /** How a pattern of which `at` places are used may go on. */
  const next = (places: readonly Place[], at: number): [sign: string | undefined, to: number][] => [
    ...(at < places.length ? [[places[at]!.sign, at + 1] as [string | undefined, number]] : []),
    ...(at > 0 && places[at - 1]!.more ? [[undefined, at] as [string | undefined, number]] : []),
  ]
  const fits = (x: string | undefined, y: string | undefined) =>
    x === undefined ? y === undefined || /[0-9]/.test(y) : y === undefined ? /[0-9]/.test(x) : x === y
  const seen = new Set<string>()
  const ahead: [number, number][] = [[0, 0]]
  for (let at = ahead.pop(); at; at = ahead.pop()) {
    const [i, j] = at
    if (i === a.length && j === b.length) return true
    if (seen.has(`${i} ${j}`)) continue
    seen.add(`${i} ${j}`)
    for (const [x, toA] of next(a, i)) for (const [y, toB] of next(b, j)) if (fits(x, y)) ahead.push([toA, toB])
  }
  return false
}
