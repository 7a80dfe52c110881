/** How much of a module the credentials cover, outcome by outcome. */
import type { RecognitionFacts } from './facts.ts'

const strength = { full: 1, partial: 0.5 } as const

/** Coverage of the outcomes that are not recognised yet, from 0 to the sum of their weights. */
export interface Coverage {
  value: number
  /** Mandatory outcomes, not yet recognised, that nothing matches in full. */
  mandatoryMissing: readonly string[]
  /** What outcomes recognised before would have added. */
  lowered: number
  /** Ids of the credentials that match an outcome that counts. */
  contributors: readonly string[]
  /** True when the outcomes of a credential were not compared yet, so that the value is a lower bound. */
  open: boolean
}

/** Best match of each outcome over all credentials, weighted (domain 2.3, 5). Nothing is covered of a target without outcomes. */
export function coverageOf({ target, credentials, applicant }: RecognitionFacts): Coverage {
  const recognised = new Set(applicant.recognisedOutcomes ?? [])
  const contributors = new Set<string>()
  const mandatoryMissing: string[] = []
  let value = 0
  let lowered = 0
  let open = credentials.some(({ matches }) => !matches)
  for (const outcome of target.form === 'module' ? target.outcomes : []) {
    let best = 0
    for (const { id, matches } of credentials) {
      const match = matches && Object.hasOwn(matches, outcome.id) ? matches[outcome.id] : undefined
      if (match === null) open = true
      if (!match) continue
      best = Math.max(best, strength[match])
      if (!recognised.has(outcome.id)) contributors.add(id)
    }
    if (recognised.has(outcome.id)) lowered += outcome.weight * best
    else {
      value += outcome.weight * best
      if (outcome.mandatory && best < 1) mandatoryMissing.push(outcome.id)
    }
  }
  // Weights such as 0.1 and 0.2 add up to a hair more than they should.
  value = Math.round(value * 1e9) / 1e9
  return { value, mandatoryMissing, lowered, contributors: [...contributors], open }
}
