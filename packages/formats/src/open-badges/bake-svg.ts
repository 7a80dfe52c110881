/**
 * A credential in an SVG (Open Badges 3.0, 5.3.2; Open Badges 2.0 baking), by a reader that knows only what it needs: elements, their namespaces, plain
 * text. No entities, no internal subset of a document type, nothing fetched, nothing shown (R-SVG-1).
 */
import { ProblemError } from '@cairn/core'

const bytesAtMost = 5 * 1024 * 1024
const credentialAtMost = 1024 * 1024
const depthAtMost = 256
/** Namespace and local name of the element that holds a credential, by age. */
const holders = [
  { namespace: 'https://purl.imsglobal.org/ob/v3p0', local: 'credential' },
  { namespace: 'http://openbadges.org', local: 'assertion' },
  { namespace: 'https://openbadges.org', local: 'assertion' },
] as const

const unreadable = (detail: string): never => {
  throw new ProblemError('picture.unreadable', detail)
}
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** An element that is open: its name, and the namespaces declared on it and around it. */
interface Open {
  readonly name: string
  readonly namespaces: ReadonlyMap<string, string>
  readonly holds: boolean
}

/** What reading finds: the credential, and where the element stands and the outermost start tag ends. */
interface Found {
  credential?: string
  element?: readonly [number, number]
  rootEnd?: number
}

/**
 * The credential in an SVG: JSON from the element's text, or the token of its `verify` attribute.
 * @throws ProblemError `picture.unreadable`, `picture.too-large`, `picture.no-credential`
 */
export function unbakeSvg(bytes: Uint8Array): string {
  const { credential } = read(textOf(bytes))
  if (credential === undefined) throw new ProblemError('picture.no-credential', 'No element of the picture holds a credential.')
  return credential
}

/**
 * Puts a credential into an SVG as the first child of its outermost element, in place of one that is there.
 * @throws ProblemError `picture.unreadable`, `picture.too-large`
 */
export function bakeSvg(svg: Uint8Array, credential: string): Uint8Array {
  const given = textOf(svg)
  const before = read(given).element
  const text = before ? given.slice(0, before[0]) + given.slice(before[1]) : given
  const { rootEnd } = read(text)
  if (rootEnd === undefined) return unreadable('The picture has no element that could hold anything.')
  const open = `<openbadges:credential xmlns:openbadges="${holders[0].namespace}"`
  const isToken = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/.test(credential)
  const element = isToken
    ? `${open} verify="${credential}"/>`
    : `${open}><![CDATA[${credential.replaceAll(']]>', ']]]]><![CDATA[>')}]]></openbadges:credential>`
  return new TextEncoder().encode(text.slice(0, rootEnd) + element + text.slice(rootEnd))
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > bytesAtMost) throw new ProblemError('picture.too-large', 'The picture has more than 5 MiB.')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return unreadable('The picture is not UTF-8.')
  }
}

