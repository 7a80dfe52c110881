/** Members of a document without those that say nothing. */
import type { JsonObject } from '@cairn/core'

/** Members that say something: neither absent nor an empty list. */
export function present(members: { readonly [name: string]: JsonObject[string] | undefined }): JsonObject {
  const said: JsonObject = {}
  for (const [name, value] of Object.entries(members))
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) said[name] = value
  return said
}
