/**
 * From a JSON-LD document to the statements it makes: expansion and RDF in one pass (JSON-LD API, 5.1 and 8.1), for the constructions that credentials
 * use. What would be dropped in silence elsewhere is refused: undefined words, relative IRIs, names spelled as IRIs or keywords (R-LD-1).
 */
import { canonicalJson, isObject, type Json, type JsonObject, ProblemError } from '@cairn/core'
import { type ActiveContext, iriOfWord, isAbsolute, isKeyword, type Term, type Vocabulary } from './active-context.ts'
import { type Literal, literalTerm, markUnique, type Quad, rdf, uniqueQuads, xsd } from './quads.ts'

/** The statements of a document, and the name of its outermost node. */
export interface Statements {
  readonly quads: readonly Quad[]
  readonly root: string
}

/** Names of the blank nodes by the objects they are written as: what is known is used, what is new is added. Copies that share a name stay one node. */
export type NodeLabels = Map<JsonObject, string>

/**
 * The statements of a document.
 * @throws ProblemError `context.*` with a JSON Pointer where a word has no meaning or a construction has no place
 */
export function toQuads(document: JsonObject, vocabulary: Vocabulary, labels?: NodeLabels): Statements {
  const writer = new Writer(vocabulary, labels)
  const root = writer.node(vocabulary.start, document, undefined, '', undefined)
  return { quads: writer.mayRepeat ? uniqueQuads(writer.quads) : markUnique(writer.quads), root }
}

const languageTag = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/
const listOf = (value: Json | undefined): Json[] => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value])

/** Where in the document we are; written as a JSON Pointer only when something is wrong there. */
interface Place {
  readonly around: Place | undefined
  readonly name: string
}
const step = (around: Place | undefined, name: string): Place => ({ around, name })

function pointerOf(place: Place | undefined): string {
  let pointer = ''
  for (let at = place; at; at = at.around) pointer = `/${at.name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}${pointer}`
  return pointer
}

function refuse(detail: string, at: Place | undefined): never {
  throw new ProblemError('context.beyond-profile', detail, pointerOf(at))
}
function undefinedWord(detail: string, at: Place | undefined): never {
  throw new ProblemError('context.term-undefined', detail, pointerOf(at))
}

const rdfType = `<${rdf}type>`

/** A word that a vocabulary covers as a whole. */
const plain: Term = {
  iri: null,
  predicate: undefined,
  type: undefined,
  container: undefined,
  context: undefined,
  language: undefined,
  reverse: false,
  isProtected: false,
  prefix: false,
}

class Writer {
  readonly quads: Quad[] = []
  /** True once something was written that may say the same twice: a node in two places, a set with more than one plain value. */
  mayRepeat = false
  readonly #named = new Set<string>()
  readonly #vocabulary: Vocabulary
  readonly #given = new Map<string, string>()
  #next = 0

  readonly #labels: NodeLabels | undefined

  constructor(vocabulary: Vocabulary, labels: NodeLabels | undefined) {
    this.#vocabulary = vocabulary
    this.#labels = labels
    // Labels of an earlier reading are not given out again.
    if (labels && labels.size > 0) this.#next = 1_000_000
  }

