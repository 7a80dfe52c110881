/** Whether two JSON values say the same. */
import { canonicalJson } from './canonical-json.ts'
import type { Json } from './json.ts'

/** True when both have the same canonical text (RFC 8785), in whatever order their members stand; nothing is the same as nothing only. */
export const sameJson = (one: unknown, other: unknown): boolean =>
  one === undefined || other === undefined ? one === other : canonicalJson(one as Json) === canonicalJson(other as Json)
