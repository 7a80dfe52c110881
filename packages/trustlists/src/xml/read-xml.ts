/**
 * A strict reader of XML 1.0 with namespaces, for signed lists: UTF-8, no document type, no entities but the five of XML, no processing
 * instructions, names of ASCII, bounded in size and depth (R-TL-1). What it does not know it refuses, so that nothing is understood in two ways.
 */
import { ProblemError } from '@cairn/core'
import type { XmlAttribute, XmlDeclaration, XmlElement } from './xml-element.ts'

/** Limits of one document. */
export interface XmlLimits {
  bytes: number
  depth: number
  elements: number
}

/** A national list has a few megabytes at most; the deepest path of the schema is some twenty elements. */
export const xmlLimits: XmlLimits = { bytes: 8 * 1024 * 1024, depth: 64, elements: 200_000 }

/** The namespace that the prefix `xml` always has. */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'

/** Reads a document and answers its root. Raises `trust-list.malformed`. */
export function readXml(bytes: Uint8Array, limits: XmlLimits = xmlLimits): XmlElement {
  if (bytes.length > limits.bytes) refuse(`The document is larger than ${limits.bytes} bytes.`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('The document is not UTF-8.')
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0, 2.2 leaves out.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) refuse('The document holds characters that XML has not.')
  return new Reader(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, limits).document()
}

function refuse(detail: string): never {
  throw new ProblemError('trust-list.malformed', detail)
}

