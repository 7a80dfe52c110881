/** Changed answers carried over into rules that were corrected since: what the answers changed changes, and everything else stays as the body wrote it. */
import type { Json, JsonObject } from '../json.ts'
import { sameJson } from '../same-json.ts'

/** What a change of answers may reach, beside requirements and parameters. */
const reached = ['purpose', 'rank', 'legalBasis']
type Requirement = JsonObject & { id: string }

/**
 * The rules with the difference between two drafts put in: `before` is what the earlier answers gave, `after` what the later ones give. A requirement is
 * known by its id, a parameter by its name; new requirements come last.
 */
export function carryOver(rules: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  const [mine, old, given] = [rules, before, after].map(({ requirements }) => byId(requirements as Requirement[] | undefined))
  const params = [rules, before, after].map((each) => (each.params ?? {}) as JsonObject) as [JsonObject, JsonObject, JsonObject]
  const others = [rules, before, after].map(reachedOf) as [JsonObject, JsonObject, JsonObject]
  const kept = Object.fromEntries(Object.entries(rules).filter(([name]) => !reached.includes(name)))
  return {
    ...kept,
    ...mergedMembers(...others),
    params: mergedMembers(...params),
    requirements: Object.values(mergedMembers(mine!, old!, given!)),
  }
}

const reachedOf = (given: JsonObject): JsonObject => Object.fromEntries(Object.entries(given).filter(([name]) => reached.includes(name)))
const byId = (list: readonly Requirement[] = []): JsonObject => Object.fromEntries(list.map((each) => [each.id, each]))

/** What the answers say where they changed; what the body has where they did not. */
const merged = (mine: Json | undefined, old: Json | undefined, given: Json | undefined) => (sameJson(old, given) ? mine : given)

function mergedMembers(mine: JsonObject, old: JsonObject, given: JsonObject): JsonObject {
  return Object.fromEntries(
    [...new Set([...Object.keys(mine), ...Object.keys(given)])].flatMap((name) => {
      const value = merged(mine[name], old[name], given[name])
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
