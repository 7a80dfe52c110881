/** Where an award belongs: what rules on who may award what look at. */

/** A body as a document names it: its id, its official numbers and its name. */
export interface BodyNamed {
  readonly id?: string
  readonly identifiers: readonly string[]
  readonly name?: string
}

/** What a document says of the place of its award among others. Empty lists and absent members mean that it says nothing. */
export interface AwardScope {
  readonly kind?: string
  /** Id of the achievement's specification, and its title in every language that the document has. */
  readonly achievement?: string
  readonly titles: readonly string[]
  /** Levels of the EQF, codes of ISCED-F, countries (ISO 3166-1 alpha-2). */
  readonly levels: readonly number[]
  readonly fields: readonly string[]
  readonly places: readonly string[]
  /** `2026-05-12`. */
  readonly awardedOn?: string
  readonly bodies: readonly BodyNamed[]
}

/** What limits somebody's right to award: levels, fields (a code holds what begins with it), places. Absent or empty limits nothing. */
export interface ScopeLimits {
  readonly levels?: readonly number[] | undefined
  readonly fields?: readonly string[] | undefined
  readonly places?: readonly string[] | undefined
}

/** How an award stands to limits: within them, outside one of them, or not to be told because the document does not say. */
export function scopeWithin({ levels, fields, places }: ScopeLimits, scope: AwardScope): 'within' | 'outside' | 'unknown' {
  const each = [
    standing(levels, scope.levels, (limit, value) => limit === value),
    standing(fields, scope.fields, (limit, value) => value.startsWith(limit)),
    standing(places, scope.places, (limit, value) => limit === value),
  ]
  return each.includes('outside') ? 'outside' : each.includes('unknown') ? 'unknown' : 'within'
}

function standing<T>(limits: readonly T[] | undefined, values: readonly T[], holds: (limit: T, value: T) => boolean) {
  if (!limits || limits.length === 0) return 'within'
  if (values.length === 0) return 'unknown'
  return values.some((value) => limits.some((limit) => holds(limit, value))) ? 'within' : 'outside'
}
