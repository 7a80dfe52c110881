/** N-Quads of published tests, read with patience for their blanks. For tests alone: documents come as JSON-LD. */
import { literalTerm, type Quad, xsd } from '../quads.ts'

const term = String.raw`<[^>]*>|_:[^\s]+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[A-Za-z0-9-]+)?`
const line = new RegExp(String.raw`^\s*(${term})\s+(${term})\s+(${term})\s*(?:(${term})\s*)?\.\s*$`)
const escapes: Record<string, string> = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f' }

const unescaped = (text: string) =>
  text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, letter) =>
    short || long ? String.fromCodePoint(Number.parseInt(short ?? long, 16)) : (escapes[letter] ?? letter),
  )

export function readNQuads(text: string): Quad[] {
  return text
    .split(/\r?\n/)
    .filter((each) => each.trim() !== '' && !each.trim().startsWith('#'))
    .map((each) => {
      const found = line.exec(each)
      if (!found) throw new Error(`no statement: ${each}`)
      const [subject, predicate, object, graph] = [found[1]!, found[2]!, found[3]!, found[4] ?? '']
      const literal = /^"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@(.+))?$/.exec(object)
      if (!literal) return { subject, predicate, object: unescaped(object), graph }
      const meant = { value: unescaped(literal[1]!), type: literal[2] ?? `${xsd}string`, language: literal[3] }
      return { subject, predicate, object: literalTerm(meant), graph, literal: meant }
    })
}
