/** Workloads in the unit that a body counts in. What cannot be converted is unknown, never guessed. */
import type { CredentialFacts, WorkloadFact } from './case.ts'

/** A tolerance that takes away what binary fractions add. */
export const epsilon = 1e-9
/** True when `amount` is at least `least`, within the tolerance. */
export const reaches = (amount: number, least: number): boolean => amount >= least - epsilon
/** Down to the granularity of a half credit. */
export const downToHalf = (amount: number): number => Math.floor(amount * 2 + epsilon) / 2

/** Hours of one ECTS credit where the issuer names none: the cautious end of 25 to 30. */
export const cautiousHoursPerECTS = 30

/** Credits by year equivalence: a year is 60 ECTS, 120 in the United Kingdom and New Zealand, 30 in the United States. */
function creditsOf({ value, unit, basis, hoursPerECTS }: WorkloadFact): number | undefined {
  switch (unit) {
    case 'ECTS':
      return value
    case 'UK-credit':
    case 'NZ-credit':
      return value / 2
    case 'US-credit':
      return value * 2
    case 'hours':
      return basis === 'total' ? value / (hoursPerECTS ?? cautiousHoursPerECTS) : undefined
    case 'CEU':
      return undefined
  }
}

/** Hours as a weather service counts them. */
function hoursOf({ value, unit }: WorkloadFact): number | undefined {
  switch (unit) {
    case 'hours':
      return value
    case 'ECTS':
      return value * 25
    case 'UK-credit':
    case 'CEU':
      return value * 10
    case 'US-credit':
      return value * 45
    case 'NZ-credit':
      return undefined
  }
}

/** The first reading that can be converted counts. */
function first(readings: readonly WorkloadFact[] | null | undefined, convert: (fact: WorkloadFact) => number | undefined) {
  for (const reading of readings ?? []) {
    const amount = convert(reading)
    if (amount !== undefined) return amount
  }
  return undefined
}

/** ECTS of a credential, rounded down to a half; `undefined` when no reading can be converted. */
export function convertedCredits({ workload }: CredentialFacts): number | undefined {
  const credits = first(workload, creditsOf)
  return credits === undefined ? undefined : downToHalf(credits)
}

/** Hours of a credential before any factor; `undefined` when no reading can be converted. */
export const convertedHours = ({ workload }: CredentialFacts): number | undefined => first(workload, hoursOf)

/** What a workload comes to, read cautiously and read generously; `most` is `null` where nothing bounds it, as for contact hours. */
export interface Interval {
  least: number
  most: number | null
}

/** The hours of one ECTS credit lie between these. */
const hoursOfCredit = [25, cautiousHoursPerECTS] as const
const exact = (amount: number): Interval => ({ least: amount, most: amount })
const byHours = (hours: number): Interval => ({ least: hours / hoursOfCredit[1], most: hours / hoursOfCredit[0] })

/** ECTS of one reading by hours and by year equivalence together (domain 3.3). Of contact hours only the least is known. */
function creditsBetween(fact: WorkloadFact): Interval {
  const { value, unit, basis, hoursPerECTS } = fact
  switch (unit) {
    case 'ECTS':
      return exact(value)
    case 'UK-credit':
    case 'NZ-credit':
      return spanOf([byHours(value * 10), exact(creditsOf(fact)!)])
    case 'US-credit':
      return spanOf([byHours(value * 45), exact(creditsOf(fact)!)])
    case 'hours':
      if (basis === 'total') return hoursPerECTS == null ? byHours(value) : exact(value / hoursPerECTS)
      return { least: byHours(value).least, most: null }
    case 'CEU':
      return { least: byHours(value * 10).least, most: null }
  }
}

function spanOf(intervals: readonly Interval[]): Interval {
  const most = intervals.map((each) => each.most)
  return {
    least: Math.min(...intervals.map(({ least }) => least)),
    most: most.includes(null) ? null : Math.max(...most.map(Number)),
  }
}

const roundedDown = ({ least, most }: Interval): Interval => ({ least: downToHalf(least), most: most === null ? null : downToHalf(most) })

/** Amounts of several credentials together. */
export const addIntervals = (intervals: readonly Interval[]): Interval => ({
  least: intervals.reduce((sum, { least }) => sum + least, 0),
  most: intervals.reduce<number | null>((sum, { most }) => (sum === null || most === null ? null : sum + most), 0),
})

/** What the credits of a credential are between, over all its readings and each rounded down to a half; nothing bounds what nobody told. */
export function creditsInterval({ workload }: CredentialFacts): Interval {
  return workload?.length ? roundedDown(spanOf(workload.map(creditsBetween))) : { least: 0, most: null }
}

/** What the hours of a credential are between: a credit is 25 to 30 hours. */
export function hoursInterval({ workload }: CredentialFacts): Interval {
  const told = (workload ?? []).flatMap((fact): Interval[] => {
    const hours = hoursOf(fact)
    if (hours === undefined) return []
    return [fact.unit === 'ECTS' ? { least: fact.value * hoursOfCredit[0], most: fact.value * hoursOfCredit[1] } : exact(hours)]
  })
  return told.length > 0 ? spanOf(told) : { least: 0, most: null }
}