  #labelOf(object: JsonObject): string {
    const known = this.#labels?.get(object)
    if (known !== undefined) return known
    const made = this.#blank()
    this.#labels?.set(object, made)
    return made
  }

  #blank(): string {
    return `_:b${this.#next++}`
  }

  #say(subject: string, predicate: string, object: string, graph: string, literal?: Literal): void {
    this.quads.push(literal ? { subject, predicate, object, graph, literal } : { subject, predicate, object, graph })
  }

  /** Writes a node object and gives its name. */
  node(from: ActiveContext, object: JsonObject, inside: Term | undefined, graph: string, pointer: Place | undefined): string {
    let active = from
    if (active.previous && !isReference(active, object)) active = active.previous
    if (inside?.context !== undefined) active = this.#vocabulary.scoped(active, inside.context, true, true)
    if (Object.hasOwn(object, '@context')) active = this.#vocabulary.ofDocument(active, object['@context']!)
    const outer = active
    const names = Object.keys(object)
    const types = this.#typesOf(outer, object, names, pointer)
    for (const type of types.length > 1 ? [...types].sort() : types) {
      const scoped = outer.terms.get(type)?.context
      if (scoped !== undefined) active = this.#vocabulary.scoped(active, scoped, false, false)
    }
    const subject = this.#nameOf(active, object, names, pointer)
    if (this.#named.has(subject) || new Set(types).size < types.length) this.mayRepeat = true
    this.#named.add(subject)
    for (const type of types) this.#say(subject, rdfType, typeIri(outer, type, pointer), graph)
    const said: string[] = []
    for (const name of names) {
      if (name === '@context') continue
      const value = object[name]!
      const term = active.terms.get(name)
      if (term?.predicate !== undefined && !term.reverse) {
        // Two words may stand for one predicate.
        if (said.includes(term.predicate)) this.mayRepeat = true
        said.push(term.predicate)
        this.#property(active, subject, term.predicate, term, value, graph, step(pointer, name))
        continue
      }
      const iri = iriOfWord(active, name)
      if (iri === '@type' || iri === '@id') continue
      const at = step(pointer, name)
      // A vocabulary that covers words as a whole is one of published examples; no bundled context has one.
      if (!term && active.vocab !== undefined && !name.includes(':') && !isKeyword(name))
        this.#property(active, subject, `<${active.vocab}${name}>`, plain, value, graph, at)
      else if (!term || isKeyword(name)) undefinedWord('A word is not defined by the vocabularies of the document.', at)
      else if (term.reverse || (iri !== null && iri !== undefined && isKeyword(iri)))
        refuse('A construction has no place in a credential.', at)
      else undefinedWord('A word is switched off by the vocabularies of the document, or stands for no address.', at)
    }
    return subject
  }

  #typesOf(active: ActiveContext, object: JsonObject, names: readonly string[], pointer: Place | undefined): string[] {
    const found: string[] = []
    for (const name of names) {
      if (iriOfWord(active, name) !== '@type') continue
      if (name.startsWith('@')) refuse('A keyword stands where a word should.', step(pointer, name))
      for (const type of object[name] === null ? [null] : listOf(object[name]))
        if (typeof type === 'string') found.push(type)
        else refuse('A type is no text.', step(pointer, name))
    }
    return found
  }

  #nameOf(active: ActiveContext, object: JsonObject, names: readonly string[], pointer: Place | undefined): string {
    let name: string | undefined
    for (const each of names) {
      if (iriOfWord(active, each) !== '@id') continue
      if (name !== undefined || each.startsWith('@')) refuse('A keyword stands where a word should.', step(pointer, each))
      name = each
    }
    if (name === undefined) return this.#labelOf(object)
    const at = step(pointer, name)
    const id = object[name]
    if (typeof id !== 'string') return refuse('A name is no text.', at)
    return this.#reference(active, id, false, at)
  }

  /** An IRI or a blank node that a text names. */
  #reference(active: ActiveContext, text: string, asWord: boolean, pointer: Place | undefined): string {
    if (text.startsWith('_:')) {
      this.mayRepeat = true
      const known = this.#given.get(text) ?? this.#blank()
      this.#given.set(text, known)
      return known
    }
    const iri = expandReference(active, text, asWord)
    if (!isAbsolute(iri)) return undefinedWord('A name is no absolute address.', pointer)
    return `<${iri}>`
  }

  #property(
    active: ActiveContext,
    subject: string,
    predicate: string,
    term: Term,
    value: Json,
    graph: string,
    pointer: Place | undefined,
  ): void {
    if (term.type === '@json') {
      const literal = { value: canonicalJson(value), type: `${rdf}JSON` }
      this.#say(subject, predicate, literalTerm(literal), graph, literal)
      return
    }
    // Texts that stand twice in a set say the same twice.
    if (Array.isArray(value) && value.length > 1 && value.some((each) => !isPlainNode(each))) this.mayRepeat = true
    if (term.container === '@language' && isObject(value)) {
      this.mayRepeat = true
      for (const [language, texts] of Object.entries(value))
        for (const each of listOf(texts)) this.#languageText(subject, predicate, each, language, graph, pointer)
      return
    }
    if (term.container !== undefined && term.container !== '@list' && term.container !== '@graph')
      refuse('A construction has no place in a credential.', pointer)
    if (term.container === '@list') {
      this.#say(subject, predicate, this.#list(active, listOf(value), term, graph, pointer), graph)
      return
    }
    for (const each of flat(value, pointer)) this.#value(active, subject, predicate, term, each, graph, pointer)
  }

  #value(
    active: ActiveContext,
    subject: string,
    predicate: string,
    term: Term,
    value: Json,
    graph: string,
    pointer: Place | undefined,
  ): void {
    if (value === null) return
    if (isObject(value) && !isValueObject(active, value)) {
      if (Object.hasOwn(value, '@list') || Object.hasOwn(value, '@set')) refuse('A construction has no place in a credential.', pointer)
      if (term.container === '@graph') {
        // Graphs are named side by side: the proof of a credential in a presentation has one beside that of the credential.
        const name = this.#blank()
        this.node(active, value, term, name, pointer)
        this.#say(subject, predicate, name, graph)
      } else this.#say(subject, predicate, this.node(active, value, term, graph, pointer), graph)
      return
    }
    // The context that a term brings holds for plain values too: purposes of proofs are words of one.
    const within = term.context === undefined ? active : this.#vocabulary.scoped(active, term.context, true, true)
    const object = this.#scalar(within, term, value, pointer)
    if (object) this.#say(subject, predicate, object.term, graph, object.literal)
  }

  #list(active: ActiveContext, values: readonly Json[], term: Term, graph: string, pointer: Place | undefined): string {
    const members = values.filter((value) => value !== null)
    const names = members.map(() => this.#blank())
    for (const [index, value] of members.entries()) {
      if (Array.isArray(value)) refuse('Lists stand within lists.', pointer)
      const name = names[index]!
      this.#value(active, name, `<${rdf}first>`, { ...term, container: undefined }, value, graph, pointer)
      this.#say(name, `<${rdf}rest>`, names[index + 1] ?? `<${rdf}nil>`, graph)
    }
    return names[0] ?? `<${rdf}nil>`
  }

  #languageText(subject: string, predicate: string, value: Json, language: string, graph: string, pointer: Place | undefined): void {
    if (value === null) return
    if (typeof value !== 'string') refuse('A text by language is no text.', pointer)
    const literal =
      language === '@none'
        ? { value, type: `${xsd}string` }
        : { value, type: `${rdf}langString`, language: cleanLanguage(language, pointer) }
    this.#say(subject, predicate, literalTerm(literal), graph, literal)
  }

  /** A text, number or truth value, or a value object (JSON-LD API, 5.3.2 and 8.2). */
  #scalar(active: ActiveContext, term: Term, value: Json, pointer: Place | undefined): { term: string; literal?: Literal } | undefined {
    if (isObject(value)) return this.#valueObject(active, value, pointer)
    if ((term.type === '@id' || term.type === '@vocab') && typeof value === 'string')
      return { term: this.#reference(active, value, term.type === '@vocab', pointer) }
    const type = term.type !== undefined && !term.type.startsWith('@') ? term.type : undefined
    if (type === undefined && typeof value === 'string') {
      const language = term.language === undefined ? active.language : (term.language ?? undefined)
      return written(
        language === undefined
          ? { value, type: `${xsd}string` }
          : { value, type: `${rdf}langString`, language: cleanLanguage(language, pointer) },
      )
    }
    return written(typed(value as string | number | boolean, type))
  }

  #valueObject(active: ActiveContext, object: JsonObject, pointer: Place | undefined) {
    let value: Json | undefined
    let type: string | undefined
    let language: string | undefined
    let direction: string | undefined
    for (const [name, each] of Object.entries(object)) {
      switch (iriOfWord(active, name)) {
        case '@value':
          value = each
          break
        case '@type':
          if (typeof each !== 'string') return refuse('A type is no text.', pointer)
          type = iriOfWord(active, each) ?? undefinedWord('A type is not defined.', pointer)
          break
        case '@language':
          if (typeof each !== 'string') return refuse('A language is no text.', pointer)
          language = cleanLanguage(each, pointer)
          break
        case '@direction':
          if (each !== 'ltr' && each !== 'rtl') return refuse('A direction is none.', pointer)
          direction = each
          break
        case '@index':
          break
        default:
          return refuse('A value has members that no value has.', pointer)
      }
    }
    if (value === null) return refuse('A value is nothing.', pointer)
    if (type === '@json') return written({ value: canonicalJson(value ?? null), type: `${rdf}JSON` })
    if (typeof value === 'object' || value === undefined) return refuse('A value is no plain value.', pointer)
    if (direction !== undefined) {
      // The i18n namespace (JSON-LD, 10.2): direction is signed with the text, or else anybody could turn it round.
      if (typeof value !== 'string' || type !== undefined) return refuse('A direction stands at what is no text.', pointer)
      return written({ value, type: `https://www.w3.org/ns/i18n#${language ?? ''}_${direction}` })
    }
    if (language !== undefined) {
      if (typeof value !== 'string' || type !== undefined) return refuse('A language stands at what is no text.', pointer)
      return written({ value, type: `${rdf}langString`, language })
    }
    if (type !== undefined && !isAbsolute(type)) return undefinedWord('A type is no absolute address.', pointer)
    return written(typed(value, type))
  }
}

