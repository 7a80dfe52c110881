/**
 * What words mean at a place in a document: JSON-LD 1.1 context processing (JSON-LD API, 4.1 and 4.2) for the bundled contexts. A context is compiled
 * once for each place that leads to it and kept, which is where the time of other processors goes.
 */
import { isObject, type Json, type JsonObject, ProblemError } from '@cairn/core'
import type { ContextBook } from './contexts.ts'

/** What a term means. `iri` is `null` for a term that is switched off; `context` is the context that holds inside it. */
export interface Term {
  readonly iri: string | null
  /** The IRI as a predicate, where the term can be one. */
  readonly predicate: string | undefined
  readonly type: string | undefined
  readonly container: string | undefined
  readonly context: Json | undefined
  readonly language: string | null | undefined
  readonly reverse: boolean
  readonly isProtected: boolean
  readonly prefix: boolean
}

/** The terms in force. `previous` is what returns in nested nodes, where a context does not reach into them. */
export interface ActiveContext {
  readonly terms: ReadonlyMap<string, Term>
  readonly vocab: string | undefined
  readonly language: string | undefined
  readonly previous: ActiveContext | undefined
}

const empty: ActiveContext = { terms: new Map(), vocab: undefined, language: undefined, previous: undefined }
const keywords = new Set(
  '@base @container @context @direction @graph @id @import @included @index @json @language @list @nest @none @prefix @propagate @protected @reverse @set @type @value @version @vocab'.split(
    ' ',
  ),
)
const fail = (detail: string): never => {
  throw new ProblemError('context.beyond-profile', detail)
}

const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]*$/

/** True for an absolute IRI without what N-Quads cannot hold (RFC 3987). */
export const isAbsolute = (iri: string): boolean => absolute.test(iri)

/** True for a keyword of JSON-LD. */
export const isKeyword = (word: string): boolean => word.charCodeAt(0) === 0x40 && keywords.has(word)

/** Compiles contexts of a book. Everything compiled is kept until there is too much of it. */
export class Vocabulary {
  readonly #book: ContextBook
  #start: ActiveContext = { ...empty }
  #kept = new WeakMap<ActiveContext, Map<Json, Map<string, ActiveContext>>>()
  #count = 0

  constructor(book: ContextBook) {
    this.#book = book
  }

  /** The context of a document that has said nothing yet. */
  get start(): ActiveContext {
    if (this.#count > 5000) {
      this.#start = { ...empty }
      this.#kept = new WeakMap()
      this.#count = 0
    }
    return this.#start
  }

  /**
   * The context that a document's own `@context` gives: addresses of the book alone.
   * @throws ProblemError `context.inline`, `context.unknown`
   */
  ofDocument(active: ActiveContext, given: Json): ActiveContext {
    const list = Array.isArray(given) ? given : [given]
    if (list.length === 0 || list.length > 10) return fail('A document names one to ten contexts.')
    let result = active
    for (const each of list) {
      if (typeof each !== 'string') throw new ProblemError('context.inline', 'A context stands in the document itself.', '/@context')
      if (!this.#book.has(each))
        throw new ProblemError('context.unknown', `The context ${each.slice(0, 200)} is not known here.`, '/@context')
      result = this.scoped(result, each, false, true)
    }
    return result
  }

  /** The context that a term or a type brings with it. */
  scoped(active: ActiveContext, local: Json, overrides: boolean, propagates: boolean): ActiveContext {
    // An object of the book is the same object each time; the two switches are part of the name.
    const name = overrides ? (propagates ? 'both' : 'overrides') : propagates ? 'propagates' : 'neither'
    const byLocal = this.#kept.get(active) ?? new Map<Json, Map<string, ActiveContext>>()
    const bySwitch = byLocal.get(local) ?? new Map<string, ActiveContext>()
    const found = bySwitch.get(name)
    if (found) return found
    const made = this.#process(active, local, overrides, propagates, 0)
    bySwitch.set(name, made)
    byLocal.set(local, bySwitch)
    this.#kept.set(active, byLocal)
    this.#count++
    return made
  }

  #process(active: ActiveContext, local: Json, overrides: boolean, propagates: boolean, depth: number): ActiveContext {
    if (depth > 10) return fail('Contexts lead to contexts without end.')
    const propagate = isObject(local) && typeof local['@propagate'] === 'boolean' ? local['@propagate'] : propagates
    let result: ActiveContext = propagate || active.previous ? active : { ...active, previous: active }
    for (const each of Array.isArray(local) ? local : [local]) {
      if (each === null) {
        if (!overrides && [...result.terms.values()].some((term) => term.isProtected)) return fail('A context drops protected words.')
        result = propagate ? { ...empty } : { ...empty, previous: result }
      } else if (typeof each === 'string') {
        const document = this.#book.get(each)
        if (!document) throw new ProblemError('context.unknown', `The context ${each.slice(0, 200)} is not known here.`)
        result = this.#process(result, document['@context'] ?? null, overrides, true, depth + 1)
      } else if (typeof each === 'object' && !Array.isArray(each)) result = compile(result, each, overrides)
      else return fail('A context is no context.')
    }
    return result
  }
}

