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
