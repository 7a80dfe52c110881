/** Exclusive canonical XML without comments (W3C xml-exc-c14n): the bytes that a signature in a list is about. */
import type { XmlAttribute, XmlElement } from './xml-element.ts'

/** What is written otherwise than from the whole tree. */
export interface CanonicalOptions {
  /** An element left out with all below it: the signature itself (XML-DSig, 6.6.4). */
  without?: XmlElement | undefined
  /** Prefixes written wherever they are in scope (InclusiveNamespaces); empty for the default one. */
  inclusive?: readonly string[] | undefined
}

type Scope = ReadonlyMap<string, string>

/** The canonical bytes of `apex`, an element of the tree of `root`: namespaces that are declared above it count. */
export function canonicalXml(root: XmlElement, apex: XmlElement, { without, inclusive = [] }: CanonicalOptions = {}): Uint8Array {
  const out: string[] = []
  const write = (element: XmlElement, outer: Scope, written: Scope): void => {
    const scope = within(outer, element)
    const needed = new Set<string>([element.prefix])
    for (const { prefix } of element.attributes) if (prefix !== '' && prefix !== 'xml') needed.add(prefix)
    for (const prefix of inclusive) if (prefix !== 'xml' && scope.has(prefix)) needed.add(prefix)
    let now = written
    const missing: string[] = []
    for (const prefix of needed) if ((scope.get(prefix) ?? '') !== (written.get(prefix) ?? '')) missing.push(prefix)
    const tag = element.prefix === '' ? element.local : `${element.prefix}:${element.local}`
    out.push('<', tag)
    if (missing.length > 0) {
      const grown = new Map(written)
      for (const prefix of missing.sort()) {
        const uri = scope.get(prefix) ?? ''
        grown.set(prefix, uri)
        out.push(prefix === '' ? ' xmlns="' : ` xmlns:${prefix}="`, attributeText(uri), '"')
      }
      now = grown
    }
    const attributes = element.attributes.length > 1 ? [...element.attributes].sort(byName) : element.attributes
    for (const { prefix, local, value } of attributes)
      out.push(' ', prefix === '' ? local : `${prefix}:${local}`, '="', attributeText(value), '"')
    out.push('>')
    for (const child of element.children)
      if (typeof child === 'string') out.push(plainText(child))
      else if (child !== without) write(child, scope, now)
    out.push('</', tag, '>')
  }
  write(apex, scopeAbove(root, apex), new Map())
  return new TextEncoder().encode(out.join(''))
}

function within(outer: Scope, { declarations }: XmlElement): Scope {
  if (declarations.length === 0) return outer
  const scope = new Map(outer)
  for (const { prefix, uri } of declarations) scope.set(prefix, uri)
  return scope
}

/** What is declared above an element; its own declarations come when it is written. */
function scopeAbove(root: XmlElement, apex: XmlElement): Scope {
  const find = (element: XmlElement, scope: Scope): Scope | undefined => {
    if (element === apex) return scope
    const inner = within(scope, element)
    for (const child of element.children) {
      const found = typeof child === 'string' ? undefined : find(child, inner)
      if (found) return found
    }
    return undefined
  }
  return find(root, new Map()) ?? new Map()
}

/** Attributes are ordered by the address of their namespace, then by name. */
function byName(a: XmlAttribute, b: XmlAttribute): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1
  return a.local < b.local ? -1 : 1
}

const plainText = (text: string) =>
  /[&<>\r]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;') : text

const attributeText = (text: string) =>
  /[&<"\t\n\r]/.test(text)
    ? text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('"', '&quot;')
        .replaceAll('\t', '&#x9;')
        .replaceAll('\n', '&#xA;')
        .replaceAll('\r', '&#xD;')
    : text
