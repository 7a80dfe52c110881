/**
 * From the statements that a Data Integrity proof covers back to a document. The same statements can be written as JSON in many ways, and a stranger
 * may rewrite a signed document without breaking its proof: so what is shown is read from the statements alone (R-DISP-1), under names of our own.
 */
import type { Json, JsonObject } from '@cairn/core'

/** A statement as canonicalisation knows it: IRIs in angle brackets, blank nodes with `_:`. */
export interface Statement {
  readonly subject: string
  readonly predicate: string
  readonly object: string
  readonly graph: string
  readonly literal?: { readonly value: string; readonly type: string; readonly language?: string | undefined }
}

const record = 'https://purl.imsglobal.org/spec/vc/clr/vocab.html#'
const badge = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'
/** Vocabularies whose local names are the names in documents (W3C data model, its status lists, Open Badges 3.0, schema.org). */
const vocabularies = [
  'https://www.w3.org/2018/credentials#',
  'https://www.w3.org/ns/credentials/status#',
  'https://w3id.org/vc/status-list#',
  badge,
  record,
  'https://schema.org/',
]
/** Where the name in documents is another than the local name. */
const others: Readonly<Record<string, string>> = {
  [`${badge}Criteria`]: 'criteria',
  [`${record}identifier-1`]: 'identifier',
  [`${badge}CountryCode`]: 'addressCountryCode',
  'https://schema.org/keywords': 'tag',
  'https://schema.org/encodingFormat': 'mediaType',
  'https://schema.org/AlignmentObject': 'Alignment',
  'https://purl.imsglobal.org/spec/vcrl/v1p0/context.json#1EdTechRevocationList': '1EdTechRevocationList',
  'https://purl.imsglobal.org/spec/vccr/v1p0/context.json#1EdTechCredentialRefresh': '1EdTechCredentialRefresh',
}
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const rdfType = `<${rdf}type>`
const rdfFirst = `<${rdf}first>`
const rdfRest = `<${rdf}rest>`
const rdfNil = `<${rdf}nil>`
const deepest = 24
/** How many nodes are written out in all: what is mentioned often may not unfold without end. */
const largest = 3000

const plain = (term: string) => (term.startsWith('<') ? term.slice(1, -1) : term)

/** Names that were looked up before, by the term in its brackets; what a stranger may add to it is bounded. */
const looked = new Map<string, string>()

/** The local name of a term in the vocabularies we read; the IRI itself for every other. */
function nameOf(term: string): string {
  const known = looked.get(term)
  if (known !== undefined) return known
  if (looked.size > 2000) looked.clear()
  const name = findName(plain(term))
  looked.set(term, name)
  return name
}

function findName(iri: string): string {
  const other = Object.hasOwn(others, iri) ? others[iri] : undefined
  if (other !== undefined) return other
  const vocabulary = vocabularies.find((each) => iri.startsWith(each))
  return vocabulary === undefined ? iri : iri.slice(vocabulary.length)
}

/** Each value once, sorted by what it says. */
function inOrder(values: readonly Json[]): Json[] {
  if (values.every((value) => typeof value === 'string')) return [...new Set(values)].sort()
  const written = [...new Map(values.map((value) => [JSON.stringify(value), value])).entries()]
  return written.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value)
}

/** The document around `root`: every member a list, in an order that depends on what the members say and not on how they were written. */
export function documentFromGraph(statements: readonly Statement[], root: string): JsonObject {
  const bySubject = new Map<string, Statement[]>()
  for (const statement of statements) {
    if (statement.graph !== '') continue
    const known = bySubject.get(statement.subject)
    if (known) known.push(statement)
    else bySubject.set(statement.subject, [statement])
  }
  let written = 0
  const build = (subject: string, trail: readonly string[]): JsonObject => {
    written++
    const node = new Map<string, Json[]>()
    const add = (name: string, value: Json) => {
      const values = node.get(name)
      if (values) values.push(value)
      else node.set(name, [value])
    }
    const below = [...trail, subject]
    for (const { predicate, object, literal } of bySubject.get(subject) ?? []) {
      const name = nameOf(predicate)
      if (predicate === rdfType) add('type', nameOf(object))
      else if (literal)
        add(name, literal.language === undefined ? literal.value : { '@value': literal.value, '@language': literal.language })
      else if (trail.includes(object) || below.length >= deepest || written >= largest) add(name, plain(object))
      else add(name, valueAt(object, below))
    }
    const sorted: JsonObject = Object.create(null)
    if (subject.startsWith('<')) sorted.id = plain(subject)
    for (const name of [...node.keys()].sort()) {
      const values = node.get(name)!
      sorted[name] = values.length === 1 ? values : inOrder(values)
    }
    return sorted
  }
  const valueAt = (object: string, below: readonly string[]): Json => {
    const about = bySubject.get(object)
    if (!about) return object.startsWith('<') ? plain(object) : {}
    if (about.some(({ predicate }) => predicate === rdfRest)) return { '@list': listOf(object, below) }
    return build(object, below)
  }
  const listOf = (first: string, below: readonly string[]): Json[] => {
    const found: Json[] = []
    for (let at = first; at !== rdfNil && found.length < 1000; ) {
      const about = bySubject.get(at) ?? []
      const value = about.find(({ predicate }) => predicate === rdfFirst)
      if (value) found.push(value.literal ? value.literal.value : valueAt(value.object, [...below, at]))
      at = about.find(({ predicate }) => predicate === rdfRest)?.object ?? rdfNil
    }
    return found
  }
  return build(root, [])
}
