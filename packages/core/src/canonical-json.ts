/** JSON in its one canonical form (RFC 8785): the text that a hash can be taken of. */
import type { Json } from './json.ts'

/**
 * The canonical text: members sorted by UTF-16 code units, no blanks, numbers as ECMAScript writes them (RFC 8785, 3.2). Members that are
 * `undefined` are left out. Numbers that JSON cannot hold throw a TypeError: no parsed document has them.
 * @example canonicalJson({ b: 1, a: [true] }) // {"a":[true],"b":1}
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('JSON has no such number.')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name]!)}`)
  return `{${members.join(',')}}`
}