type Scope = ReadonlyMap<string, string>
type Growing = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: (XmlElement | string)[] }

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const name = /(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)/y
const attribute = /[ \t\n]+(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)[ \t\n]*=[ \t\n]*(?:"([^"<]*)"|'([^'<]*)')/y
const declaration =
  /^<\?xml\s+version\s*=\s*["']1\.0["'](?:\s+encoding\s*=\s*["']([A-Za-z][\w.-]*)["'])?(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*\?>/
const space = /[ \t\n]*/y

class Reader {
  private readonly text: string
  private readonly limits: XmlLimits
  private at = 0
  private elements = 0

  constructor(text: string, limits: XmlLimits) {
    this.text = text
    this.limits = limits
  }

  document(): XmlElement {
    const found = declaration.exec(this.text)
    if (found?.[1] && found[1].toLowerCase() !== 'utf-8') refuse('The document says that it is not UTF-8.')
    this.at = found?.[0].length ?? 0
    this.between()
    const root = this.root()
    this.between()
    if (this.at < this.text.length) refuse('Something follows the root element.')
    return root
  }

  /** White space and comments around the root. */
  private between(): void {
    for (;;) {
      space.lastIndex = this.at
      space.exec(this.text)
      this.at = space.lastIndex
      if (!this.text.startsWith('<!--', this.at)) return
      this.comment()
    }
  }

  private comment(): void {
    const end = this.text.indexOf('--', this.at + 4)
    if (end < 0 || this.text[end + 2] !== '>') refuse('A comment does not end as comments do.')
    this.at = end + 3
  }

  /** One element after another with a stack of our own, so that depth costs no stack of the machine. */
  private root(): XmlElement {
    const open: { element: Growing; scope: Scope }[] = []
    const outer: Scope = new Map([['xml', xmlNamespace]])
    if (this.text[this.at] !== '<') refuse('The document does not begin with an element.')
    for (;;) {
      const top = open.at(-1)
      const next = this.text.indexOf('<', this.at)
      if (next < 0) refuse('The document ends inside an element.')
      if (top && next > this.at) append(top.element, this.characters(this.text.slice(this.at, next)))
      this.at = next
      const mark = this.text[next + 1]
      if (mark === '/') {
        if (!top) refuse('An element ends that was not begun.')
        this.endTag(top.element)
        open.pop()
        if (open.length === 0) return top.element
      } else if (mark === '!') {
        if (!top || !this.aside(top.element)) refuse('A document type or an entity is declared, which a list must not do.')
      } else if (mark === '?') refuse('Processing instructions are not read.')
      else {
        const { element, scope, empty } = this.startTag(top?.scope ?? outer)
        top?.element.children.push(element)
        if (empty && !top) return element
        if (!empty) {
          open.push({ element, scope })
          if (open.length > this.limits.depth) refuse(`The document is more than ${this.limits.depth} elements deep.`)
        }
      }
    }
  }

  /** A comment or a CDATA section inside an element; false for anything else that begins with `<!`. */
  private aside(element: Growing): boolean {
    if (this.text.startsWith('<!--', this.at)) {
      this.comment()
      return true
    }
    if (!this.text.startsWith('<![CDATA[', this.at)) return false
    const end = this.text.indexOf(']]>', this.at)
    if (end < 0) refuse('A CDATA section does not end.')
    append(element, this.text.slice(this.at + 9, end))
    this.at = end + 3
    return true
  }

  private startTag(outer: Scope): { element: Growing; scope: Scope; empty: boolean } {
    if (++this.elements > this.limits.elements) refuse(`The document has more than ${this.limits.elements} elements.`)
    const [, prefix = '', local] = this.match(name, this.at + 1) ?? refuse('An element has no name that we read.')
    const given: { prefix: string; local: string; value: string }[] = []
    for (let found = this.match(attribute, this.at); found; found = this.match(attribute, this.at))
      given.push({ prefix: found[1] ?? '', local: found[2]!, value: this.value(found[3] ?? found[4]!) })
    this.match(space, this.at)
    const empty = this.text.startsWith('/>', this.at)
    if (!empty && this.text[this.at] !== '>') refuse('The tag of an element is not well-formed.')
    this.at += empty ? 2 : 1
    const { declarations, scope } = declare(given, outer)
    const resolve = (used: string) => scope.get(used) ?? refuse('A prefix is used that is not declared.')
    const attributes = given.flatMap((each): XmlAttribute[] =>
      isDeclaration(each) ? [] : [{ ...each, namespace: each.prefix === '' ? '' : resolve(each.prefix) }],
    )
    const names = new Set(attributes.map((each) => `${each.namespace} ${each.local}`))
    if (names.size !== attributes.length) refuse('An element has the same attribute twice.')
    const namespace = prefix === '' ? (scope.get('') ?? '') : resolve(prefix)
    return { element: { prefix, local: local!, namespace, attributes, declarations, children: [] }, scope, empty }
  }

  private endTag(element: XmlElement): void {
    const [, prefix = '', local] = this.match(name, this.at + 2) ?? refuse('An element has no name that we read.')
    if (prefix !== element.prefix || local !== element.local) refuse('An element is not ended by its own name.')
    this.match(space, this.at)
    if (this.text[this.at] !== '>') refuse('The tag of an element is not well-formed.')
    this.at++
  }

  private match(pattern: RegExp, from: number): RegExpExecArray | undefined {
    pattern.lastIndex = from
    const found = pattern.exec(this.text)
    if (!found) return undefined
    this.at = pattern.lastIndex
    return found
  }

  private characters(raw: string): string {
    if (raw.includes(']]>')) refuse('Text holds the end of a CDATA section.')
    return raw.includes('&') ? references(raw) : raw
  }

  /** Attribute values are normalised before references are put in (XML 1.0, 3.3.3). */
  private value(raw: string): string {
    const plain = /[\t\n]/.test(raw) ? raw.replace(/[\t\n]/g, ' ') : raw
    return plain.includes('&') ? references(plain) : plain
  }
}

/** Text that comes in pieces is one piece in the tree. */
function append(element: Growing, text: string): void {
  const last = element.children.length - 1
  const before = element.children[last]
  if (typeof before === 'string') element.children[last] = before + text
  else element.children.push(text)
}

function references(raw: string): string {
  return raw.replace(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|([a-z]{1,4}))?(;?)/g, (_, decimal, hexadecimal, entity, end) => {
    if (end !== ';') refuse('A reference is not well-formed.')
    if (entity !== undefined)
      return Object.hasOwn(named, entity) ? named[entity]! : refuse('An entity is used that XML itself does not have.')
    const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal ?? '', 16)
    const good =
      code === 9 ||
      code === 10 ||
      code === 13 ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      (code >= 0x10000 && code <= 0x10ffff)
    return good ? String.fromCodePoint(code) : refuse('A reference names a character that XML has not.')
  })
}

const isDeclaration = ({ prefix, local }: { prefix: string; local: string }) => prefix === 'xmlns' || (prefix === '' && local === 'xmlns')

function declare(
  given: readonly { prefix: string; local: string; value: string }[],
  outer: Scope,
): { declarations: XmlDeclaration[]; scope: Scope } {
  const declarations = given.filter(isDeclaration).map((each) => ({ prefix: each.prefix === '' ? '' : each.local, uri: each.value }))
  if (declarations.length === 0) return { declarations, scope: outer }
  const scope = new Map(outer)
  for (const { prefix, uri } of declarations) {
    const reserved = prefix === 'xmlns' || uri === xmlnsNamespace || (prefix === 'xml') !== (uri === xmlNamespace)
    if (reserved || (prefix !== '' && uri === '')) refuse('A namespace is declared that may not be.')
    scope.set(prefix, uri)
  }
  if (new Set(declarations.map(({ prefix }) => prefix)).size !== declarations.length) refuse('A prefix is declared twice.')
  return { declarations, scope }
}
