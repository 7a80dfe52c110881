/** Reading ELM nodes: one value or many everywhere, texts by language, concepts by IRI. Tolerant by design; nothing here throws. */
import { isObject, type Json, type JsonObject, textIn } from '@cairn/core'

/** The value as a list: absent is empty, a single value is a list of one. */
export function list(value: Json | undefined): Json[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
}

/** The objects among one or many values. */
export function nodes(value: Json | undefined): JsonObject[] {
  return list(value).filter(isObject)
}

/** Follows members from a node through one or many values each: `through(claim, 'provenBy', 'specifiedBy')`. */
export function through(node: JsonObject | undefined, ...members: readonly string[]): JsonObject[] {
  let found = node ? [node] : []
  for (const member of members) found = found.flatMap((each) => nodes(each[member]))
  return found
}

/** The string, or the first of several; a typed literal counts by its `@value`. */
export function text(value: Json | undefined): string | undefined {
  for (const each of list(value)) {
    if (typeof each === 'string') return each
    if (typeof each === 'number') return String(each)
    if (isObject(each) && typeof each['@value'] === 'string') return each['@value']
  }
  return undefined
}

/** The IRI of a node, be it an object with `id` or the bare IRI. */
export function iri(value: Json | undefined): string | undefined {
  const [first] = list(value)
  return isObject(first) ? text(first.id ?? first['@id']) : typeof first === 'string' ? first : undefined
}

/** The decentralised identifier of a node, be it an object or the bare identifier; `undefined` where it has none. */
export function didOf(value: Json | undefined): string | undefined {
  const id = iri(value)
  return id?.startsWith('did:') ? id : undefined
}

/** A language map as text by language; several texts of one language are joined. */
export function langString(value: Json | undefined): Record<string, string> | undefined {
  const found: Record<string, string> = {}
  for (const each of list(value)) {
    if (typeof each === 'string') found.und ??= each
    else if (isObject(each))
      for (const [tag, texts] of Object.entries(each)) {
        const joined = list(texts)
          .filter((part): part is string => typeof part === 'string')
          .join('; ')
        if (joined !== '') found[tag] ??= joined
      }
  }
  return Object.keys(found).length > 0 ? found : undefined
}

/** The text in the first wished language it has; `undefined` when there is none at all. */
export function textOf(value: Json | undefined, languages: readonly string[]): string | undefined {
  const found = langString(value)
  return found && textIn(found, ...languages)
}

/** The texts of one or many Notes. */
export function notes(value: Json | undefined, languages: readonly string[]): string[] {
  return list(value)
    .map((each) => (isObject(each) ? textOf(each.noteLiteral, languages) : typeof each === 'string' ? each : undefined))
    .filter((each): each is string => each !== undefined && each !== '')
}

/** What a Concept is called, else its IRI. */
export function conceptLabel(value: Json | undefined, languages: readonly string[]): string | undefined {
  if (!isObject(value)) return typeof value === 'string' ? value : undefined
  return textOf(value.prefLabel, languages) ?? text(value.id)
}

/** What one or many Concepts are called. */
export function conceptLabels(value: Json | undefined, languages: readonly string[]): string[] {
  return list(value)
    .map((each) => conceptLabel(each, languages))
    .filter((each): each is string => each !== undefined)
}

/** True when the node has the type. */
export function hasType(node: JsonObject, type: string): boolean {
  return list(node.type ?? node['@type']).includes(type)
}
