/** Equal ids are one node: what a document says of each id in all its places. */
import { isObject, type Json, type JsonObject } from '@cairn/core'
import { iri, list, text } from '../nodes.ts'

/** What is said of one id: types, members, and the different values of each member. */
export interface Merged {
  readonly types: Set<string>
  readonly values: Map<string, Set<string>>
}

/** Everything a document says, by id. */
export function mergeById(document: JsonObject): Map<string, Merged> {
  const merged = new Map<string, Merged>()
  const visit = (value: Json): void => {
    if (Array.isArray(value)) for (const each of value) visit(each)
    if (!isObject(value)) return
    const id = text(value.id)
    if (id !== undefined) {
      const known = merged.get(id) ?? { types: new Set(), values: new Map() }
      merged.set(id, known)
      for (const type of list(value.type)) if (typeof type === 'string') known.types.add(type.replace(/^.*[/:](?=[A-Z]\w+$)/, ''))
      for (const [member, held] of Object.entries(value)) {
        if (member === 'id' || member === 'type' || member === '@context') continue
        const seen = known.values.get(member) ?? new Set()
        known.values.set(member, seen)
        for (const each of list(held)) for (const said of saidBy(each)) seen.add(said)
      }
    }
    for (const each of Object.values(value)) visit(each)
  }
  visit(document)
  return merged
}

/** A node is told by its id; a language map says one thing a text, `tag` and text parted by a blank. */
function saidBy(value: Json): string[] {
  if (!isObject(value)) return [JSON.stringify(value)]
  const id = iri(value)
  if (id !== undefined) return [id]
  return Object.entries(value).flatMap(([tag, texts]) => list(texts).map((each) => `${tag} ${JSON.stringify(each)}`))
}

/** Language tags for which different copies of a node say different texts. */
export function contestedLanguages(said: ReadonlySet<string>): string[] {
  const tags = [...said].map((each) => each.slice(0, each.indexOf(' ')))
  return tags.filter((tag, index) => tags.indexOf(tag) !== index)
}