const written = (literal: Literal) => ({ term: literalTerm(literal), literal })

/** Numbers and truth values as RDF writes them (JSON-LD API, 8.2.2). */
function typed(value: string | number | boolean, type: string | undefined): Literal {
  if (typeof value === 'boolean') return { value: String(value), type: type ?? `${xsd}boolean` }
  if (typeof value === 'string') return { value, type: type ?? `${xsd}string` }
  const double = value % 1 !== 0 || Math.abs(value) >= 1e21
  if (double || type === `${xsd}double`)
    return { value: value.toExponential(15).replace(/(\d)0*e\+?/, '$1E'), type: type ?? `${xsd}double` }
  return { value: value.toFixed(0), type: type ?? `${xsd}integer` }
}

/** A node that is nothing but a reference does not leave the context of its type. */
function isReference(active: ActiveContext, object: JsonObject): boolean {
  const names = Object.keys(object)
  return names.length === 1 && iriOfWord(active, names[0]!) === '@id'
}

function isValueObject(active: ActiveContext, object: JsonObject): boolean {
  return Object.keys(object).some((name) => iriOfWord(active, name) === '@value')
}

/** A node without a value of its own: two of them are two nodes, or one that was named before. */
const isPlainNode = (value: Json) => isObject(value) && !Object.hasOwn(value, '@value')

