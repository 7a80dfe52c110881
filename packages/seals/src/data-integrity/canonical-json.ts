/** JSON in its one canonical spelling (RFC 8785). */
import type { Json } from '@cairn/core'

/** Canonical JSON text: members sorted by UTF-16 units, numbers as ECMAScript writes them, no blanks. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name]!)}`)
  return `{${members.join(',')}}`
}
