/** Statements of a graph, each part written as N-Quads writes it (RDF 1.1 N-Quads; RDFC-1.0, 5). */

/** A literal as it is meant: `type` is the IRI of its datatype. */
export interface Literal {
  readonly value: string
  readonly type: string
  readonly language?: string | undefined
}

/** One statement. IRIs stand in angle brackets, blank nodes begin with `_:`, `graph` is empty for the default graph. */
export interface Quad {
  readonly subject: string
  readonly predicate: string
  readonly object: string
  readonly graph: string
  /** Present when the object is a literal. */
  readonly literal?: Literal
}

export const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
export const xsd = 'http://www.w3.org/2001/XMLSchema#'

/** True for a blank node's label. */
export const isBlank = (term: string): boolean => term.charCodeAt(0) === 0x5f

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const needsEscape = /["\\\n\r\u0000-\u001f\u007f]/
const escapes: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
}

/** The inside of a literal in canonical N-Quads (RDFC-1.0, 5.2): named escapes where there are, other control characters as `\\uXXXX`. */
export function escapeLiteral(text: string): string {
  if (!needsEscape.test(text)) return text
  let written = ''
  for (const letter of text) {
    const code = letter.charCodeAt(0)
    written += escapes[letter] ?? (code < 0x20 || code === 0x7f ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}` : letter)
  }
  return written
}

/** A literal as N-Quads writes it. */
export function literalTerm({ value, type, language }: Literal): string {
  const text = `"${escapeLiteral(value)}"`
  if (language !== undefined) return `${text}@${language}`
  return type === `${xsd}string` ? text : `${text}^^<${type}>`
}

/** Arrays that are known to hold no statement twice. */
const sets = new WeakSet<readonly Quad[]>()

/** Says of an array that it holds no statement twice, which spares looking. */
export function markUnique(quads: readonly Quad[]): readonly Quad[] {
  sets.add(quads)
  return quads
}

/** Each statement once: a graph is a set, and the same said twice is said once. */
export function uniqueQuads(quads: readonly Quad[]): readonly Quad[] {
  if (sets.has(quads)) return quads
  const byText = new Map(quads.map((quad) => [`${quad.subject} ${quad.predicate} ${quad.object} ${quad.graph}`, quad]))
  return markUnique(byText.size === quads.length ? quads : [...byText.values()])
}

/** One line with its line feed. */
export function quadLine({ subject, predicate, object, graph }: Quad): string {
  return graph === '' ? `${subject} ${predicate} ${object} .\n` : `${subject} ${predicate} ${object} ${graph} .\n`
}

const surrogate = /[\ud800-\udfff]/

/** True when a text has letters beyond the basic plane, whose order in UTF-16 is another than by code points. */
export const isBeyondBasic = (text: string): boolean => surrogate.test(text)

/** Sorts texts by code points, in place; `beyondBasic` says whether one of them may have letters beyond the basic plane. */
export function sortByCodePoint(texts: string[], beyondBasic: boolean = texts.some(isBeyondBasic)): string[] {
  return beyondBasic ? texts.sort(compareCodePoints) : texts.sort()
}

function compareCodePoints(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  for (let at = 0; at < length; at++) {
    if (one.charCodeAt(at) !== other.charCodeAt(at)) return one.codePointAt(at)! - other.codePointAt(at)!
  }
  return one.length - other.length
}
