/**
 * Contexts that stand in a document, given a name, so that the reading of JSON-LD finds them like any other. The product refuses them (R-LD-2); the
 * suites of the W3C ask for them. Graphs are the same whatever a context is called.
 */
import { createHash } from 'node:crypto'
import { canonicalJson, isObject, type Json, type JsonObject } from '@cairn/core'

/** The examples vocabulary of the W3C: every word is one of it. */
const examples: readonly (readonly [string, JsonObject])[] = [
  ['https://www.w3.org/ns/credentials/examples/v2', { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }],
]

/** The document with its own contexts named, and what the names stand for. */
export function namedContexts(document: JsonObject): { document: JsonObject; contexts: Map<string, JsonObject> } {
  const contexts = new Map<string, JsonObject>(examples)
  const name = (context: Json): Json => {
    if (!isObject(context)) return context
    const called = `urn:cairn:context:${createHash('sha256').update(canonicalJson(context)).digest('hex')}`
    // Some are written as the documents that a fetched context comes in.
    contexts.set(called, context['@context'] === undefined ? { '@context': context } : context)
    return called
  }
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk)
    if (!isObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([member, each]) => [
        member,
        member === '@context' ? (Array.isArray(each) ? each.map(name) : name(each)) : walk(each),
      ]),
    )
  }
  return { document: walk(document) as JsonObject, contexts }
}