const startTag = /<([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const attribute = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g
const endTag = /<\/([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*>/y
const docType = /<!DOCTYPE\s[^[\]<>]*>/y

function read(text: string): Found {
  const found: Found = {}
  const open: Open[] = []
  let content = ''
  let begin = 0
  let at = 0
  let rootSeen = false
  const keep = (piece: string) => {
    if (open.at(-1)?.holds) content += piece
    else if (open.some((each) => each.holds) && piece.trim() !== '') unreadable('The credential has elements of its own.')
    if (content.length > credentialAtMost) throw new ProblemError('picture.too-large', 'The credential has more than 1 MiB.')
  }
  const finish = (credential: string, to: number) => {
    if (found.credential !== undefined) unreadable('The picture holds more than one credential.')
    found.credential = credential.trim()
    found.element = [begin, to]
  }
  while (at < text.length) {
    const next = text.indexOf('<', at)
    if (next < 0) {
      if (text.slice(at).trim() !== '') unreadable('Something follows the picture.')
      break
    }
    if (next > at) {
      const piece = text.slice(at, next)
      if (open.length === 0 && piece.trim() !== '') unreadable('Text stands outside the picture.')
      if (open.some((each) => each.holds)) keep(plain(piece))
      at = next
    }
    if (text.startsWith('<!--', at)) at = past(text, '-->', at + 4)
    else if (text.startsWith('<![CDATA[', at)) {
      if (open.length === 0) unreadable('Text stands outside the picture.')
      const end = past(text, ']]>', at + 9)
      keep(text.slice(at + 9, end - 3))
      at = end
    } else if (text.startsWith('<?', at)) at = past(text, '?>', at + 2)
    else if (text.startsWith('<!', at)) {
      docType.lastIndex = at
      const found = docType.exec(text)
      if (!found || rootSeen) return unreadable('The picture defines a document type of its own.')
      at += found[0].length
    } else if (text.startsWith('</', at)) {
      endTag.lastIndex = at
      const end = endTag.exec(text)
      const element = open.pop()
      if (!end || element?.name !== end[1]) return unreadable('The elements of the picture do not fit together.')
      at += end[0].length
      if (element!.holds && found.credential === undefined) finish(content, at)
      else if (element!.holds) found.element = [begin, at]
    } else {
      startTag.lastIndex = at
      const start = startTag.exec(text)
      if (!start || (open.length === 0 && rootSeen)) return unreadable('The elements of the picture do not fit together.')
      if (open.length >= depthAtMost) return unreadable('The picture is nested too deeply.')
      if (open.some((each) => each.holds)) return unreadable('The credential has elements of its own.')
      const element = elementOf(start[1]!, start[2]!, open.at(-1))
      if (element.holds) {
        if (found.credential !== undefined) return unreadable('The picture holds more than one credential.')
        begin = at
        content = ''
      }
      at += start[0].length
      if (open.length === 0 && start[3] !== '/') found.rootEnd = at
      rootSeen = true
      const token = element.attributes.get('verify')
      if (element.holds && token !== undefined && looksLikeToken(token)) {
        found.credential = token
        found.element = [begin, at]
      }
      if (start[3] !== '/') open.push(element)
      else if (element.holds && found.credential === undefined) finish('', at)
    }
  }
  if (open.length > 0 || !rootSeen) return unreadable('The picture ends too early.')
  return found
}

const looksLikeToken = (text: string) => /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/.test(text.trim())

function past(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? unreadable('The picture ends too early.') : at + mark.length
}

function elementOf(name: string, written: string, around: Open | undefined): Open & { attributes: ReadonlyMap<string, string> } {
  const attributes = new Map<string, string>()
  for (const [, key, double, single] of written.matchAll(attribute)) {
    if (attributes.has(key!)) return unreadable('An attribute stands twice.')
    attributes.set(key!, plain(double ?? single ?? ''))
  }
  const declared = [...attributes].filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'))
  const namespaces =
    declared.length === 0
      ? (around?.namespaces ?? new Map<string, string>())
      : new Map([...(around?.namespaces ?? []), ...declared.map(([key, value]) => [key === 'xmlns' ? '' : key.slice(6), value] as const)])
  const [prefix, local] = name.includes(':') ? (name.split(':') as [string, string]) : ['', name]
  const namespace = namespaces.get(prefix)
  return { name, namespaces, attributes, holds: holders.some((each) => each.namespace === namespace && each.local === local) }
}

/** Text without its references; those that would have to be declared somewhere are refused. */
function plain(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;\s&]{0,12};?)/g, (_, reference: string) => {
    const name = reference.endsWith(';') ? reference.slice(0, -1) : unreadable('A reference is not well-formed.')
    const code = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(name)
    if (!code) return Object.hasOwn(named, name) ? named[name]! : unreadable('The picture uses entities.')
    const point = code[1] ? Number.parseInt(code[1], 16) : Number(code[2])
    return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point < 0xe000)
      ? String.fromCodePoint(point)
      : unreadable('A reference is none.')
  })
}
