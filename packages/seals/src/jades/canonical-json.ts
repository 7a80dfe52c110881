/** JSON in one spelling (RFC 8785): members in order of their names, nothing between them. */
import type { Json } from '@cairn/core'

/** The canonical text of a value as the strict parser gives it. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  // Names are compared by their UTF-16 units, as sort does (RFC 8785, 3.2.3).
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name]!)}`)
  return `{${members.join(',')}}`
}