/** Members of sets, one level deep. */
function flat(value: Json, pointer: Place | undefined): Json[] {
  const values = listOf(value)
  if (values.some((each) => Array.isArray(each))) refuse('Sets stand within sets.', pointer)
  return values
}

function cleanLanguage(language: string, pointer: Place | undefined): string {
  return languageTag.test(language) ? language.toLowerCase() : refuse('A language tag is not well-formed.', pointer)
}

function typeIri(active: ActiveContext, type: string, pointer: Place | undefined): string {
  const iri = iriOfWord(active, type)
  if (!iri || isKeyword(iri) || !isAbsolute(iri)) return undefinedWord('A type is not defined by the vocabularies.', step(pointer, 'type'))
  return `<${iri}>`
}

/** IRI expansion of a value: by the terms when it is a word, else compact and absolute IRIs as they are (5.2). */
function expandReference(active: ActiveContext, text: string, asWord: boolean): string {
  if (asWord) {
    const term = active.terms.get(text)
    if (term?.iri) return term.iri
  }
  const colon = text.indexOf(':')
  if (colon <= 0) return asWord ? (iriOfWord(active, text) ?? text) : text
  const rest = text.slice(colon + 1)
  const prefix = active.terms.get(text.slice(0, colon))
  return !rest.startsWith('//') && prefix?.prefix && prefix.iri ? prefix.iri + rest : text
}
