/** Whether a credential keeps the rules of its type, and what of it the type gives names to. */
import { isObject, type Json, type JsonObject, type Problem, problem } from '@cairn/core'

import type { TypeMetadata } from './type-metadata.ts'

type Path = readonly (string | number)[]

/** A described claim: its path, its names, and how many values of the credential it means. */
export interface JudgedClaim {
  path: readonly (string | number | null)[]
  labels: Readonly<Record<string, string>>
  found: number
}

/** What came of it. `problems` are rules that are broken. */
export interface ClaimsJudged {
  claims: readonly JudgedClaim[]
  problems: readonly Problem[]
}

/**
 * Holds a processed payload against type metadata. `disclosed` are the paths that came from disclosures. Only what a verifier can know is a problem: a
 * claim that may be hidden and is not shown is no fault.
 */
export function judgeClaims(metadata: TypeMetadata, payload: JsonObject, disclosed: readonly Path[]): ClaimsJudged {
  const hidden = new Set(disclosed.map((path) => JSON.stringify(path)))
  const problems: Problem[] = []
  const claims = metadata.claims.map(({ path, display, mandatory, sd }) => {
    const found = select(payload, path)
    const pointer = `/${path.map((step) => step ?? '*').join('/')}`
    if (mandatory && sd === 'never' && found.length === 0)
      problems.push(problem('sd-jwt.claim-missing', 'The type of this credential demands a claim that is not there.', pointer))
    for (const place of found) {
      const own = hidden.has(JSON.stringify(place))
      if (sd === 'never' && own)
        problems.push(problem('sd-jwt.never-disclosable', 'The type of this credential says that this claim is never hidden.', pointer))
      if (sd === 'always' && !own)
        problems.push(problem('sd-jwt.claim-open', 'The type of this credential says that this claim is always hidden.', pointer))
    }
    return { path, labels: Object.fromEntries(display.map(({ locale, label }) => [locale, label])), found: found.length }
  })
  return { claims, problems }
}

/** The places that a claim path selects (SD-JWT VC, claim path); where it does not fit the credential, none. */
function select(payload: JsonObject, path: readonly (string | number | null)[]): Path[] {
  let places: { at: Path; value: Json }[] = [{ at: [], value: payload }]
  for (const step of path)
    places = places.flatMap(({ at, value }) => {
      if (typeof step === 'string') return isObject(value) && Object.hasOwn(value, step) ? [{ at: [...at, step], value: value[step]! }] : []
      if (!Array.isArray(value)) return []
      const elements = value.map((element, index) => ({ at: [...at, index], value: element }))
      return step === null ? elements : elements.slice(step, step + 1)
    })
  return places.map(({ at }) => at)
}
