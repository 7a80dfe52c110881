/** Building ELM nodes. Every node carries an IRI of its own, for the application profile 1.2 asks for IRIs and equal ids are one node. */
import {
  type Concept,
  type ConceptList,
  type ConceptRef,
  conceptIn,
  countryIri,
  countryScheme,
  type Json,
  type JsonObject,
  type LangString,
  languageIri,
  languageScheme,
} from '@cairn/core'

/** Members as given; those that are `undefined` or an empty list are left out. */
export function node(given: { readonly [member: string]: Json | undefined }): JsonObject {
  const made: JsonObject = {}
  for (const [member, value] of Object.entries(given))
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) made[member] = value
  return made
}

/** A concept node; ELM wants the scheme as a node of its own beside it. */
export function conceptNode(id: string, scheme: string | undefined, label?: LangString): JsonObject {
  return node({ id, type: 'Concept', inScheme: scheme === undefined ? undefined : { id: scheme, type: 'ConceptScheme' }, prefLabel: label })
}

/** A concept of a controlled list by its IRI; `undefined` when the list does not have it. */
export function listed(list: ConceptList, iri: string | undefined): JsonObject | undefined {
  const concept: Concept | undefined = iri === undefined ? undefined : conceptIn(list, iri)
  return concept && conceptNode(concept.id, concept.scheme, concept.label)
}

/** Concepts of a controlled list by their IRIs; what is not in the list is left out. */
export function listedAll(list: ConceptList, iris: readonly string[]): JsonObject[] {
  return iris.map((iri) => listed(list, iri)).filter((found) => found !== undefined)
}

/** A concept of any framework. */
export function anyConcept({ id, label, scheme }: ConceptRef): JsonObject {
  return conceptNode(id, scheme, label)
}

/** The concept of a language tag's language. */
export function languageNode(tag: string): JsonObject {
  return conceptNode(languageIri(tag), languageScheme)
}

/** The concept of a country by its alpha-2 code; one that the EU list lacks keeps its code. */
export function countryNode(alpha2: string): JsonObject {
  return conceptNode(countryIri(alpha2) ?? `${countryScheme}/${alpha2}`, countryScheme)
}

/** A Note; `about` is a concept that says what the note is on. */
export function noteNode(id: string, text: LangString, about?: JsonObject): JsonObject {
  return node({ id, type: 'Note', noteLiteral: text, subject: about })
}

/** A WebResource. */
export function webNode(id: string, address: string): JsonObject {
  return { id, type: 'WebResource', contentURL: address }
}

/** Midnight UTC of a day: the application profile knows moments alone. */
export function moment(day: string | undefined): string | undefined {
  return day === undefined ? undefined : `${day}T00:00:00Z`
}