function compile(active: ActiveContext, local: JsonObject, overrides: boolean): ActiveContext {
  for (const name of ['@import', '@base', '@direction']) if (Object.hasOwn(local, name)) fail(`A context uses ${name}.`)
  const terms = new Map(active.terms)
  let { vocab, language } = active
  if (Object.hasOwn(local, '@vocab')) {
    const given = local['@vocab']
    if (given !== null && typeof given !== 'string') return fail('A context has no plain @vocab.')
    vocab = given ?? undefined
  }
  if (Object.hasOwn(local, '@language')) {
    const given = local['@language']
    language = typeof given === 'string' ? given.toLowerCase() : undefined
  }
  const result: ActiveContext = { terms, vocab, language, previous: active.previous }
  const defined = new Map<string, boolean>()
  const define = (name: string): void => {
    const state = defined.get(name)
    if (state === true) return
    if (state === false) fail(`The word ${name} is defined by itself.`)
    defined.set(name, false)
    const before = active.terms.get(name)
    const made = makeTerm(name, local[name] ?? null, local['@protected'] === true, result, (other) => {
      if (Object.hasOwn(local, other) && !other.startsWith('@')) define(other)
    })
    if (before?.isProtected && !overrides) {
      if (!sameTerm(before, made)) fail(`A context redefines the protected word ${name}.`)
      terms.set(name, before)
    } else terms.set(name, made)
    defined.set(name, true)
  }
  for (const name of Object.keys(local)) if (!name.startsWith('@')) define(name)
  return result
}

const sameTerm = (one: Term, other: Term) =>
  one.iri === other.iri &&
  one.type === other.type &&
  one.container === other.container &&
  one.language === other.language &&
  one.reverse === other.reverse &&
  one.prefix === other.prefix &&
  JSON.stringify(one.context) === JSON.stringify(other.context)

function makeTerm(name: string, given: Json, isProtected: boolean, context: ActiveContext, need: (other: string) => void): Term {
  const simple = typeof given === 'string'
  const value: JsonObject =
    simple || given === null
      ? { '@id': given }
      : typeof given === 'object' && !Array.isArray(given)
        ? given
        : fail(`The word ${name} is not defined.`)
  const text = (member: string): string | undefined => {
    const found = value[member]
    return found === undefined || found === null
      ? undefined
      : typeof found === 'string'
        ? found
        : fail(`The word ${name} has no plain ${member}.`)
  }
  if (Object.hasOwn(value, '@nest')) fail(`The word ${name} nests.`)
  const resolve = (word: string) => {
    const colon = word.indexOf(':')
    need(colon > 0 ? word.slice(0, colon) : word)
    if (colon > 0 && word !== name) need(word)
    return iriOfWord(context, word)
  }
  const type = text('@type')
  const container = containerOf(value['@container'])
  const shared = {
    type: type === undefined || type.startsWith('@') ? type : (resolve(type) ?? fail(`The word ${name} has no readable type.`)),
    container,
    context: value['@context'],
    language: Object.hasOwn(value, '@language') ? (text('@language')?.toLowerCase() ?? null) : undefined,
    isProtected: typeof value['@protected'] === 'boolean' ? value['@protected'] : isProtected,
  }
  const reverse = text('@reverse')
  if (reverse !== undefined) return { ...shared, iri: resolve(reverse) ?? null, predicate: undefined, reverse: true, prefix: false }
  const id = Object.hasOwn(value, '@id') ? text('@id') : undefined
  let iri: string | null | undefined
  if (Object.hasOwn(value, '@id') && id !== name) iri = id === undefined ? null : id.startsWith('@') ? id : resolve(id)
  else if (name.indexOf(':') > 0) iri = resolve(name)
  else iri = context.vocab === undefined ? undefined : context.vocab + name
  if (iri === undefined) return fail(`The word ${name} stands for nothing.`)
  const prefix =
    typeof value['@prefix'] === 'boolean' ? value['@prefix'] : simple && !/[:/]/.test(name) && iri !== null && /[:/?#[\]@]$/.test(iri)
  const predicate = iri !== null && !isKeyword(iri) && isAbsolute(iri) ? `<${iri}>` : undefined
  return { ...shared, iri, predicate, reverse: false, prefix }
}

function containerOf(given: Json | undefined): string | undefined {
  const [first, second] = Array.isArray(given) ? given : [given]
  // Nothing but sets may be combined with another container in what we read, and a set changes no statement.
  const other = first === '@set' ? second : first
  if (other === undefined || other === null) return undefined
  return typeof other === 'string' ? other : fail('A container is no container.')
}

/**
 * The IRI that a word stands for as the name of a member or a type (IRI expansion with `vocab`, 5.2); `undefined` when it stands for none, and
 * `null` when it is switched off.
 */
export function iriOfWord(context: ActiveContext, word: string): string | null | undefined {
  if (isKeyword(word)) return word
  const term = context.terms.get(word)
  if (term) return term.iri
  const colon = word.indexOf(':')
  if (colon > 0) {
    const prefix = word.slice(0, colon)
    const rest = word.slice(colon + 1)
    if (prefix === '_' || rest.startsWith('//')) return word
    const known = context.terms.get(prefix)
    return known?.prefix && known.iri ? known.iri + rest : word
  }
  return context.vocab === undefined ? undefined : context.vocab + word
}
